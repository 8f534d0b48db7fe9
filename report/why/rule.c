// SPDX-License-Identifier: GPL-2.0-only
#include "rule.h"

#include <string.h>

#define WORDS	12

/* "ip filter INPUT rule 3 handle 7 hook input drop" (verdicts.md), cut into its words. */
struct words {
	size_t count;
	struct word {
		const char *text;
		int len;
	} at[WORDS];
};

static struct words cut(const char *text)
{
	struct words words = { .count = 0 };

	while (*text && words.count < WORDS) {
		int len = (int)strcspn(text, " ");

		words.at[words.count++] = (struct word){ text, len };
		text += len;
		text += strspn(text, " ");
	}
	return words;
}

static bool is_word(const struct word *word, const char *text)
{
	return word->len == (int)strlen(text) &&
	       !strncmp(word->text, text, word->len);
}

/* Did netfilter drop it? On kernels without reasons the caller tells. */
static bool is_by_netfilter(const struct record *end)
{
	const char *location = end->location ? end->location : "";
	struct word caller = { location, (int)strcspn(location, ".+") };

	return (end->reason && !strcmp(end->reason, "NETFILTER_DROP")) ||
	       is_word(&caller, "nf_hook_slow") ||
	       is_word(&caller, "nft_do_chain");
}

static bool is_policy(const struct words *words)
{
	size_t i;

	for (i = 3; i < words->count; i++)
		if (is_word(&words->at[i], "policy"))
			return true;
	return false;
}

/*
 * The last record of a rule, when that rule is what decided, or a chain's policy
 * was left to decide and netfilter dropped the packet. NULL: it is not known.
 */
const struct record *rule_decided(const struct path *p)
{
	const struct record *last = NULL;
	struct words words;
	size_t i;

	if (path_how(p) != HOW_DROPPED)
		return NULL;
	for (i = 0; i < p->beside.count; i++)
		if (p->beside.records[i]->type == RECORD_RULE)
			last = p->beside.records[i];
	if (!last || !last->rule)
		return NULL;
	words = cut(last->rule);
	if (words.count < 4 || !is_word(&words.at[words.count - 1], "drop"))
		return NULL;
	return !is_policy(&words) || is_by_netfilter(p->end) ? last : NULL;
}

static void put_word(FILE *out, const char *before, const struct word *word)
{
	fprintf(out, "%s%.*s", before, word->len, word->text);
}

/* Prints "dropped by netfilter: table ip filter chain INPUT rule 3 …". */
void rule_verdict(FILE *out, const struct record *rule)
{
	struct words words = cut(rule->rule);
	size_t i;

	put_word(out, "dropped by netfilter: table ", &words.at[0]);
	put_word(out, " ", &words.at[1]);
	if (!is_word(&words.at[2], "-"))
		put_word(out, " chain ", &words.at[2]);
	for (i = 3; i + 1 < words.count; i++)
		if (is_word(&words.at[i], "policy"))
			fputs(" policy drop", out);
		else if (is_word(&words.at[i], "hook"))
			put_word(out, ", hook ", &words.at[++i]);
		else
			put_word(out, " ", &words.at[i]);
}

/* May it be pasted into a shell? */
static bool is_harmless(const struct word *word)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789_.-";

	return *word->text != '-' &&
	       (int)strspn(word->text, letters) >= word->len;
}

static void put_nft(FILE *out, const struct words *words)
{
	bool whole = is_harmless(&words->at[2]);

	fputs(whole ? "nft -a list chain" : "nft -a list table", out);
	put_word(out, " ", &words->at[0]);
	put_word(out, " ", &words->at[1]);
	if (whole)
		put_word(out, " ", &words->at[2]);
}

static void put_iptables(FILE *out, const struct words *words)
{
	fputs(is_word(&words->at[0], "ip6") ? "ip6tables" : "iptables", out);
	put_word(out, "-legacy -t ", &words->at[1]);
	fputs(" -nvL --line-numbers", out);
}

/* Prints the command that shows the rule. */
void rule_next(FILE *out, const struct record *rule)
{
	struct words words = cut(rule->rule);

	if (!is_harmless(&words.at[0]) || !is_harmless(&words.at[1]))
		fputs("nft -a list ruleset; iptables-save -c", out);
	else if (rule->func && strstr(rule->func, "t_do_table"))
		put_iptables(out, &words);
	else
		put_nft(out, &words);
}
