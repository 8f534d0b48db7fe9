// SPDX-License-Identifier: GPL-2.0-only
/* What conntrack knows of a packet, in the words of a record. */
#include <arpa/inet.h>
#include <string.h>

#include "../../../bpf/bpfpath.h"
#include "../../../loader/trace/conntrack.h"
#include "../tap.h"

/* As include/uapi/linux/netfilter/nf_conntrack_common.h has them. */
#define CONFIRMED	0x8U
#define SRC_NAT		0x10U
#define DST_NAT		0x20U
#define TEMPLATE	0x800U

/* Of an entry without mark and zone, whose tuples were not read. */
static void is_state(uint32_t info, uint32_t status, const char *want)
{
	struct event event = {
		.ct = (CT_STATE + info) | status << CT_STATUS_SHIFT,
	};
	char text[CONNTRACK_LEN];

	is_str(conntrack_text(&event, text), want, want);
}

static void is_event(struct event event, const char *want, const char *what)
{
	char text[CONNTRACK_LEN];

	is_str(conntrack_text(&event, text), want, what);
}

#define NEW(status)	((CT_STATE + 2) | (status) << CT_STATUS_SHIFT)

/* The bytes of 10.0.0.@end. */
#define IP4_ADDRESS(end)	{ 10, 0, 0, end }
#define IP6_ADDRESS(end)	{ [0] = 0xfd, [15] = (end) }

static void test_entry(void)
{
	is_event((struct event){ .ct = NEW(CONFIRMED), .ct_mark = 0x10, .ct_zone = 5 },
		 "new confirmed zone=5 mark=0x10", "zone and mark");
	is_event((struct event){ .ct = CT_NONE, .ct_mark = 1 }, "none",
		 "no entry, no mark");
	is_event((struct event){ .ct = NEW(TEMPLATE), .ct_zone = 5 }, "none",
		 "the zone of a template is none of the packet's yet");
}

static void test_tuples(void)
{
	struct event event = {
		.ct = NEW(SRC_NAT),
		.tuples = {
			{ .saddr = IP4_ADDRESS(2), .daddr = IP4_ADDRESS(1),
			  .sport = htons(1000), .dport = htons(80),
			  .l3num = 2, .proto = 6 },
			{ .saddr = IP4_ADDRESS(1), .daddr = IP4_ADDRESS(9),
			  .sport = htons(80), .dport = htons(2000),
			  .l3num = 2, .proto = 6, .dir = 1 },
		},
	};

	is_event(event, "new,snat original=tcp/10.0.0.2/1000/10.0.0.1/80 "
		 "reply=tcp/10.0.0.1/80/10.0.0.9/2000", "both tuples");
	event.tuples[0].proto = event.tuples[1].proto = 1;
	is_event(event, "new,snat original=icmp/10.0.0.2/1000/10.0.0.1/- "
		 "reply=icmp/10.0.0.1/80/10.0.0.9/-", "ICMP has no ports");
	event.tuples[0].proto = event.tuples[1].proto = 47;
	is_event(event, "new,snat original=47/10.0.0.2/-/10.0.0.1/- "
		 "reply=47/10.0.0.1/-/10.0.0.9/-", "nor has GRE");
	event.tuples[1].l3num = 0;
	is_event(event, "new,snat", "tuples that could not be read");
	event.tuples[0] = event.tuples[1] = (struct ct_tuple){
		.saddr = IP6_ADDRESS(1), .daddr = IP6_ADDRESS(2),
		.l3num = 10, .proto = 17,
	};
	is_event(event, "new,snat original=udp/fd00::1/-/fd00::2/- "
		 "reply=udp/fd00::1/-/fd00::2/-", "IPv6");
	event.ct = NEW(CONFIRMED);
	is_event(event, "new confirmed", "tuples of what is not translated");
}

static void is_said(enum ct_said said, const char *words, const char *want)
{
	struct ct_event ct = { .said = said };
	char text[CONNTRACK_WHY_LEN];

	strncpy(ct.words, words, sizeof(ct.words));
	is_str(conntrack_why(&ct, text), want, want);
}

static void test_why(void)
{
	char most[CT_WORDS_LEN + 1] = "", percents[CT_WORDS_LEN + 1] = "", text[CONNTRACK_WHY_LEN];
	struct ct_event ct = { .said = CT_SAID_INVALID };

	is_said(CT_SAID_INVALID, "bad checksum", "bad checksum");
	is_said(CT_SAID_INVALID, "SEQ is over upper bound %u (over the window)",
		"SEQ is over upper bound … (over the window)");
	is_said(CT_SAID_INVALID, "invalid state %s \n", "invalid state …");
	is_said(CT_SAID_INVALID, "at %08lx %", "at … …");
	is_said(CT_SAID_INVALID, "", "it does not say why");
	is_said(CT_SAID_NO_START, "", "no connection begins so");
	is_said(99, "", "-");
	memset(most, 'x', CT_WORDS_LEN);
	is_said(CT_SAID_INVALID, most, most);
	memset(percents, '%', CT_WORDS_LEN);
	memcpy(ct.words, percents, CT_WORDS_LEN);
	ok(strlen(conntrack_why(&ct, text)) < CONNTRACK_WHY_LEN, "all conversions");
}

int main(void)
{
	tap_plan(32);
	is_event((struct event){ .ct = CT_UNKNOWN }, "-", "not known");
	is_event((struct event){ .ct = CT_NONE }, "none", "no entry");
	is_state(0, 0, "established");
	is_state(1, 0, "related");
	is_state(2, 0, "new");
	is_state(3, CONFIRMED, "reply confirmed");
	is_state(4, 0, "related-reply");
	is_state(7, 0, "untracked");
	is_state(2, SRC_NAT, "new,snat");
	is_state(3, DST_NAT | CONFIRMED, "reply,dnat confirmed");
	is_state(4, SRC_NAT | DST_NAT, "related-reply,snat,dnat");
	is_state(2, TEMPLATE, "none");
	is_state(5, 0, "-");
	is_state(99, 0, "-");
	test_entry();
	test_tuples();
	test_why();
	return tap_done();
}
