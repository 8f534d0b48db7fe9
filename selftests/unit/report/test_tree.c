// SPDX-License-Identifier: GPL-2.0-only
/* Calls of functions: which is within which, their times and results. */
#include "harness.h"

#define HEAD	OLD_COLUMNS "\tpid\tret\n"
#define PLACE	"-\t-\t-\t-\t-\t"
#define SELECTED \
	"select\t1\t-\t1000\t0\t-\tingress\t" PLACE "-\t-\t-\t-\t-\n"
#define CALL(seq, ns, cpu, pid, func) \
	"step\t1\t" seq "\t" ns "\t" cpu "\t-\t" func "\t" PLACE \
	"-\t-\t-\t" pid "\t-\n"
#define RET(ns, cpu, pid, func, ret) \
	"return\t1\t-\t" ns "\t" cpu "\t-\t" func "\t" PLACE \
	"-\t-\t-\t" pid "\t" ret "\n"
#define ENDS(steps, ns, func, how) \
	"end\t1\t" steps "\t" ns "\t0\t-\t" func "\t" PLACE how \
	"\t-\t-\t-\t-\n"

#define MARGIN(cpu, us)	"   " cpu ") " us " |"
#define NONE		"             "

static void is_tree(const char *records, const char *want, const char *what)
{
	struct printed p = print_bytes(records, strlen(records), "tree", "d");
	char *from = strstr(p.text, "CALLS\n"), *to = NULL;

	if (from) {
		from += strlen("CALLS\n");
		to = strstr(from, "\npacket 1: ");
	}
	if (to)
		to[1] = '\0';
	is_str(from ? from : p.text, want, what);
	free(p.text);
}

static void nesting(void)
{
	is_tree(HEAD SELECTED CALL("0", "1000", "0", "-", "ip_rcv")
		CALL("1", "2000", "0", "-", "ip_rcv_core")
		RET("3500", "0", "-", "ip_rcv_core", "NULL")
		CALL("2", "4000", "0", "-", "kfree_skb")
		RET("5001", "0", "-", "ip_rcv", "1")
		ENDS("3", "4000", "kfree_skb", "dropped"),
		MARGIN("0", NONE) "  /* at 0.000 us */\n"
		MARGIN("0", NONE) "  ip_rcv() {\n"
		MARGIN("0", "     1.500 us") "    ip_rcv_core(); /* = NULL */\n"
		MARGIN("0", NONE) "    kfree_skb();\n"
		MARGIN("0", "     4.001 us")
		"  } /* ip_rcv = NET_RX_DROP */\n",
		"what is within what, and results by name");
	is_tree(HEAD SELECTED CALL("0", "1000", "0", "-", "f")
		CALL("1", "2000", "0", "-", "f")
		CALL("2", "2500", "0", "-", "g")
		RET("3000", "0", "-", "f", "-")
		CALL("3", "3100", "0", "-", "h")
		RET("4000", "0", "-", "f", "-EINVAL")
		ENDS("4", "3100", "h", "consumed"),
		MARGIN("0", NONE) "  /* at 0.000 us */\n"
		MARGIN("0", NONE) "  f() {\n"
		MARGIN("0", NONE) "    f() {\n"
		MARGIN("0", NONE) "      g(); /* not seen to return */\n"
		MARGIN("0", "     1.000 us") "    } /* f */\n"
		MARGIN("0", NONE) "    h();\n"
		MARGIN("0", "     3.000 us") "  } /* f = -EINVAL */\n",
		"a function within itself, some that do not return");
}

static void contexts(void)
{
	is_tree(HEAD SELECTED CALL("0", "1000", "0", "7", "send")
		CALL("1", "2000", "1", "-", "ip_rcv")
		RET("3000", "2", "7", "send", "0")
		CALL("2", "3500", "1", "-", "deliver")
		RET("3600", "1", "-", "deliver", "0")
		RET("4000", "1", "-", "ip_rcv", "0")
		ENDS("3", "3500", "deliver", "consumed"),
		MARGIN("0", NONE) "  /* at 0.000 us-7 */\n"
		MARGIN("0", "     2.000 us") "  send(); /* = 0 */\n"
		MARGIN("1", NONE) "  /* at 1.000 us */\n"
		MARGIN("1", NONE) "  ip_rcv() {\n"
		MARGIN("1", "     0.100 us") "    deliver(); /* = 0 */\n"
		MARGIN("1", "     2.000 us")
		"  } /* ip_rcv = NET_RX_SUCCESS */\n",
		"threads and CPUs have roots of their own");
}

static void what_is_missing(void)
{
	is_tree(HEAD SELECTED CALL("0", "1000", "0", "-", "f")
		CALL("3", "2000", "0", "-", "g")
		RET("2500", "0", "-", "x", "0")
		RET("3000", "0", "-", "f", "-")
		ENDS("5", "2000", "g", "consumed"),
		MARGIN("0", NONE) "  /* at 0.000 us */\n"
		MARGIN("0", NONE) "  f() {\n"
		"                   |  ... 2 steps missing ...\n"
		MARGIN("0", NONE) "    g();\n"
		MARGIN("0", "     2.000 us") "  } /* f */\n"
		"                   |  ... 1 step missing ...\n"
		"  1 return of functions that were not seen to begin\n",
		"steps that are missing, and a return of nothing");
	is_printed(HEAD SELECTED CALL("0", "1000", "0", "-", "f")
		   ENDS("1", "1000", "f", "consumed"), "tree", "",
		   "packet 1\n"
		   "  selected at ingress, cpu 0\n"
		   "     us    +us  cpu  interface  function\n"
		   "  0.000  0.000    0  -          f\n"
		   "  returns were not recorded (-R)\n"
		   "packet 1: consumed by f, after 1 step and 0.000 us, "
		   "complete\n", "without returns");
}

int main(void)
{
	tap_plan(5);
	nesting();
	contexts();
	what_is_missing();
	return tap_done();
}
