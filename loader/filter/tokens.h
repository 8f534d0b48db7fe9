/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The words of a filter expression, as scanner.l of libpcap finds them, as far as is
 * needed for its primitives and what joins them.
 */
#ifndef TOKENS_H
#define TOKENS_H

#include <stdbool.h>
#include <stdint.h>

enum token_kind {
	TOKEN_WORD,		/* also "or" and "and" of "src or dst" */
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_AND,
	TOKEN_OR,
	TOKEN_NOT,
};

struct token {
	const char *at;		/* in the expression */
	uint32_t len;
	uint32_t depth;		/* parentheses around it */
	enum token_kind kind;
};

struct tokens {
	struct token *list;
	uint32_t count;
};

/*
 * Takes @expression apart: 0 and @tokens, to be freed by tokens_free(); -ENOMEM; -EINVAL:
 * it holds something that is not known here: an escape, a keyword that changes the
 * meaning of all behind it ("vlan"), a parenthesis too many.
 */
int tokens_read(const char *expression, struct tokens *tokens);
void tokens_free(struct tokens *tokens);

/* Does a primitive begin there that needs no qualifiers of one before it? */
bool token_is_full(const struct tokens *tokens, uint32_t at);

/* May it stand before the name or number of a primitive ("src", "host", "tcp")? */
bool token_is_qualifier(const struct token *token);

#endif /* TOKENS_H */
