// SPDX-License-Identifier: GPL-2.0-only
/* A rule event in the words of a record. */
#include <linux/netfilter.h>

#include "../../../loader/trace/rule_text.h"
#include "../tap.h"

static void is_text(const struct rule_event *rule, const char *want,
		    const char *what)
{
	char text[RULE_TEXT_LEN];

	rule_text(rule, text, sizeof(text));
	is_str(text, want, what);
}

static void test_nft(void)
{
	struct rule_event rule = {
		.kind = RULE_DROP, .number = 3, .handle = 7,
		.family = NFPROTO_INET, .pf = NFPROTO_IPV4, .hook = 1,
		.table = "t", .chain = "user",
	};

	is_text(&rule, "inet t user rule 3 handle 7 hook input drop", "a rule");
	rule.pf = NFPROTO_NETDEV;
	rule.hook = 0;
	is_text(&rule, "inet t user rule 3 handle 7 hook ingress drop",
		"... at a device");
	rule.hook = 9;
	is_text(&rule, "inet t user rule 3 handle 7 hook ? drop",
		"... in a hook that has no name");
	rule.family = 255;
	strcpy(rule.table, "a b\t\n");
	is_text(&rule, "? a?b?? user rule 3 handle 7 hook ? drop",
		"what is no part of a word");
}

static void test_policy(void)
{
	struct rule_event rule = {
		.kind = RULE_POLICY, .family = NFPROTO_IPV6,
		.pf = NFPROTO_IPV6, .hook = 2, .table = "t", .chain = "c",
	};

	is_text(&rule, "ip6 t c policy hook forward drop", "a policy");
	rule.kind = RULE_ACCEPT;
	is_text(&rule, "ip6 t c hook forward accept", "... is not applied");
	memset(rule.chain, 'c', RULE_NAME_LEN - 1);
	is_text(&rule,
		"ip6 t ccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
		"cccccccc... hook forward accept", "a name that was cut");
}

static void test_jump(void)
{
	struct rule_event rule = {
		.kind = RULE_JUMP, .number = 2, .handle = 9, .family = NFPROTO_IPV4,
		.pf = NFPROTO_IPV4, .table = "t", .chain = "c", .target = "other",
	};

	is_text(&rule, "ip t c rule 2 handle 9 hook prerouting jump other", "a jump");
	rule.kind = RULE_RETURN;
	is_text(&rule, "ip t c rule 2 handle 9 hook prerouting return",
		"... a return goes nowhere");
	rule.kind = RULE_TARGET;
	strcpy(rule.target, "LOG");
	is_text(&rule, "ip t c rule 2 handle 9 hook prerouting LOG", "a target's name");
	rule.kind = RULE_GOTO;
	*rule.target = '\0';
	is_text(&rule, "ip t c rule 2 handle 9 hook prerouting goto -",
		"a chain whose name is not known");
	memset(&rule, 0, sizeof(rule));
	rule.kind = RULE_POLICY_ACCEPT;
	rule.tables = 1;
	rule.family = rule.pf = NFPROTO_IPV6;
	strcpy(rule.table, "raw");
	is_text(&rule, "ip6 raw PREROUTING policy hook prerouting accept",
		"a policy of iptables that accepts");
}

static void test_iptables(void)
{
	struct rule_event rule = {
		.kind = RULE_DROP, .tables = 1, .number = 2,
		.family = NFPROTO_IPV4, .pf = NFPROTO_IPV4, .hook = 4,
		.table = "mangle",
	};

	is_text(&rule, "ip mangle POSTROUTING rule 2 hook postrouting drop",
		"iptables: a hook's chain");
	strcpy(rule.chain, "user");
	is_text(&rule, "ip mangle user rule 2 hook postrouting drop",
		"... a user chain");
	rule.number = 0;
	*rule.chain = '\0';
	is_text(&rule, "ip mangle - hook postrouting drop",
		"... the rule is not known");
	rule.kind = RULE_POLICY;
	is_text(&rule, "ip mangle POSTROUTING policy hook postrouting drop",
		"... its policy");
}

/* What nft(8) keeps with a rule: attributes, the second one is the comment. */
static void set_userdata(struct rule_event *rule, const char *data, size_t len)
{
	memcpy(rule->comment, data, len);
	rule->userdata = len;
}

static void test_comment(void)
{
	static const char begin[] = "ip t c rule 1 hook input drop comment ";
	struct rule_event rule = {
		.kind = RULE_DROP, .number = 1, .family = NFPROTO_IPV4,
		.pf = NFPROTO_IPV4, .hook = 1, .table = "t", .chain = "c",
		.comment = "no pings",
	};
	char want[RULE_TEXT_LEN];

	is_text(&rule, "ip t c rule 1 hook input drop comment no pings",
		"a comment of iptables");
	strcpy(rule.comment, "a\tb\n\033[2J\xc2\x9b" "c \xc3\xa4");
	is_text(&rule, "ip t c rule 1 hook input drop comment a?b??[2J\xc2?c "
		"\xc3\xa4", "what a terminal would obey");
	memset(rule.comment, 'x', sizeof(rule.comment));
	snprintf(want, sizeof(want), "%s%.*s", begin, RULE_COMMENT_LEN,
		 rule.comment);
	is_text(&rule, want, "a long one that has no end");
	set_userdata(&rule, "\1\4abcd\0\3hi", 11);
	is_text(&rule, "ip t c rule 1 hook input drop comment hi",
		"a comment of nft(8)");
	set_userdata(&rule, "\0\2hi!", 5);
	is_text(&rule, "ip t c rule 1 hook input drop comment hi",
		"... that has no end");
	set_userdata(&rule, "\0\11hi", 5);
	is_text(&rule, "ip t c rule 1 hook input drop",
		"... that is cut off: none");
	set_userdata(&rule, "\1\3hi", 5);
	is_text(&rule, "ip t c rule 1 hook input drop", "other data: none");
	set_userdata(&rule, "\0", 1);
	is_text(&rule, "ip t c rule 1 hook input drop", "a byte of it: none");
	rule.userdata = ~0U;
	is_text(&rule, "ip t c rule 1 hook input drop", "no such length: none");
}

int main(void)
{
	tap_plan(25);
	test_nft();
	test_jump();
	test_policy();
	test_iptables();
	test_comment();
	return tap_done();
}
