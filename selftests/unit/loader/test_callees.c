// SPDX-License-Identifier: GPL-2.0-only
/* Functions without a packet: which of a list join a plan, and as what. */
#include <stdlib.h>

#include "../../../bpf/bpfpath.h"
#include "../../../loader/plan/callees.h"
#include "../tap.h"

static void test_choose(void)
{
	static const char text[] = "# routing\n"
				   "fib_table_lookup 0\n"
				   "fib_* 0\n"
				   "skb:kfree_skb 2\n"
				   "dst_alloc 0 3\n";
	struct funcs *list, chosen = {0};

	if (funcs_parse("memory", text, sizeof(text) - 1, &list))
		exit(1);
	is_int(callees_choose(list, NULL, HOW_KPROBE, &chosen), 0,
	       "a list is read");
	is_int(chosen.count, 2, "... its functions are taken");
	is_str(chosen.funcs[0].name, "fib_table_lookup", "... the first");
	is_int(chosen.funcs[0].verdict, VERDICT_CALLEE, "... as one without a packet");
	is_int(chosen.funcs[1].arg, 1, "... wherever arguments are");
	free(chosen.funcs);
	funcs_free(list);
}

static void add(struct plan *to, uint32_t num, const char *symbol, enum how how)
{
	struct probe probe = { .num = num, .arg = 1, .how = how };

	strcpy(probe.symbol, symbol);
	strcpy(probe.name, symbol);
	plan_add(to, &probe);
}

static void test_add(void)
{
	struct plan plan = {0}, callees = {0};

	add(&plan, 9, "ip_rcv", HOW_KPROBE);
	add(&callees, 1, "fib_table_lookup", HOW_KPROBE);
	add(&callees, 2, "gone", HOW_SKIP);
	add(&callees, 3, "ip_rcv", HOW_KPROBE);
	add(&callees, 4, "dst_alloc", HOW_KPROBE);
	is_int(callees_add(&plan, &callees), 2, "two join a plan");
	is_int(plan.count, 3, "... not what is not here, or is there already");
	is_int(plan.probes[1].num, 10, "... with the next number");
	is_str(plan.probes[2].name, "dst_alloc", "... the last one");
	free(plan.probes);
	free(callees.probes);
}

int main(void)
{
	tap_plan(9);
	test_choose();
	test_add();
	return tap_done();
}
