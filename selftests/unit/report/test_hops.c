// SPDX-License-Identifier: GPL-2.0-only
/* The interfaces that a packet crosses, and in which direction. */
#include "harness.h"

/* A step on interface dev of namespace ns. */
#define ON(seq, time, func, dev, ns) \
	"step\t1\t" seq "\t" time "\t-\t-\t" func "\t" dev "\t-\t" ns \
	"\t-\t-\t-\t-\t-\t-\t-\t-\n"
#define GONE(seq) END("1", seq, "9000", "x", "consumed")

/* The lines of the table, as "time netns interface direction steps; …" */
static void are_hops(const char *records, const char *want, const char *what)
{
	struct printed p = print_bytes(records, strlen(records), "hops", "d");
	char *line, *rest = p.text, got[512] = "", *at = got;
	char us[32], netns[32], dev[32], dir[32], len[32], steps[32];

	while ((line = strsep(&rest, "\n")))
		if (sscanf(line, "%31s %31s %31s %31s %31s %31s", us, netns,
			   dev, dir, len, steps) == 6 && strchr(us, '.'))
			at += sprintf(at, "%s %s %s %s %s; ", us, netns, dev,
				      dir, steps);
	is_str(got, want, what);
	free(p.text);
}

static void crossings(void)
{
	are_hops(HEADER ON("0", "1000", "ip_rcv", "e0", "7")
		 ON("1", "2000", "ip_forward", "e0", "7")
		 ON("2", "3000", "ip_output", "e1", "7")
		 ON("3", "4000", "ip_rcv.isra.0", "e1", "8") GONE("4"),
		 "0.000 7 e0 in 2; 2.000 7 e1 out 1; 3.000 8 e1 in 1; ",
		 "another interface, another namespace");
	are_hops(HEADER ON("0", "1000", "__dev_queue_xmit", "lo", "7")
		 ON("1", "2000", "loopback_xmit", "lo", "7")
		 ON("2", "3000", "ip_rcv", "lo", "7") GONE("3"),
		 "0.000 7 lo out 2; 2.000 7 lo in 1; ",
		 "out and in by the same interface");
	are_hops(HEADER ON("0", "1000", "f", "e0", "7")
		 ON("1", "2000", "ip_rcv", "e0", "7")
		 ON("2", "3000", "g", "e0", "7") GONE("3"),
		 "0.000 7 e0 in 3; ", "the first function that tells");
	are_hops(HEADER ON("0", "1000", "f", "e0", "7") GONE("1"),
		 "0.000 7 e0 - 1; ", "none tells");
	are_hops(HEADER ON("0", "1000", "ip_output", "-", "-")
		 ON("1", "2000", "ip_output", "e0", "7")
		 ON("2", "3000", "nf_hook_slow", "-", "-") GONE("3"),
		 "1.000 7 e0 out 3; ", "a place that is not known is no other");
}

static void selection(void)
{
	are_hops(HEADER "select\t1\t-\t1000\t-\t-\tegress\te0\t-\t7\t-\t-\t-"
		 "\t-\t-\t-\t-\t-\n" GONE("0"),
		 "0.000 7 e0 out 0; ", "where it was selected");
	is_printed(HEADER SELECT("1", "10")
		   DERIVED("1", "1", "0", "20", "skb_clone")
		   END_MEMBER("1", "1", "0", "30", "y", "consumed")
		   ON("1", "40", "ip_rcv", "e0", "7")
		   END_MEMBER("1", "0", "4", "40", "x", "consumed"), "hops", "",
		   "packet 1\n"
		   "  selected at ingress\n"
		   "     us  netns  interface  dir  len  steps\n"
		   "  0.030      7  e0         -      -      1\n"
		   "  ... 3 steps missing ...\n"
		   "packet 1: consumed by x, after 4 steps and 0.030 us, "
		   "INCOMPLETE: 3 of 4 steps missing\n"
		   "\n"
		   "packet 1.1: made by skb_clone from 1, at 0.010 us\n"
		   "  derived\n"
		   "  no steps recorded\n"
		   "packet 1.1: consumed by y, after 0 steps and 0.010 us, "
		   "complete\n"
		   "\n"
		   "packet 1 with 1 relative: INCOMPLETE: 1 of 2 paths "
		   "incomplete\n",
		   "without tables; what is missing; a relative");
}

int main(void)
{
	tap_plan(7);
	crossings();
	selection();
	return tap_done();
}
