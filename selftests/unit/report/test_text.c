// SPDX-License-Identifier: GPL-2.0-only
/* The verdict on a packet, and what a terminal may be shown. */
#include "harness.h"
#include "../../../report/input/utf8.h"
#include "../../../report/format/verdict.h"

/* Is want, and a newline, what -q prints of the records? */
static void says(const char *records, const char *want)
{
	char input[4096], line[4096];

	snprintf(input, sizeof(input), HEADER "%s", records);
	snprintf(line, sizeof(line), "%s\n", want);
	is_printed(input, "text", "q", line, want);
}

static void test_how(void)
{
	says(SELECT("1", "1000") STEP("1", "0", "2000", "icmp_rcv")
	     END("1", "1", "2500", "icmp_rcv", "consumed"),
	     "packet 1: consumed by icmp_rcv, after 1 step and 1.500 us, "
	     "complete");
	says(SELECT("1", "5")
	     END("1", "0", "5", "-", "consumed"),
	     "packet 1: consumed, after 0 steps and 0.000 us, complete");
	says(SELECT("1", "5")
	     END("1", "0", "5", "-", "dropped"),
	     "packet 1: dropped, after 0 steps and 0.000 us, complete");
	says(SELECT("1", "5")
	     END("1", "0", "5", "kfree_skb", "dropped"),
	     "packet 1: dropped by kfree_skb, after 0 steps and 0.000 us, "
	     "complete");
	says(SELECT("1", "5")
	     "end\t1\t0\t5\t-\t-\tf\t-\t-\t-\t-\t-\tdropped\tTTL\tg+0x2\t-\t-\t-\n",
	     "packet 1: dropped in g+0x2, reason TTL, after 0 steps and 0.000 us, "
	     "complete");
	says(SELECT("1", "2")
	     STEP("1", "0", "2", "f") END("1", "1", "9", "-", "unknown"),
	     "packet 1: end not seen, last in f, after 1 step and 0.000 us, "
	     "complete");
	says(SELECT("1", "2")
	     STEP("1", "0", "2", "f") END("1", "1", "9", "-", "timeout"),
	     "packet 1: under way when the run ended, last in f, after 1 step "
	     "and 0.000 us, complete");
	says(SELECT("1", "2")
	     STEP("1", "0", "2", "f"),
	     "packet 1: under way when the records ended, last in f, after 1 "
	     "step and 0.000 us, INCOMPLETE: no end recorded");
}

static void test_incomplete(void)
{
	says(SELECT("1", "5")
	     STEP("1", "2", "5", "f") END("1", "9", "5", "f", "consumed"),
	     "packet 1: consumed by f, after 9 steps and 0.000 us, INCOMPLETE: "
	     "8 of 9 steps missing");
	says(SELECT("1", "5")
	     STEP("1", "1", "5", "f") STEP("1", "1", "5", "f")
	     END("1", "1", "5", "f", "consumed"),
	     "packet 1: consumed by f, after 2 steps and 0.000 us, INCOMPLETE: "
	     "1 of 2 steps missing, 1 step recorded twice, more steps than its "
	     "end counts (1)");
	says(SELECT("1", "5")
	     STEP("1", "-", "5", "f") END("1", "-", "5", "f", "consumed"),
	     "packet 1: consumed by f, after 1 step and 0.000 us, steps not "
	     "numbered: gaps would not show");
}

static void test_missed(void)
{
	says(SELECT("1", "5")
	     STEP("1", "0", "5", "f")
	     END_MISSED("1", "1", "5", "f", "consumed", "0"),
	     "packet 1: consumed by f, after 1 step and 0.000 us, complete");
	says(SELECT("1", "5")
	     STEP("1", "0", "5", "f")
	     END_MISSED("1", "1", "5", "f", "consumed", "1"),
	     "packet 1: consumed by f, after 1 step and 0.000 us, INCOMPLETE: "
	     "1 probe did not run");
	says(SELECT("1", "5")
	     STEP("1", "0", "5", "f") STEP("1", "0", "5", "f")
	     END_MISSED("1", "3", "5", "f", "consumed",
			"18446744073709551615"),
	     "packet 1: consumed by f, after 3 steps and 0.000 us, INCOMPLETE: "
	     "2 of 3 steps missing, 18446744073709551615 probes did not run, "
	     "1 step recorded twice");
	says(SELECT("1", "5")
	     STEP("1", "-", "5", "f")
	     END_MISSED("1", "-", "-", "f", "timeout", "2"),
	     "packet 1: under way when the run ended, last in f, after 1 step "
	     "and 0.000 us, INCOMPLETE: 2 probes did not run");
}

static void test_families(void)
{
	says(SELECT("1", "1000") DERIVED("1", "1", "0", "2000", "skb_clone")
	     END("1", "0", "2000", "-", "consumed")
	     END_MEMBER("1", "1", "-", "-", "-", "unknown"),
	     "packet 1: consumed, after 0 steps and 1.000 us, with 1 relative, "
	     "INCOMPLETE: 1 of 2 paths incomplete");
	says(SELECT("1", "1000") DERIVED("1", "1", "0", "2000", "skb_clone")
	     STEP_MEMBER("1", "1", "-", "2000", "f")
	     END("1", "0", "2000", "-", "consumed")
	     END_MEMBER("1", "1", "-", "3000", "f", "consumed"),
	     "packet 1: consumed, after 0 steps and 1.000 us, with 1 relative, "
	     "relatives not counted: a lost one would not show");
}

