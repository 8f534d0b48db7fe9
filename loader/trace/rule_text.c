// SPDX-License-Identifier: GPL-2.0-only
#include "rule_text.h"

#include <ctype.h>
#include <linux/netfilter.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "../lib/control.h"

#define UDATA_RULE_COMMENT	0	/* NFTNL_UDATA_RULE_COMMENT */

static const char *const families[NFPROTO_NUMPROTO] = {
	[NFPROTO_INET] = "inet",     [NFPROTO_IPV4] = "ip",
	[NFPROTO_ARP] = "arp",	     [NFPROTO_NETDEV] = "netdev",
	[NFPROTO_BRIDGE] = "bridge", [NFPROTO_IPV6] = "ip6",
};

/* As nft(8) calls them; linux/netfilter*.h have the numbers. */
static const char *const inet_hooks[] = {
	"prerouting", "input", "forward", "output", "postrouting", "ingress",
};
static const char *const arp_hooks[] = { "input", "output", "forward" };
static const char *const netdev_hooks[] = { "ingress", "egress" };

#define NAME(array, i)                                                        \
	((i) < sizeof(array) / sizeof(*(array)) && (array)[i] ? (array)[i] : "?")

static const char *hook_name(const struct rule_event *rule)
{
	if (rule->pf == NFPROTO_ARP)
		return NAME(arp_hooks, rule->hook);
	if (rule->pf == NFPROTO_NETDEV)
		return NAME(netdev_hooks, rule->hook);
	return NAME(inet_hooks, rule->hook);
}

/* A chain of iptables that stands for a hook has its name in capitals. */
static void put_hook_chain(FILE *out, const struct rule_event *rule)
{
	const char *name = hook_name(rule);

	for (; *name; name++)
		fputc(toupper((unsigned char)*name), out);
}

/* A name as one word; what is no part of one is replaced. */
static void put_name(FILE *out, const char name[RULE_NAME_LEN])
{
	size_t i;

	for (i = 0; i < RULE_NAME_LEN - 1 && name[i]; i++)
		fputc(isgraph((unsigned char)name[i]) ? name[i] : '?', out);
	if (!i)
		fputc('-', out);
	if (i == RULE_NAME_LEN - 1)
		fputs("...", out);
}

/*
 * Finds the comment in nft(8)'s data of a rule: attributes, each a byte for the type, one
 * for the length, and so many bytes (libnftnl's include/udata.h). *size: its length.
 * NULL: there is none.
 */
static const char *find_comment(const struct rule_event *rule, size_t *size)
{
	const unsigned char *at = (const unsigned char *)rule->comment;
	const unsigned char *end = at + rule->userdata;

	if (rule->userdata > RULE_COMMENT_LEN)
		return NULL;
	for (; end - at >= 2 && end - at >= 2 + at[1]; at += 2 + at[1])
		if (at[0] == UDATA_RULE_COMMENT) {
			*size = at[1];
			return (const char *)at + 2;
		}
	return NULL;
}

static void put_comment(FILE *out, const struct rule_event *rule)
{
	size_t i, size = RULE_COMMENT_LEN;
	const char *text = rule->userdata ? find_comment(rule, &size) :
					    rule->comment;

	if (!text || !size || !*text)
		return;
	fputs(" comment ", out);
	for (i = 0; i < size && text[i]; i++)
		fputc(is_control(text, i) ? '?' : text[i], out);
}

/* What it does: a word; with a jump, where the packet goes on. */
static void put_verdict(FILE *out, const struct rule_event *rule)
{
	static const char *const kinds[] = {
		[RULE_POLICY] = "drop",
		[RULE_ACCEPT] = "accept",
		[RULE_DROP] = "drop",
		[RULE_POLICY_ACCEPT] = "accept",
		[RULE_CONTINUE] = "continue",
		[RULE_JUMP] = "jump ",
		[RULE_GOTO] = "goto ",
		[RULE_RETURN] = "return",
		[RULE_QUEUE] = "queue",
		[RULE_STOLEN] = "stolen",
		[RULE_TARGET] = "",
	};

	fputs(NAME(kinds, rule->kind), out);
	if (rule->kind == RULE_JUMP || rule->kind == RULE_GOTO || rule->kind == RULE_TARGET)
		put_name(out, rule->target);
}

void rule_text(const struct rule_event *rule, char *text, size_t size)
{
	bool policy = rule->kind == RULE_POLICY || rule->kind == RULE_POLICY_ACCEPT;
	FILE *out = fmemopen(text, size, "w");

	if (!out) {
		snprintf(text, size, "-");
		return;
	}
	fprintf(out, "%s ", NAME(families, rule->family));
	put_name(out, rule->table);
	putc(' ', out);
	if (rule->tables && !*rule->chain && (rule->number || policy))
		put_hook_chain(out, rule);
	else
		put_name(out, rule->chain);
	putc(' ', out);
	if (rule->number)
		fprintf(out, "rule %u ", rule->number);
	if (rule->handle)
		fprintf(out, "handle %llu ", rule->handle);
	if (policy)
		fputs("policy ", out);
	fprintf(out, "hook %s ", hook_name(rule));
	put_verdict(out, rule);
	put_comment(out, rule);
	fclose(out);
}
