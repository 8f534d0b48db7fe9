// SPDX-License-Identifier: GPL-2.0-only
/* From a list with globs and "!" to functions. */
#include "../../../bpf/bpfpath.h"
#include "../../../loader/plan/select.h"
#include "capture.h"

/* Takes a packet as argument 1, or 2, or both. */
#define FIRST	{ .count = 1, .packets = { { .position = 1, .reg = 1 } } }
#define SECOND	{ .count = 1, .packets = { { .position = 2, .reg = 2 } } }
#define BOTH	{ .count = 2, .packets = { { .position = 1, .reg = 1 }, \
					   { .position = 2, .reg = 2 } } }

static const struct ksym code;

static struct found found_list[] = {
	{ "arp_rcv", "", NOISE_NONE, FIRST, &code, 0 },
	{ "ip_rcv", "", NOISE_NONE, FIRST, &code, 0 },
	{ "nla_put", "", NOISE_NETLINK, FIRST, &code, 0 },
	{ "tcp_ack", "", NOISE_NONE, SECOND, &code, 0 },
	{ "tcp_collapse", "", NOISE_NONE, BOTH, &code, 0 },
	{ "tcp_fill_info", "", NOISE_NETLINK, FIRST, &code, 0 },
	{ "tcp_v4_rcv", "", NOISE_NONE, FIRST, &code, 0 },
	{ "tcp_v6_inlined", "", NOISE_NONE, FIRST, NULL, 0 },
	{ "twin", "", NOISE_NONE, FIRST, &code, 0 },
	{ "twin", "veth", NOISE_NONE, SECOND, &code, 0 },
};

static const struct discovery found = {
	.list = found_list,
	.count = sizeof(found_list) / sizeof(*found_list),
};

/* "1 ip_rcv 0, 7 tcp_ack 1 2": number, name, FIN, ARG; "?" marks a glob. */
static char *print_funcs(const struct funcs *funcs)
{
	static char text[65536];
	const struct func *func;
	size_t at = 0;
	uint32_t i;

	*text = '\0';
	for (i = 0; i < funcs->count; i++) {
		func = &funcs->funcs[i];
		at += sprintf(text + at, "%s%u %s%s%s %d", i ? ", " : "",
			      func->num, func->kind == FUNC_GLOB ? "?" : "",
			      *func->group ? "T:" : "", func->name, func->verdict);
		if (func->arg)
			at += sprintf(text + at, " %s%d",
				      func->deref ? "*" : "", func->arg);
	}
	return text;
}

static void is_chosen(const char *text, int all, const char *want,
		      const char *what)
{
	struct funcs *list, *chosen;

	if (funcs_parse("l", text, strlen(text), &list))
		abort();
	is_int(select_funcs(list, &found, all, &chosen), 0, what);
	is_str(print_funcs(chosen), want, "... these");
	funcs_free(chosen);
	funcs_free(list);
}

static void test_all(void)
{
	is_chosen("", 1,
		  "1 arp_rcv 0, 2 ip_rcv 0, 3 tcp_ack 0, 4 tcp_collapse 0, "
		  "5 tcp_v4_rcv 0, 6 twin 0",
		  "all, without noise, each name once");
	is_chosen("# two\ntcp_v4_rcv 1 1\nskb:kfree_skb 2\ngone 0\n", 1,
		  "2 tcp_v4_rcv 1 1, 3 T:kfree_skb 2, 4 gone 0, 5 arp_rcv 0, "
		  "6 ip_rcv 0, 7 tcp_ack 0, 8 tcp_collapse 0, 9 twin 0",
		  "the list's lines come first and keep FIN and ARG");
	is_chosen("ip_rcv 0", 0, "1 ip_rcv 0", "the list alone");
	is_chosen("", 0, "", "an empty list");
}

static void test_globs(void)
{
	is_chosen("tcp_* 1\n", 0,
		  "2 tcp_ack 1, 3 tcp_collapse 1, 4 tcp_v4_rcv 1", "a glob");
	is_chosen("tcp_* 0 2", 0, "2 tcp_ack 0 2, 3 tcp_collapse 0 2",
		  "a glob for those whose second argument it is");
	is_chosen("tcp_a?? 0\n[ai]*_rcv 1\ntcp_* 2", 0,
		  "4 arp_rcv 1, 5 ip_rcv 1, 6 tcp_ack 0, 7 tcp_collapse 2, "
		  "8 tcp_v4_rcv 2",
		  "of several globs the first holds");
	is_chosen("*_rcv 0\nip_rcv 1 1", 0,
		  "2 ip_rcv 1 1, 3 arp_rcv 0, 4 tcp_v4_rcv 0",
		  "a line of its own holds");
	is_chosen("sctp_* 0\nnla_* 0\nip_rcv 0", 0,
		  "1 ?sctp_* 0, 2 ?nla_* 0, 3 ip_rcv 0",
		  "globs that find nothing, or noise, are kept");
	is_chosen("twin* 0 2", 0, "2 twin 0 2",
		  "a name that several modules have");
}

static void test_nots(void)
{
	is_chosen("ip_rcv 0\narp_rcv 0\n!ip_*\n", 0, "2 arp_rcv 0",
		  "a line is taken away");
	is_chosen("!ip_rcv\nip_rcv 0", 0, "2 ip_rcv 0",
		  "... but not by a line above it");
	is_chosen("!tcp_ack\ntcp_* 0\n!*collapse", 0, "4 tcp_v4_rcv 0",
		  "from globs all take away");
	is_chosen("!tcp_*\n!twin", 1, "3 arp_rcv 0, 4 ip_rcv 0",
		  "... and from all functions");
	is_chosen("skb:kfree_skb 2\nnet:netif_rx 0\nip_rcv 0\n!skb:*\n!ip*",
		  0, "2 T:netif_rx 0", "tracepoints by their group");
	is_chosen("skb:kfree_skb 2\nkfree_skb 2\n!kfree_skb", 0,
		  "1 T:kfree_skb 2", "a function's name is no tracepoint's");
	is_chosen("ip_rcv 0\n!*", 1, "", "nothing is left");
}

static void test_too_many(void)
{
	char text[MAX_FUNCS], want[160];
	struct funcs *list, *chosen;

	memset(text, '\n', sizeof(text));
	funcs_parse("l", text, MAX_FUNCS - 7, &list);
	is_int(select_funcs(list, &found, 1, &chosen), 0,
	       "just as many as there are numbers");
	is_int(chosen->funcs[chosen->count - 1].num, MAX_FUNCS - 1,
	       "... the last has the last one");
	funcs_free(chosen);
	funcs_free(list);
	funcs_parse("l", text, MAX_FUNCS - 6, &list);
	capture_begin();
	is_int(select_funcs(list, &found, 1, &chosen), -E2BIG, "one more");
	snprintf(want, sizeof(want),
		 "bpfpath: list of functions: %d are too many, %d have a "
		 "number; take some away with '!NAME' or '!GLOB'",
		 MAX_FUNCS, MAX_FUNCS - 1);
	is_str(capture_end(), want, "... is said");
	ok(!chosen, "... and nothing is chosen");
	funcs_free(list);
}

int main(void)
{
	tap_plan(39);
	test_all();
	test_globs();
	test_nots();
	test_too_many();
	return tap_done();
}