static void test_late_records(void)
{
	is_printed(HEADER END("1", "0", "5", "f", "consumed")
		   STEP("1", "0", "6", "g"), "text", "q",
		   "packet 1: consumed by f, after 0 steps, INCOMPLETE: "
		   "selection not recorded\n"
		   "packet 1: under way when the records ended, last in g, "
		   "after 1 step and 0.000 us, INCOMPLETE: the rest was "
		   "printed before, selection not recorded, no end "
		   "recorded\n",
		   "a record after the end is not put into the path");
}

static void test_bare_step(void)
{
	is_printed(HEADER STEP("1", "0", "5", "-"), "text", "",
		   "packet 1\n"
		   "  selection not recorded\n"
		   "     us  +us  cpu  interface  function\n"
		   "  0.000    -    -  -          -\n"
		   "packet 1: under way when the records ended, after 1 step "
		   "and 0.000 us, INCOMPLETE: selection not recorded, no end "
		   "recorded\n",
		   "what is not known is -");
}

static void test_times(void)
{
	char us[US_ROOM];

	is_str(us_format(us, 5, 5), "0.000", "no time");
	is_str(us_format(us, 0, 12345), "12.345", "us with three decimals");
	is_str(us_format(us, 1001, 1), "-1.000", "back in time");
	is_str(us_format(us, 0, UINT64_MAX), "18446744073709551.615",
	       "all of the time");
	is_str(us_format(us, UINT64_MAX, 0), "-18446744073709551.615",
	       "and back");
}

static void prints(const char *s, const char *want, size_t columns,
		   const char *what)
{
	char *text = NULL;
	size_t size, got;
	FILE *out = open_memstream(&text, &size);

	got = utf8_print(out, s);
	fclose(out);
	is_str(text, want, what);
	is_int(got, columns, "columns");
	is_int(utf8_print(NULL, s), columns, "only counted");
	free(text);
}

static void test_terminal(void)
{
	char shown[UTF8_SHOWN];

	prints("eth0", "eth0", 4, "a name");
	prints("\x1b[2J", "\\x1b[2J", 7, "an escape sequence");
	prints("\xc3\xa9t\xc3\xa9", "\xc3\xa9t\xc3\xa9", 3, "letters");
	prints("\xc2\x9b" "2J", "\\xc2\\x9b2J", 10, "an eight-bit one");
	prints("a\xff\n", "a\\xff\\x0a", 9, "a stray byte and a newline");

	is_str(utf8_shorten(shown, "short"), "short", "short stays");
	is_str(utf8_shorten(shown, "a long name of a function that goes on and "
				   "on and on and on"),
	       "a long name of a function that goes on and on and on and...",
	       "long is cut");
}

static void test_status(void)
{
	static const char one[] = HEADER SELECT("1", "1");
	struct printed p = print_bytes(HEADER, strlen(HEADER), "text", "");

	is_int(p.status, REPORT_NO_PACKET, "no packet: status 3");
	is_str(p.text, "", "and nothing printed");
	free(p.text);
	p = print_bytes(one, strlen(one), "text", "q");
	is_int(p.status, REPORT_PRINTED, "a packet: status 0");
	free(p.text);
}

#define CALLEE(packet, ns, func) \
	"aside\t" packet "\t-\t" ns "\t-\t-\t" func \
	"\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\n"

/* Is that, after what became of it, said of an ARP request for which these worked? */
static void answers(const char *callees, const char *probed, const char *want,
		    const char *what)
{
	char input[4096], line[512];

	snprintf(input, sizeof(input), HEADER "# probed: %s\n"
		 SELECT("1", "1") STEP("1", "0", "2", "arp_process")
		 STEP("1", "1", "3", "ip_route_input_noref") "%s"
		 STEP("1", "2", "5", "consume_skb")
		 END("1", "3", "5", "consume_skb", "consumed"), probed, callees);
	snprintf(line, sizeof(line), "packet 1: %s\n", want);
	is_printed(input, "text", "dq", line, what);
}

static void test_answers(void)
{
	static const char probed[] = "neigh_event_ns neigh_lookup";
	static const char done[] = ", freed by consume_skb, after 3 steps and "
				   "0.004 us, complete";
	char want[256];

	snprintf(want, sizeof(want), "taken by the kernel%s; no answer was made",
		 done);
	answers("", probed, want, "no answer to an ARP request");
	answers(CALLEE("1", "4", "inet_confirm_addr"), probed, want,
		"... as arp_ignore says");
	snprintf(want, sizeof(want),
		 "taken by the kernel%s; no answer was made here", done);
	answers(CALLEE("1", "4", "neigh_lookup"), probed, want,
		"... as the address is none of this host");
	snprintf(want, sizeof(want), "answered by the kernel%s", done);
	answers(CALLEE("1", "4", "neigh_event_ns") CALLEE("1", "4", "neigh_lookup")
		CALLEE("1", "4", "arp_xmit"), probed, want, "an answer");
	snprintf(want, sizeof(want), "taken by the kernel%s", done);
	answers(CALLEE("1", "4", "neigh_event_ns"), probed, want,
		"one that was to be made: nothing is certain");
	answers("", "neigh_lookup", want, "nobody looks whether one is made");
}

int main(void)
{
	tap_plan(50);
	test_how();
	test_incomplete();
	test_missed();
	test_families();
	test_late_records();
	test_bare_step();
	test_times();
	test_terminal();
	test_status();
	test_answers();
	return tap_done();
}
