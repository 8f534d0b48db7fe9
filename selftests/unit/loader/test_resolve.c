// SPDX-License-Identifier: GPL-2.0-only
/* From a list to a plan, on a small kernel. */
#include "../../../loader/plan/resolve.h"
#include "../../../loader/plan/select.h"
#include "capture.h"
#include "kernel_dir.h"

static const char symbols[] = "0000000000001000 T ip_rcv\n"
			      "0000000000001100 T drop_reason\n"
			      "0000000000001200 t core.constprop.0\n"
			      "0000000000001300 t no_packet\n"
			      "0000000000001400 t optimised.isra.0\n"
			      "0000000000001500 t optimised.constprop.0\n"
			      "0000000000001600 t optimised.part.0\n"
			      "0000000000001700 t twin\n"
			      "0000000000001800 t twin\n"
			      "0000000000001900 t no_btf\n"
			      "0000000000001a00 t moved.isra.0\n"
			      "0000000000001b00 t ip_rcv.isra.0\n"
			      "0000000000002000 t veth_xmit\t[veth]\n"
			      "0000000000002100 t twin\t[veth]\n"
			      "0000000000002200 t other\t[bridge]\n";

static const char hidden[] = "0000000000000000 T ip_rcv\n"
			     "0000000000000000 t twin\n"
			     "0000000000000000 t twin\n";

/*
 * A line for each probe: number, name, FIN, mechanism, symbol, "[module]",
 * "@address" where the name is not unique, the packet's register, "rN" and
 * "lN" for reason and location; or why it is skipped.
 */
static void print_probe(const struct probe *probe, FILE *out)
{
	fprintf(out, "%u %s %d %s", probe->num, probe->name, probe_verdict(probe),
		plan_how_name(probe->how));
	if (probe->how == HOW_SKIP) {
		fprintf(out, ": %s\n", probe->why);
		return;
	}
	fprintf(out, " %s", probe->symbol);
	if (*probe->module)
		fprintf(out, "[%s]", probe->module);
	if (probe->how != HOW_TRACEPOINT && !probe->unique)
		fprintf(out, "@%llx", (unsigned long long)probe->addr);
	fprintf(out, " %s%d", probe->deref ? "*" : "", probe->arg);
	if (probe->step.reason_arg)
		fprintf(out, " r%d", probe->step.reason_arg);
	if (probe->step.caller_arg)
		fprintf(out, " l%d", probe->step.caller_arg);
	fprintf(out, "\n");
}

static char *print_plan(struct plan *plan)
{
	size_t size;
	char *text;
	FILE *out = open_memstream(&text, &size);
	uint32_t i;

	for (i = 0; i < plan->count; i++)
		print_probe(&plan->probes[i], out);
	fclose(out);
	plan_free(plan);
	return text;
}

/* The plan of @list for @how, and with @all of all other functions. */
static void is_plan_of(const char *dir, const char *list, const char *syms,
		       enum how how, int all, const char *want,
		       const char *what)
{
	struct discovery *found = NULL;
	struct funcs *chosen = NULL;
	struct ksyms *ksyms = NULL;
	struct btf_set *btfs;
	struct funcs *funcs;
	struct plan *plan;
	char *text;

	btfs_open(dir, &btfs);
	funcs_parse("list", list, strlen(list), &funcs);
	if (how == HOW_TRACEPOINT) {
		resolve_tracepoints(funcs, btfs, &plan);
	} else {
		ksyms_parse("syms", syms, strlen(syms), &ksyms);
		discover(btfs, ksyms, &found);
		select_funcs(funcs, found, all, &chosen);
		resolve_functions(chosen, ksyms, btfs, how, &plan);
	}
	text = print_plan(plan);
	is_str(text, want, what);
	free(text);
	discovery_free(found);
	ksyms_free(ksyms);
	funcs_free(chosen);
	funcs_free(funcs);
	btfs_free(btfs);
}

/* With @syms kprobes, with NULL tracepoints. */
static void is_plan(const char *dir, const char *list, const char *syms,
		    const char *want, const char *what)
{
	is_plan_of(dir, list, syms, syms ? HOW_KPROBE : HOW_TRACEPOINT, 0,
		   want, what);
}

static void is_kprobe(const char *list, const char *want, const char *what)
{
	is_plan(kernel_dir, list, symbols, want, what);
}

