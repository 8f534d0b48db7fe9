// SPDX-License-Identifier: GPL-2.0-only
/* What a record shows of an event, above all of one that makes no sense. */
#include <stdlib.h>

#include "../../../loader/trace/records.h"
#include "../tap.h"

/* The columns behind id, of which nothing is known here. */
#define NOTHING "\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-"

static char line[1024];

static const char *write_event(const struct event *event)
{
	const struct record_fields record = {
		.type = "step",
		.event = event,
		.func = "ip_rcv",
		.how = "-",
		.has_seq = 1,
	};
	FILE *out = fmemopen(line, sizeof(line), "w");

	record_write(&record, out);
	fclose(out);
	return line;
}

static void test_place(void)
{
	struct event event = { .packet = 1, .ident = NO_IDENT, .ns = 1, .skb = 0x10, .ifindex = 2,
			       .netns = 4026531840U, .ifname = "eth0" };

	is_str(write_event(&event),
	       "step\t1\t0\t1\t0\t0x10\tip_rcv\teth0\t2\t4026531840\t0\t0\t-\t-\t-\t-\t0\t-\t-\t-\t-" NOTHING "\n",
	       "interface, index and namespace");
	event.netns = 77;
	is_str(write_event(&event),
	       "step\t1\t0\t1\t0\t0x10\tip_rcv\t-\t-\t-\t0\t0\t-\t-\t-\t-\t0\t-\t-\t-\t-" NOTHING "\n",
	       "no namespace has such an inode: it was no device");
	event.netns = 4026531840U;
	memcpy(event.ifname, "a\tb", 4);
	is_str(write_event(&event),
	       "step\t1\t0\t1\t0\t0x10\tip_rcv\t-\t2\t4026531840\t0\t0\t-\t-\t-\t-\t0\t-\t-\t-\t-" NOTHING "\n",
	       "a name that would break the line is not shown");
	memset(event.ifname, 'x', sizeof(event.ifname));
	is_str(write_event(&event),
	       "step\t1\t0\t1\t0\t0x10\tip_rcv\t-\t2\t4026531840\t0\t0\t-\t-\t-\t-\t0\t-\t-\t-\t-" NOTHING "\n",
	       "nor one without end");
}

/* Of a derivation the event says the parent where else it has a step's number. */
static void test_derived(void)
{
	const struct event event = { .packet = 1, .ident = NO_IDENT, .member = 3, .parent = 2,
				     .func = FUNC_DERIVED, .ns = 1, .skb = 0x10 };
	const struct record_fields record = {
		.type = "born",
		.event = &event,
		.func = "skb_clone",
		.how = "-",
		.has_parent = 1,
	};
	FILE *out = fmemopen(line, sizeof(line), "w");

	record_write(&record, out);
	fclose(out);
	is_str(line, "born\t1\t-\t1\t0\t0x10\tskb_clone\t-\t-\t-\t0\t0\t-\t-\t-\t-\t3\t2\t-\t-\t-" NOTHING "\n",
	       "a relative, and what it is made of");
}

static void test_note(void)
{
	FILE *out = fmemopen(line, sizeof(line), "w");

	records_note(out, "filter", "icmp\nand\ttcp");
	fclose(out);
	is_str(line, "# filter: icmp and tcp\n", "a note is one line");
}

/* A terminal is not to obey what a process calls itself. */
static void test_comm(void)
{
	struct event event = { .packet = 1, .ident = NO_IDENT, .ns = 1, .skb = 0x10, .pid = 7,
			       .comm = "a\033[31m\177b" };

	ok(strstr(write_event(&event), "\ta [31m b\t7\t") != NULL,
	   "control characters of a process's name");
	strcpy(event.comm, "\xc3\xa9\xc3\x80\xc2\x9bm\x9b");
	ok(strstr(write_event(&event), "\t\xc3\xa9\xc3\x80\xc2 m \t7\t") != NULL,
	   "those behind 0x7f, and none that are part of a letter");
}

int main(void)
{
	tap_plan(8);
	test_comm();
	test_place();
	test_derived();
	test_note();
	return tap_done();
}
