// SPDX-License-Identifier: GPL-2.0-only
/* The column "ct" of records: its state, and what it tells of the entry. */
#include "../../../report/format/ct_text.h"
#include "../../../report/path/ct_entry.h"
#include "harness.h"

#define NAT	" original=udp/10.0.0.2/1000/10.0.0.1/8 reply=udp/10.0.0.1/99/10.0.0.2/1000"

static void is_text(const char *ct, const char *want, const char *what)
{
	char text[CT_TEXT_ROOM];

	is_str(ct_text(ct, true, NULL, text), want, what);
}

static void test_state(void)
{
	char state[CT_STATE_ROOM];

	ok(!ct_state(NULL, state), "not known");
	is_str(ct_state("new,dnat", state), "new,dnat", "a state alone");
	is_str(ct_state("new,dnat zone=5", state), "new,dnat", "... and with an entry");
}

static void test_text(void)
{
	char text[CT_TEXT_ROOM];

	is_text("new", "new", "nothing is told of the entry");
	is_text("new confirmed zone=5 mark=0xff",
		"new, confirmed, zone 5, mark 0xff", "confirmed, zone, mark");
	is_text("established confirmed", "established",
		"what is answered is confirmed");
	is_text("new,dnat" NAT,
		"new,dnat, 10.0.0.2:1000 > 10.0.0.1:8 as 10.0.0.2:1000 > 10.0.0.1:99",
		"translated");
	is_text("reply,dnat" NAT,
		"reply,dnat, 10.0.0.1:99 > 10.0.0.2:1000 as 10.0.0.1:8 > 10.0.0.2:1000",
		"... and in the other direction");
	is_text("new,snat original=icmp6/fd00::2/7/fd00::1/- "
		"reply=icmp6/fd00::1/8/fd00::9/-",
		"new,snat, fd00::2 > fd00::1 id 7 as fd00::9 > fd00::1 id 8",
		"the identifier of an echo");
	is_str(ct_text("new zone=5", false, NULL, text), "zone 5", "without the state");
	is_str(ct_text("new", false, NULL, text), "", "... there may be nothing");
}

static void test_others(void)
{
	is_text("new later=1 zone=5 confirmedly", "new, zone 5",
		"words of a later version are passed over");
	is_text("new  zone=x mark=0xfffffffff", "new", "numbers that are none");
	is_text("new,snat original=udp/10.0.0.2/1000/10.0.0.1/8", "new,snat",
		"one direction alone");
	is_text("new,snat original=udp reply=udp/10.0.0.1/99/10.0.0.2/1000",
		"new,snat", "a tuple that is none");
}

static void test_why(void)
{
	static const char ct[] = "new zone=5 why=it is confirmed  mark=0x7";
	char text[CT_TEXT_ROOM];

	ok(!ct_why(NULL) && !ct_why("none"), "nothing is said");
	is_str(ct_why(ct), "it is confirmed  mark=0x7", "the rest is what is said");
	is_text(ct, "new, zone 5", "... and tells nothing of the entry");
	is_str(ct_text("invalid", true, "bad checksum", text),
	       "invalid, bad checksum", "why it is invalid");
	is_str(ct_text("invalid", false, "bad checksum", text), "bad checksum",
	       "... without the state");
}

int main(void)
{
	tap_plan(20);
	test_state();
	test_text();
	test_others();
	test_why();
	return tap_done();
}
