// SPDX-License-Identifier: GPL-2.0-only
#include "rule.h"

#include <string.h>

/* Takes the next word of text; returns what is behind it. */
static const char *take_word(struct rule_word *word, const char *text)
{
	size_t len = strcspn(text, " ");

	*word = (struct rule_word){ len ? text : NULL, (int)len };
	return text + len + strspn(text + len, " ");
}

/* Takes all of text; returns its end. */
static const char *take_rest(struct rule_word *word, const char *text)
{
	size_t len = strlen(text);

	*word = (struct rule_word){ len ? text : NULL, (int)len };
	return text + len;
}

static bool is_word(const struct rule_word *word, const char *text)
{
	return word->text && word->len == (int)strlen(text) &&
	       !strncmp(word->text, text, word->len);
}

/* Takes what stands behind the chain: names with their values, the verdict. */
static const char *take_option(struct rule *rule, const char *text)
{
	struct rule_word word;

	text = take_word(&word, text);
	if (is_word(&word, "policy"))
		rule->policy = true;
	else if (is_word(&word, "rule"))
		text = take_word(&rule->number, text);
	else if (is_word(&word, "handle"))
		text = take_word(&rule->handle, text);
	else if (is_word(&word, "hook"))
		text = take_word(&rule->hook, text);
	else if (is_word(&word, "comment"))
		text = take_rest(&rule->comment, text);
	else
		rule->verdict = word;
	if (is_word(&word, "jump") || is_word(&word, "goto"))
		text = take_word(&rule->target, text);
	return text;
}

bool rule_parse(struct rule *rule, const char *text)
{
	*rule = (struct rule){ .policy = false };
	text = take_word(&rule->family, text);
	text = take_word(&rule->table, text);
	text = take_word(&rule->chain, text);
	while (*text)
		text = take_option(rule, text);
	if (!rule->verdict.text)
		return false;
	if (is_word(&rule->chain, "-"))
		rule->chain.text = NULL;
	return true;
}

/* Did netfilter drop it? On kernels without reasons the caller tells. */
static bool is_by_netfilter(const struct record *end)
{
	const char *location = end->location ? end->location : "";
	struct rule_word caller = { location, (int)strcspn(location, ".+") };

	return (end->reason && !strcmp(end->reason, "NETFILTER_DROP")) ||
	       is_word(&caller, "nf_hook_slow") ||
	       is_word(&caller, "nft_do_chain");
}

/* The last rule that has accepted or dropped it, taken apart; NULL: none has. */
static const struct record *last_verdict(const struct path *p, struct rule *rule)
{
	const struct record *rec;
	size_t i;

	for (i = p->extras.count; i-- > 0;) {
		rec = p->extras.records[i];
		if (rec->type == RECORD_RULE && rec->rule && rule_parse(rule, rec->rule) &&
		    (is_word(&rule->verdict, "drop") || is_word(&rule->verdict, "accept")))
			return rec;
	}
	return NULL;
}

const struct record *rule_decided(const struct path *p)
{
	const struct record *last;
	struct rule rule;

	if (path_how(p) != HOW_DROPPED)
		return NULL;
	last = last_verdict(p, &rule);
	if (!last || !is_word(&rule.verdict, "drop"))
		return NULL;
	return !rule.policy || is_by_netfilter(p->end) ? last : NULL;
}

static void put_word(FILE *out, const char *before,
		     const struct rule_word *word)
{
	if (word->text)
		fprintf(out, "%s%.*s", before, word->len, word->text);
}

static void put_place(FILE *out, const struct rule *rule)
{
	put_word(out, "table ", &rule->family);
	put_word(out, " ", &rule->table);
	put_word(out, " chain ", &rule->chain);
	put_word(out, " rule ", &rule->number);
	put_word(out, " handle ", &rule->handle);
	if (rule->policy)
		put_word(out, " policy ", &rule->verdict);
	put_word(out, ", hook ", &rule->hook);
}

static void put_comment(FILE *out, const struct rule *rule)
{
	put_word(out, ", comment \"", &rule->comment);
	if (rule->comment.text)
		putc('"', out);
}

void rule_verdict(FILE *out, const struct record *rec)
{
	struct rule rule;

	if (!rule_parse(&rule, rec->rule))
		return;
	fputs("dropped by netfilter: ", out);
	put_place(out, &rule);
	put_comment(out, &rule);
}

void rule_print(FILE *out, const struct record *rec)
{
	struct rule rule;

	if (!rec->rule || !rule_parse(&rule, rec->rule))
		return;
	fputs("netfilter: ", out);
	put_place(out, &rule);
	if (!rule.policy)
		put_word(out, ": ", &rule.verdict);
	put_word(out, " ", &rule.target);
	put_comment(out, &rule);
}

/* May it be pasted into a shell? */
static bool is_harmless(const struct rule_word *word)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789_.-";

	return word->text && *word->text != '-' &&
	       (int)strspn(word->text, letters) >= word->len;
}

static void put_nft(FILE *out, const struct rule *rule)
{
	bool whole = is_harmless(&rule->chain);

	fputs(whole ? "nft -a list chain" : "nft -a list table", out);
	put_word(out, " ", &rule->family);
	put_word(out, " ", &rule->table);
	if (whole)
		put_word(out, " ", &rule->chain);
}

/* variant: "" or "-legacy" */
static void put_iptables(FILE *out, const struct rule *rule,
			 const char *variant)
{
	fputs(is_word(&rule->family, "ip6") ? "ip6tables" : "iptables", out);
	fputs(variant, out);
	put_word(out, " -t ", &rule->table);
	fputs(" -nvL", out);
	if (is_harmless(&rule->chain))
		put_word(out, " ", &rule->chain);
	fputs(" --line-numbers", out);
}

/*
 * iptables of today writes rules of nftables: into tables of these names, and
 * chains in capitals, as nft(8) users do not.
 */
static bool is_iptables(const struct rule *rule)
{
	static const char *const tables[] = {
		"filter", "nat", "mangle", "raw", "security", NULL
	};
	static const char small[] = "abcdefghijklmnopqrstuvwxyz";
	size_t i;

	if (!rule->chain.text ||
	    (!is_word(&rule->family, "ip") && !is_word(&rule->family, "ip6")))
		return false;
	for (i = 0; tables[i] && !is_word(&rule->table, tables[i]); i++)
		;
	return tables[i] &&
	       (int)strcspn(rule->chain.text, small) >= rule->chain.len;
}

void rule_next(FILE *out, const struct record *rec)
{
	struct rule rule;

	if (!rule_parse(&rule, rec->rule) || !is_harmless(&rule.family) ||
	    !is_harmless(&rule.table)) {
		fputs("nft -a list ruleset; iptables-save -c", out);
	} else if (rec->func && strstr(rec->func, "t_do_table")) {
		put_iptables(out, &rule, "-legacy");
	} else {
		if (is_iptables(&rule)) {
			put_iptables(out, &rule, "");
			fputs("; ", out);
		}
		put_nft(out, &rule);
	}
}
