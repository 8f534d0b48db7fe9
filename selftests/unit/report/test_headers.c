// SPDX-License-Identifier: GPL-2.0-only
/* What a packet's bytes say of it, and the time of day. */
#include "harness.h"
#include "../../../report/format/daytime.h"
#include "../../../report/format/headers.h"

#define MACS	"020000000001020000000002"
#define IP4	"450000280001000040060000" "0a000002" "0a000001"
#define IP6	"6000000000140640" \
		"fd000000000000000000000000000002" \
		"fd000000000000000000000000000001"
#define TCP(flags) "9c400050" "00000001" "000000ff" "50" flags "ffff00000000"

static void says(uint64_t link, const char *bytes, const char *want,
		 const char *what)
{
	struct record rec = { .link_type = { true, link }, .bytes = bytes };
	char buf[HEADERS_ROOM];

	is_str(headers_describe(buf, &rec), want, what);
}

static void tcp(void)
{
	says(1, MACS "0800" IP4 TCP("02"), "SYN, sequence 1", "SYN");
	says(1, MACS "81000064" "0800" IP4 TCP("12") "+20",
	     "SYN ACK, sequence 1, acknowledges 255", "behind a VLAN tag");
	says(1, MACS "86dd" IP6 TCP("11"),
	     "FIN ACK, sequence 1, acknowledges 255", "IPv6");
	says(101, IP4 TCP("04"), "RST, sequence 1", "no link-layer header");
	says(101, IP6 TCP("00"), "no flags, sequence 1", "the same, IPv6");
	says(101, IP4 TCP("ff"), "FIN SYN RST PSH ACK URG ECE CWR, sequence 1, "
	     "acknowledges 255", "all flags");
}

static void arp(void)
{
	says(1, MACS "0806" "0001080006040001" "020000000002" "0a000002"
	     "000000000000" "0a000001",
	     "ARP, who-has 10.0.0.1 tell 10.0.0.2", "a question");
	says(1, MACS "0806" "0001080006040002" "020000000002" "0a000002"
	     "020000000001" "0a000001",
	     "ARP, 10.0.0.2 is-at 02:00:00:00:00:02", "an answer");
	says(1, MACS "0806" "0001080006040003" "020000000002" "0a000002"
	     "020000000001" "0a000001", NULL, "another message");
}

/* Do both have that key, the second one as its answer? */
static void asks(const char *question, const char *answer, const char *saddr,
		 const char *daddr, const char *want, const char *what)
{
	struct record rec = { .link_type = { true, 1 }, .bytes = question,
			      .saddr = saddr, .daddr = daddr };
	struct record back = { .link_type = { true, 1 }, .bytes = answer,
			       .saddr = daddr, .daddr = saddr };
	char key[HEADERS_ROOM];
	bool reply;

	ok(headers_question(key, &reply, &rec) && !reply, what);
	is_str(key, want, "its key");
	ok(headers_question(key, &reply, &back) && reply, "its answer");
	is_str(key, want, "the same key");
}

static void questions(void)
{
	struct record ack = { .link_type = { true, 101 }, .bytes = IP4 TCP("10"),
			      .saddr = "a", .daddr = "b" };
	char key[HEADERS_ROOM];
	bool reply;

	asks(MACS "0806" "0001080006040001" "020000000002" "0a000002"
	     "000000000000" "0a000001",
	     MACS "0806" "0001080006040002" "020000000001" "0a000001"
	     "020000000002" "0a000002", NULL, NULL, "arp 10.0.0.2 10.0.0.1",
	     "ARP");
	asks(MACS "0800" IP4 "9c400050" "000000fe" "00000000" "5002ffff00000000",
	     MACS "0800" IP4 "00509c40" "00000009" "000000ff" "5012ffff00000000",
	     "10.0.0.2", "10.0.0.1", "syn 10.0.0.2 40000 10.0.0.1 80 254",
	     "a SYN");
	asks(MACS "86dd" "6000000000183aff"
	     "fd000000000000000000000000000002"
	     "ff0200000000000000000001ff000001"
	     "8700000000000000" "fd000000000000000000000000000001",
	     MACS "86dd" "6000000000183aff"
	     "fd000000000000000000000000000001"
	     "fd000000000000000000000000000002"
	     "8800000000000000" "fd000000000000000000000000000001",
	     "fd00::2", "fd00::1", "nd fd00::2 fd00::1",
	     "neighbour discovery");
	ok(!headers_question(key, &reply, &ack), "an ACK is no question");
	ack.bytes = NULL;
	ok(!headers_question(key, &reply, &ack), "nor are no bytes");
}

static void nothing(void)
{
	says(1, NULL, NULL, "no bytes");
	says(1, "", NULL, "none at all");
	says(1, MACS "8100", NULL, "cut off in a tag");
	says(1, MACS "0800" "45000028", NULL, "cut off in IP");
	says(101, IP4 "9c4000500000", NULL, "cut off in TCP");
	says(101, "450000280001200140060000" "0a000002" "0a000001" TCP("02"),
	     NULL, "a later fragment");
	says(101, "450000280001000040110000" "0a000002" "0a000001" TCP("02"),
	     NULL, "UDP");
	says(0, IP4 TCP("02"), NULL, "another link layer");
	says(1, "zz", NULL, "no digits");
}

static void times(void)
{
	struct note realtime = { (char *)"realtime",
				 (char *)"1700000000000000000" };
	struct notes notes = { &realtime, 1 };
	struct number ns = { true, 1234567 }, none = { .known = false };
	char buf[DAYTIME_ROOM];

	setenv("TZ", "EST+5", 1);
	is_str(daytime_utc(buf, &notes, ns), "2023-11-14T22:13:20.001234567Z",
	       "UTC");
	is_str(daytime_local(buf, &notes, ns),
	       "2023-11-14 17:13:20.001234 -0500", "on the wall");
	is_str(daytime_utc(buf, &notes, none), NULL, "a time that is not known");
	realtime.value = (char *)"soon";
	is_str(daytime_utc(buf, &notes, ns), NULL, "a note that is none");
	notes.count = 0;
	is_str(daytime_local(buf, &notes, ns), NULL, "no note");
}

int main(void)
{
	tap_plan(37);
	tcp();
	arp();
	questions();
	nothing();
	times();
	return tap_done();
}