static void test_args(void)
{
	is_kprobe("ip_rcv 0",
		  "1 ip_rcv 0 kprobe ip_rcv 1\n",
		  "a function");
	is_kprobe("\ndrop_reason 2",
		  "2 drop_reason 2 kprobe drop_reason 2 r3\n",
		  "BTF knows which argument, and the reason's");
	is_kprobe("core 0 1",
		  "1 core 0 kprobe core.constprop.0 *1\n",
		  "BTF knows better what to follow");
	is_kprobe("core 0 *2",
		  "1 core 0 kprobe core.constprop.0 2\n",
		  "... and what not; the list says which argument");
	is_kprobe("veth_xmit 0",
		  "1 veth_xmit 0 kprobe veth_xmit[veth] 1\n"
		  "1 veth_xmit 0 kprobe veth_xmit[veth] 2\n",
		  "a module's function, which takes two packets");
	is_kprobe("veth_xmit 1",
		  "1 veth_xmit 1 kprobe veth_xmit[veth] 1\n",
		  "... of which one ends here");
	is_kprobe("veth_xmit 0 2",
		  "1 veth_xmit 0 kprobe veth_xmit[veth] 2\n",
		  "... of which the list names one");
	is_kprobe("no_btf 0\nother 0 *3",
		  "1 no_btf 0 kprobe no_btf 1\n"
		  "2 other 0 kprobe other[bridge] *3\n",
		  "without BTF the list is believed");
	is_kprobe("no_packet 0 2",
		  "1 no_packet 0 kprobe no_packet 2\n",
		  "a void * may be a packet when the list says so");
}

static void test_skips(void)
{
	is_kprobe("gone 0",
		  "1 gone 0 skip: not in this kernel or its modules\n",
		  "no such symbol");
	is_kprobe("no_packet 0",
		  "1 no_packet 0 skip: takes no packet\n",
		  "no packet among the arguments");
	is_kprobe("drop_reason 0 1",
		  "1 drop_reason 0 kprobe drop_reason 2 r3\n",
		  "the wrong argument: BTF knows the right one");
	is_kprobe("ip_rcv 0 3",
		  "1 ip_rcv 0 kprobe ip_rcv 1\n",
		  "... also when that is not there");
}

static void test_several(void)
{
	is_kprobe("optimised 0",
		  "1 optimised 0 kprobe optimised.isra.0 2 r3\n"
		  "1 optimised 0 kprobe optimised.constprop.0 2 r3\n",
		  "all variants of a function");
	is_kprobe("optimised.isra.0 0",
		  "1 optimised.isra.0 0 kprobe optimised.isra.0 2 r3\n",
		  "one variant, named in the list");
	is_kprobe("twin 0",
		  "1 twin 0 kprobe twin@1700 2 r3\n"
		  "1 twin 0 kprobe twin@1800 2 r3\n"
		  "1 twin 0 kprobe twin[veth]@2100 1\n",
		  "several functions of one name, by address");
	is_plan(kernel_dir, "ip_rcv 0\ntwin 0", hidden,
		"1 ip_rcv 0 kprobe ip_rcv 1\n"
		  "2 twin 0 skip: several functions have this name, and their addresses are hidden (kernel.kptr_restrict)\n",
		"several of one name without addresses");
}

static void test_moved(void)
{
	is_kprobe("moved 0",
		  "1 moved 0 skip: compiled as moved.isra.0: its arguments may "
		  "have moved\n",
		  "a variant that BTF does not know");
	is_kprobe("moved 0 2", "1 moved 0 kprobe moved.isra.0 2\n",
		  "... but the list does");
	is_kprobe("ip_rcv.isra.0 0",
		  "1 ip_rcv.isra.0 0 skip: compiled as ip_rcv.isra.0: its "
		  "arguments may have moved\n",
		  "a variant beside the function that BTF knows");
	is_kprobe("ip_rcv.isra.0 0 1",
		  "1 ip_rcv.isra.0 0 kprobe ip_rcv.isra.0 1\n",
		  "... but the list does");
}

static void is_how(enum how how, const char *list, const char *want,
		   const char *what)
{
	is_plan_of(kernel_dir, list, symbols, how, 0, want, what);
}

static void test_multi(void)
{
	is_how(HOW_MULTI, "ip_rcv 0\ntwin 0\nskb:kfree_skb 2",
	       "1 ip_rcv 0 multi ip_rcv 1\n"
	       "2 twin 0 multi twin@1700 2 r3\n"
	       "2 twin 0 multi twin@1800 2 r3\n"
	       "2 twin 0 multi twin[veth]@2100 1\n"
	       "3 kfree_skb 2 tracepoint kfree_skb 1 r3 l2\n",
	       "kprobe.multi, by address");
	is_plan_of(kernel_dir, "ip_rcv 0", hidden, HOW_MULTI, 0,
		   "1 ip_rcv 0 skip: its address is hidden "
		   "(kernel.kptr_restrict)\n",
		   "... which it needs");
}

static void test_fentry(void)
{
	is_how(HOW_FENTRY, "ip_rcv 0\nveth_xmit 0 2\nskb:kfree_skb 2",
	       "1 ip_rcv 0 fentry ip_rcv 1\n"
	       "2 veth_xmit 0 fentry veth_xmit[veth] 2\n"
	       "3 kfree_skb 2 tracepoint kfree_skb 1 r3 l2\n",
	       "fentry");
	is_how(HOW_FENTRY, "no_btf 0\ntwin 0\noptimised 0",
	       "1 no_btf 0 skip: not in BTF, which fentry needs\n"
	       "2 twin 0 skip: several functions have this name, and fentry "
	       "has no other\n"
	       "3 optimised 0 skip: fentry does not know the name that the "
	       "compiler gave it\n",
	       "... and what it cannot find");
}

