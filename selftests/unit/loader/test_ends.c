// SPDX-License-Identifier: GPL-2.0-only
/* Where packets end is probed, whatever the list of functions says. */
#include <stdlib.h>
#include <string.h>

#include "../../../bpf/bpfpath.h"
#include "../../../loader/plan/ends.h"
#include "../tap.h"

static const char all_text[] =
	"ip_rcv 0\n"
	"skb:kfree_skb 2\n"
	"skb:consume_skb 1\n"
	"__kfree_skb 1\n"
	"kfree_skb_partial 1\n";

/* How many lines of all_text are chosen beside that list. */
static uint32_t chosen_beside(const char *text, enum how how,
			      struct funcs *chosen)
{
	struct funcs *all = NULL, *list = NULL;

	memset(chosen, 0, sizeof(*chosen));
	if (funcs_parse("all", all_text, strlen(all_text), &all) ||
	    funcs_parse("list", text, strlen(text), &list) ||
	    ends_choose(all, list, how, chosen))
		return 99;
	funcs_free(all);
	funcs_free(list);
	free(chosen->funcs);
	return chosen->count;
}

static void test_choose(void)
{
	struct funcs chosen;

	is_int(chosen_beside("icmp_rcv 0\n", HOW_KPROBE, &chosen), 4,
	       "a list without ends: all are added, and nothing else");
	is_int(chosen_beside("__kfree_skb 0\nskb:kfree_skb 0\n", HOW_KPROBE,
			     &chosen), 2,
	       "what the list has stays as it says");
	is_int(chosen_beside("icmp_rcv 0\n!kfree_skb_*\n", HOW_KPROBE,
			     &chosen), 3,
	       "what the list takes away is left out");
	is_int(chosen_beside("icmp_rcv 0\n", HOW_TRACEPOINT, &chosen), 2,
	       "tracepoints alone, where functions cannot be probed");
}

static struct probe probe(uint32_t num, const char *name, int verdict, enum how how)
{
	struct probe probe = { .num = num, .step.verdict = verdict, .how = how };

	strcpy(probe.name, name);
	strcpy(probe.symbol, name);
	return probe;
}

static void test_add(void)
{
	struct plan plan = {}, ends = {};
	struct probe lines[] = {
		probe(1, "ip_rcv", VERDICT_NONE, HOW_KPROBE),
		probe(2, "consume_skb", VERDICT_NONE, HOW_TRACEPOINT),
		probe(3, "consume_skb", VERDICT_CONSUMED, HOW_TRACEPOINT),
		probe(4, "__kfree_skb", VERDICT_CONSUMED, HOW_KPROBE),
		probe(5, "gone", VERDICT_CONSUMED, HOW_SKIP),
	};

	plan_add(&plan, &lines[0]);
	plan_add(&plan, &lines[1]);
	plan_add(&ends, &lines[2]);
	plan_add(&ends, &lines[3]);
	plan_add(&ends, &lines[4]);
	is_int(ends_add(&plan, &ends), 0, "ends are added");
	is_int(plan.count, 3, "... those that can be probed, each once");
	is_int(plan.probes[1].step.verdict, VERDICT_CONSUMED,
	       "a tracepoint that is there becomes an end");
	is_int(plan.probes[1].num, 2, "... with the number that it has");
	is_str(plan.probes[2].name, "__kfree_skb", "a function is added");
	is_int(plan.probes[2].num, 3, "... with a number of its own");
	free(plan.probes);
	free(ends.probes);
}

int main(void)
{
	tap_plan(10);
	test_choose();
	test_add();
	return tap_done();
}
