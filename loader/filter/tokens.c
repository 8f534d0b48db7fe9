// SPDX-License-Identifier: GPL-2.0-only
#include "tokens.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "../../lib/grow.h"

#define BLANKS	" \t\r\n"
#define DIGITS	"0123456789"
#define ADDRESS	DIGITS "abcdefABCDEF:."
#define SYMBOLS	"[]=<>+-*/%&|^~!:"	/* of arithmetic */

/* What primitives begin with, and may have before a name or a number. */
static const char *const qualifiers[] = {
	"src", "dst", "host", "net", "port", "portrange", "proto", "ip", "ip6",
	"arp", "rarp", "tcp", "udp", "icmp", "icmp6", "sctp", "ether", NULL,
};

/* What else they begin with. */
static const char *const others[] = {
	"igmp", "pim", "vrrp", "ah", "esp", "less", "greater", "len",
	"broadcast", "multicast", NULL,
};

/* What has a meaning for all that stands behind it, or is a loop: pcap-filter(7). */
static const char *const farther[] = {
	"vlan", "mpls", "pppoed", "pppoes", "geneve", "vxlan", "llc",
	"protochain", NULL,
};

static bool is_in(const char *const *words, const char *at, size_t len)
{
	for (; *words; words++)
		if (strlen(*words) == len && !strncmp(*words, at, len))
			return true;
	return false;
}

static bool is_word(const struct token *token, const char *word)
{
	return strlen(word) == token->len && !strncmp(token->at, word, token->len);
}

/* Bytes of an operator, or parenthesis, that is no word; 0: it is none. */
static uint32_t operator_len(const char *at, enum token_kind *kind)
{
	*kind = *at == '(' ? TOKEN_OPEN :
		*at == ')' ? TOKEN_CLOSE :
		*at == '&' ? TOKEN_AND :
		*at == '|' ? TOKEN_OR :
			     TOKEN_NOT;
	if (*at == '(' || *at == ')')
		return 1;
	if (*at == '!')
		return at[1] != '=';
	return (*at == '&' || *at == '|') && at[1] == *at ? 2 : 0;
}

/* Behind "]" a new word may begin without a blank. */
static uint32_t word_len(const char *at)
{
	enum token_kind kind;
	uint32_t len = 0;

	do
		len++;
	while (at[len - 1] != ']' && at[len] && !strchr(BLANKS, at[len]) &&
	       !operator_len(at + len, &kind));
	return len;
}

static int next(const char **at, struct token *token)
{
	*at += strspn(*at, BLANKS);
	if (!**at)
		return 0;
	token->at = *at;
	token->len = operator_len(*at, &token->kind);
	if (!token->len) {
		token->len = word_len(*at);
		token->kind = is_word(token, "and") ? TOKEN_AND :
			      is_word(token, "or")  ? TOKEN_OR :
			      is_word(token, "not") ? TOKEN_NOT :
						      TOKEN_WORD;
	}
	*at += token->len;
	return 1;
}

/* Of an address with a colon all bytes are known: "::1or" would be two words. */
static bool word_is_known(const struct token *token)
{
	size_t len = token->len, address = strspn(token->at, ADDRESS);
	bool has_symbol = false, has_colon = false;

	for (size_t i = 0; i < len; i++) {
		char c = token->at[i];

		has_colon |= c == ':';
		has_symbol |= c != '-' && c != '/' && c != ':' &&
			      strchr(SYMBOLS, c);
		if (!isalnum((unsigned char)c) && c != '_' && c != '.' &&
		    !strchr(SYMBOLS, c))
			return false;
	}
	if (is_in(farther, token->at, strspn(token->at,
					     "abcdefghijklmnopqrstuvwxyz0123456789")))
		return false;
	if (has_symbol || !has_colon)
		return true;
	if (address < len && token->at[address] == '/')
		address += 1 + strspn(token->at + address + 1, DIGITS);
	return address >= len;
}

static int read_all(const char *expression, struct tokens *tokens)
{
	struct token token;
	uint32_t depth = 0;

	while (next(&expression, &token)) {
		struct token *list = grow(tokens->list, tokens->count,
					  sizeof(*list));

		if (!list)
			return -ENOMEM;
		tokens->list = list;
		if (token.kind == TOKEN_CLOSE && !depth--)
			return -EINVAL;
		token.depth = depth;
		depth += token.kind == TOKEN_OPEN;
		list[tokens->count++] = token;
		if (token.kind == TOKEN_WORD && !word_is_known(&token))
			return -EINVAL;
	}
	return depth ? -EINVAL : 0;
}

static bool is_direction(const struct token *token)
{
	return is_word(token, "src") || is_word(token, "dst");
}

/* "src or dst" is one qualifier. */
static void join_directions(struct tokens *tokens)
{
	for (uint32_t i = 1; i + 1 < tokens->count; i++) {
		struct token *token = &tokens->list[i];

		if ((token->kind == TOKEN_OR || token->kind == TOKEN_AND) &&
		    is_direction(token - 1) && is_direction(token + 1))
			token->kind = TOKEN_WORD;
	}
}

/* A name or number where a primitive begins: what it is, one before tells. */
static bool is_bare(const struct token *token)
{
	return isdigit((unsigned char)*token->at) ||
	       memchr(token->at, ':', token->len);
}

/* Where a primitive begins nothing may stand that is not known. */
static bool begins_are_known(const struct tokens *tokens)
{
	for (uint32_t i = 0; i < tokens->count; i++) {
		const struct token *token = &tokens->list[i];

		if (token->kind == TOKEN_WORD &&
		    (!i || token[-1].kind != TOKEN_WORD) &&
		    !token_is_full(tokens, i) && !is_bare(token) &&
		    !(i && token[-1].kind == TOKEN_CLOSE))
			return false;
	}
	return true;
}

int tokens_read(const char *expression, struct tokens *tokens)
{
	int err;

	*tokens = (struct tokens){};
	err = read_all(expression, tokens);
	if (!err) {
		join_directions(tokens);
		err = begins_are_known(tokens) ? 0 : -EINVAL;
	}
	if (err)
		tokens_free(tokens);
	return err;
}

void tokens_free(struct tokens *tokens)
{
	free(tokens->list);
	*tokens = (struct tokens){};
}

bool token_is_full(const struct tokens *tokens, uint32_t at)
{
	const struct token *token = &tokens->list[at], *end;
	size_t len;

	for (end = tokens->list + tokens->count; token < end; token++)
		if (token->kind != TOKEN_NOT && token->kind != TOKEN_OPEN)
			break;
	if (token == end || token->kind != TOKEN_WORD)
		return false;
	len = strspn(token->at, "abcdefghijklmnopqrstuvwxyz0123456789");
	if (len > token->len)
		len = token->len;
	return is_in(qualifiers, token->at, len) ||
	       is_in(others, token->at, len);
}

bool token_is_qualifier(const struct token *token)
{
	return token->kind == TOKEN_WORD &&
	       (is_in(qualifiers, token->at, token->len) ||
		is_word(token, "or") || is_word(token, "and"));
}
