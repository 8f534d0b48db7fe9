// SPDX-License-Identifier: GPL-2.0-only
/* Output probes: which probes of a plan select packets, and those that join it. */
#include <stdlib.h>

#include "../../../bpf/bpfpath.h"
#include "../../../loader/plan/output_probes.h"
#include "../../../loader/plan/receive.h"
#include "../tap.h"

static struct plan plan, outputs;

static void add(struct plan *to, uint32_t num, const char *symbol, int arg,
		enum how how)
{
	struct probe probe = { .num = num, .arg = arg, .how = how, .addr = 64 };

	strcpy(probe.symbol, symbol);
	strcpy(probe.name, symbol);
	plan_add(to, &probe);
}

static void begin(void)
{
	free(plan.probes);
	free(outputs.probes);
	memset(&plan, 0, sizeof(plan));
	memset(&outputs, 0, sizeof(outputs));
}

static void test_add(void)
{
	begin();
	add(&plan, 3, "ip_output", 3, HOW_MULTI);
	add(&plan, 9, "ip_rcv", 1, HOW_MULTI);
	add(&outputs, 5, "ip6_output", 3, HOW_MULTI);
	add(&outputs, 6, "ip_output", 3, HOW_MULTI);
	add(&outputs, 7, "gone", 1, HOW_SKIP);
	is_int(output_probes_add(&plan, &outputs), 0, "output probes join a plan");
	is_int(plan.count, 3, "... those that are not in it");
	is_int(plan.probes[0].step.stage, 6, "... and others get a stage");
	is_int(plan.probes[1].step.stage, 0, "... but for what is no output probe");
	is_str(plan.probes[2].name, "ip6_output", "... at its end");
	is_int(plan.probes[2].num, 10, "... with the next number");
	is_int(plan.probes[2].step.stage, 5, "... and their stage");
}

static void test_other(void)
{
	begin();
	add(&plan, 1, "ip_output", 2, HOW_MULTI);
	add(&outputs, 1, "ip_output", 3, HOW_MULTI);
	is_int(output_probes_add(&plan, &outputs), 0, "another argument");
	is_int(plan.count, 2, "... is another probe");
	is_int(plan.probes[0].step.stage, 0, "... the first is no output probe");
}

static void test_limit(void)
{
	begin();
	add(&plan, MAX_FUNCS - 2, "ip_rcv", 1, HOW_KPROBE);
	add(&outputs, 1, "arp_xmit", 1, HOW_KPROBE);
	is_int(output_probes_add(&plan, &outputs), 0, "the last number is given");
	add(&outputs, 2, "ip_output", 3, HOW_KPROBE);
	is_int(output_probes_add(&plan, &outputs), -7 /* E2BIG */, "then there is none");
}

static int choose(const struct funcs *list, enum how how, const char *name)
{
	struct funcs chosen = {0};
	int same;

	output_probes_choose(list, NULL, how, &chosen);
	same = chosen.count == 1 && !strcmp(chosen.funcs[0].name, name);
	free(chosen.funcs);
	return same;
}

static void test_choose(void)
{
	static const char text[] = "arp_xmit 0 1\nnet:net_dev_queue 0 1\n";
	struct funcs *list;

	funcs_parse("output probes", text, sizeof(text) - 1, &list);
	ok(choose(list, HOW_KPROBE, "arp_xmit"), "functions by kprobes");
	ok(choose(list, HOW_TRACEPOINT, "net_dev_queue"),
	   "tracepoints where there is nothing else");
	funcs_free(list);
}

/* The one that all packets pass on their way to a device. */
static void test_passing(void)
{
	begin();
	add(&plan, 1, "__dev_queue_xmit", 1, HOW_KPROBE);
	add(&plan, 2, "ip_output", 3, HOW_KPROBE);
	add(&outputs, 4, "ip_output", 3, HOW_KPROBE);
	output_probes_add(&plan, &outputs);
	is_int(output_probes_passing(&plan), 0, "it is no output probe here");
	add(&outputs, 8, "__dev_queue_xmit", 1, HOW_KPROBE);
	output_probes_add(&plan, &outputs);
	is_int(output_probes_passing(&plan), 8, "its stage");
	plan.probes[0].how = HOW_SKIP;
	is_int(output_probes_passing(&plan), 0, "it cannot be probed");
}

static void test_receive(void)
{
	begin();
	add(&plan, 4, "ip_rcv", 1, HOW_KPROBE);
	is_int(receive_add(&plan), 0, "what selects where packets are received");
	is_int(plan.probes[1].role, PROBE_RECEIVE, "... has a role of its own");
	is_int(plan.probes[1].num, 5, "... and a number");
}

int main(void)
{
	tap_plan(20);
	test_add();
	test_other();
	test_limit();
	test_choose();
	test_passing();
	test_receive();
	begin();
	return tap_done();
}