static void test_all(void)
{
	is_plan_of(kernel_dir, "drop_reason 2\n# end", symbols, HOW_KPROBE, 1,
		   "1 drop_reason 2 kprobe drop_reason 2 r3\n"
		   "3 core 0 kprobe core.constprop.0 *1\n"
		   "3 core 0 kprobe core.constprop.0 2\n"
		   "4 ip_rcv 0 kprobe ip_rcv 1\n"
		   "5 optimised 0 kprobe optimised.isra.0 2 r3\n"
		   "5 optimised 0 kprobe optimised.constprop.0 2 r3\n"
		   "6 twin 0 kprobe twin@1700 2 r3\n"
		   "6 twin 0 kprobe twin@1800 2 r3\n"
		   "6 twin 0 kprobe twin[veth]@2100 1\n"
		   "7 veth_xmit 0 kprobe veth_xmit[veth] 1\n"
		   "7 veth_xmit 0 kprobe veth_xmit[veth] 2\n",
		   "all functions, by all their packets");
	is_plan_of(kernel_dir, "veth_* 0 2\nno* 0\n!veth:*", symbols,
		   HOW_KPROBE, 0,
		   "2 no* 0 skip: matches no function that takes a packet\n"
		   "4 veth_xmit 0 kprobe veth_xmit[veth] 2\n",
		   "globs");
	is_plan_of("/nonexistent", "ip* 0", symbols, HOW_KPROBE, 0,
		   "1 ip* 0 skip: no BTF, no functions to be found\n",
		   "globs without BTF");
}

static void test_listed_tracepoints(void)
{
	is_kprobe("skb:kfree_skb 2",
		  "1 kfree_skb 2 tracepoint kfree_skb 1 r3 l2\n",
		  "a tracepoint beside kprobes");
	is_kprobe("qdisc:enqueue 0",
		  "1 enqueue 0 tracepoint enqueue 3 l2\n",
		  "its packet is the third argument");
	is_kprobe("veth:a_veth_event 0 2",
		  "1 a_veth_event 0 tracepoint a_veth_event[veth] 2\n",
		  "a module's, and the list says which argument");
	is_kprobe("sched:sched_switch 0\nno:such 0",
		  "1 sched_switch 0 skip: takes no packet\n"
		  "2 such 0 skip: not in this kernel or its modules\n",
		  "those that take none, or are not there");
}

static void test_all_tracepoints(void)
{
	is_plan(kernel_dir, "ip_rcv 0\nskb:kfree_skb 2\n# end\n", NULL,
		"2 kfree_skb 2 tracepoint kfree_skb 1 r3 l2\n"
		  "4 a_veth_event 0 tracepoint a_veth_event[veth] 1\n"
		  "4 a_veth_event 0 tracepoint a_veth_event[veth] 2\n"
		  "5 enqueue 0 tracepoint enqueue 3 l2\n"
		  "6 net_dev_queue 0 tracepoint net_dev_queue 1\n"
		  "7 kmem_cache_free 1 tracepoint kmem_cache_free 2\n",
		"the list's, then all others in order, without netlink's, and free memory");
}

static void test_excluded_tracepoints(void)
{
	is_plan(kernel_dir, "skb:kfree_skb 2\nskb:x 0\n!skb:k*\n!*:*veth*",
		NULL,
		"2 x 0 skip: not in this kernel or its modules\n"
		"5 enqueue 0 tracepoint enqueue 3 l2\n"
		"6 net_dev_queue 0 tracepoint net_dev_queue 1\n"
		"7 kmem_cache_free 1 tracepoint kmem_cache_free 2\n",
		"without those that the list takes away");
	is_plan(kernel_dir, "!*:*\nkmem:kmem_cache_free 1 2", NULL,
		"2 kmem_cache_free 1 tracepoint kmem_cache_free 2\n",
		"free memory as the list has it");
	is_plan(kernel_dir, "!*:*", NULL, "", "nothing at all");
}

static void test_no_btf(void)
{
	is_plan("/nonexistent", "ip_rcv 0\ndrop_reason 0 2\nskb:kfree_skb 2",
		symbols,
		"1 ip_rcv 0 kprobe ip_rcv 1\n"
		  "2 drop_reason 0 kprobe drop_reason 2\n"
		  "3 kfree_skb 2 tracepoint kfree_skb 1 l2\n",
		"a kernel without BTF");
	is_plan("/nonexistent", "ip_rcv 0\nnet:net_dev_queue 0 2", NULL,
		"2 net_dev_queue 0 tracepoint net_dev_queue 2\n"
		  "3 kmem_cache_free 1 tracepoint kmem_cache_free 2\n",
		"... and without kprobes");
}

int main(void)
{
	tap_plan(38);
	kernel_dir_make();
	test_args();
	test_skips();
	test_several();
	test_moved();
	test_multi();
	test_fentry();
	test_all();
	test_listed_tracepoints();
	test_all_tracepoints();
	test_excluded_tracepoints();
	test_no_btf();
	kernel_dir_remove();
	return tap_done();
}
