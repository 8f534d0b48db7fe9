// SPDX-License-Identifier: GPL-2.0-only
/* Which functions of a plan are probed where they return, and how. */
#include <stdlib.h>

#include "../../../loader/plan/returns.h"
#include "../tap.h"

static struct plan plan, more;

static void add(const char *name, enum how how, int arg, int parent)
{
	struct probe probe = { .num = plan.count + 1, .how = how, .arg = arg,
			       .deref = 1, .step.stage = 2 };

	if (parent) {
		probe.role = PROBE_COPY_SITE;
		probe.copy_site.old_arg = parent;
	}
	strcpy(probe.name, name);
	plan_add(&plan, &probe);
}

int main(void)
{
	static const char *const not[] = { "kfree_skb_reason", "__kfree_skb",
					   "napi_consume_skb",
					   "sk_skb_reason_drop" };
	struct btf_set *btfs;

	tap_plan(15);
	btfs_open("/nonexistent", &btfs);
	add("ip_rcv", HOW_KPROBE, 1, 0);
	add("skb:kfree_skb", HOW_TRACEPOINT, 1, 0);
	add("__copy_skb_header", HOW_KPROBE, 1, 2);
	add("ip_output", HOW_MULTI, 3, 0);
	add("no_btf", HOW_FENTRY, 1, 0);
	add("joins", HOW_FEXIT, 1, 2);
	add("missing", HOW_SKIP, 0, 0);
	for (int i = 0; i < 4; i++)
		add(not[i], HOW_KPROBE, 1, 0);
	is_int(returns_add(&plan, btfs, 0, &more), 2, "two functions return");
	is_int(more.count, plan.count + 2, "all others stay");
	is_int(more.probes[1].how, HOW_KPROBE_RETURN, "kprobe: kretprobe");
	is_int(more.probes[1].num, 1, "... behind its own, with its number");
	is_int(more.probes[1].arg, 1, "... and its argument");
	is_int(more.probes[1].deref, 0, "... which is not read");
	is_int(probe_stage(&more.probes[1]), 0, "... nor looked at");
	is_int(more.probes[5].how, HOW_MULTI_RETURN, "multi");
	is_int(more.probes[5].arg, 3, "... its argument");
	is_int(probe_sees_return(&more.probes[4]), 0, "one probe sees it begin");
	is_int(probe_sees_return(&more.probes[5]), 1, "one sees it return");
	free(more.probes);
	memset(&more, 0, sizeof(more));
	is_int(returns_add(&plan, btfs, 1, &more), 2, "with sessions as many");
	is_int(more.probes[0].how, HOW_KPROBE, "... a kprobe sees one end");
	is_int(more.probes[4].how, HOW_SESSION, "... one probe both");
	is_int(probe_stage(&more.probes[4]), 2, "... as it was");
	btfs_free(btfs);
	free(plan.probes);
	free(more.probes);
	return tap_done();
}
