// SPDX-License-Identifier: GPL-2.0-only
/* From a list to a plan, on a small kernel. */
#include "../../../loader/resolve.h"
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
			      "0000000000002000 t veth_xmit\t[veth]\n"
			      "0000000000002100 t twin\t[veth]\n"
			      "0000000000002200 t other\t[bridge]\n";

static const char hidden[] = "0000000000000000 T ip_rcv\n"
			     "0000000000000000 t twin\n"
			     "0000000000000000 t twin\n";

#define COLUMNS \
	"#num\tname\tfin\thow\tsymbol\taddr\targ\tderef\treason_arg\t" \
	"location_arg\twhy\n"

static char *print_plan(struct plan *plan)
{
	size_t size;
	char *text;
	FILE *out = open_memstream(&text, &size);

	plan_write(plan, out);
	fclose(out);
	plan_free(plan);
	return text;
}

/* Resolves @list with @syms, or, with NULL, for tracepoints. */
static void is_plan(const char *dir, const char *list, const char *syms,
		    const char *want, const char *what)
{
	struct ksyms *ksyms = NULL;
	struct btf_set *btfs;
	struct funcs *funcs;
	struct plan *plan;
	char *text;

	btfs_open(dir, &btfs);
	funcs_parse("list", list, strlen(list), &funcs);
	if (syms) {
		ksyms_parse("syms", syms, strlen(syms), &ksyms);
		resolve_kprobes(funcs, ksyms, btfs, &plan);
	} else {
		resolve_tracepoints(funcs, btfs, &plan);
	}
	text = print_plan(plan);
	is_str(text + strlen(COLUMNS), want, what);
	free(text);
	ksyms_free(ksyms);
	funcs_free(funcs);
	btfs_free(btfs);
}

static void is_kprobe(const char *list, const char *want, const char *what)
{
	is_plan(kernel_dir, list, symbols, want, what);
}

static void test_args(void)
{
	is_kprobe("ip_rcv 0",
		  "1\tip_rcv\t0\tkprobe\tip_rcv\t-\t1\t0\t0\t0\t-\n",
		  "a function");
	is_kprobe("\ndrop_reason 2",
		  "2\tdrop_reason\t2\tkprobe\tdrop_reason\t-\t2\t0\t3\t0\t-\n",
		  "BTF knows which argument, and the reason's");
	is_kprobe("core 0 1",
		  "1\tcore\t0\tkprobe\tcore.constprop.0\t-\t1\t1\t0\t0\t-\n",
		  "BTF knows better what to follow");
	is_kprobe("core 0 *2",
		  "1\tcore\t0\tkprobe\tcore.constprop.0\t-\t2\t0\t0\t0\t-\n",
		  "... and what not; the list says which argument");
	is_kprobe("veth_xmit 0",
		  "1\tveth_xmit\t0\tkprobe\tveth_xmit\t-\t1\t0\t0\t0\t-\n",
		  "a module's function");
	is_kprobe("no_btf 0\nother 0 *3",
		  "1\tno_btf\t0\tkprobe\tno_btf\t-\t1\t0\t0\t0\t-\n"
		  "2\tother\t0\tkprobe\tother\t-\t3\t1\t0\t0\t-\n",
		  "without BTF the list is believed");
	is_kprobe("no_packet 0 2",
		  "1\tno_packet\t0\tkprobe\tno_packet\t-\t2\t0\t0\t0\t-\n",
		  "a void * may be a packet when the list says so");
}

static void test_skips(void)
{
	is_kprobe("gone 0",
		  "1\tgone\t0\tskip\t-\t-\t0\t0\t0\t0\tnot in this kernel or its modules\n",
		  "no such symbol");
	is_kprobe("no_packet 0",
		  "1\tno_packet\t0\tskip\t-\t-\t0\t0\t0\t0\t"
		  "takes no packet\n",
		  "no packet among the arguments");
	is_kprobe("drop_reason 0 1",
		  "1\tdrop_reason\t0\tskip\t-\t-\t0\t0\t0\t0\t"
		  "the argument named in the list is no packet\n",
		  "the wrong argument");
	is_kprobe("ip_rcv 0 3",
		  "1\tip_rcv\t0\tskip\t-\t-\t0\t0\t0\t0\t"
		  "the argument named in the list is no packet\n",
		  "an argument that is not there");
}

static void test_several(void)
{
	is_kprobe("optimised 0",
		  "1\toptimised\t0\tkprobe\toptimised.isra.0\t-\t"
		  "2\t0\t3\t0\t-\n"
		  "1\toptimised\t0\tkprobe\toptimised.constprop.0\t-\t"
		  "2\t0\t3\t0\t-\n",
		  "all variants of a function");
	is_kprobe("optimised.isra.0 0",
		  "1\toptimised.isra.0\t0\tkprobe\toptimised.isra.0\t-\t"
		  "2\t0\t3\t0\t-\n",
		  "one variant, named in the list");
	is_kprobe("twin 0",
		  "1\ttwin\t0\tkprobe\ttwin\t0x1700\t2\t0\t3\t0\t-\n"
		  "1\ttwin\t0\tkprobe\ttwin\t0x1800\t2\t0\t3\t0\t-\n"
		  "1\ttwin\t0\tkprobe\ttwin\t0x2100\t1\t0\t0\t0\t-\n",
		  "several functions of one name, by address");
	is_plan(kernel_dir, "ip_rcv 0\ntwin 0", hidden,
		"1\tip_rcv\t0\tkprobe\tip_rcv\t-\t1\t0\t0\t0\t-\n"
		"2\ttwin\t0\tskip\t-\t-\t0\t0\t0\t0\t"
		"several functions have this name, and their addresses are "
		"hidden (kernel.kptr_restrict)\n",
		"several of one name without addresses");
}

static void test_listed_tracepoints(void)
{
	is_kprobe("skb:kfree_skb 2",
		  "1\tkfree_skb\t2\ttracepoint\tkfree_skb\t-\t"
		  "1\t0\t3\t2\t-\n",
		  "a tracepoint beside kprobes");
	is_kprobe("qdisc:enqueue 0",
		  "1\tenqueue\t0\ttracepoint\tenqueue\t-\t3\t0\t0\t2\t-\n",
		  "its packet is the third argument");
	is_kprobe("veth:a_veth_event 0 2",
		  "1\ta_veth_event\t0\ttracepoint\ta_veth_event\t-\t"
		  "2\t0\t0\t0\t-\n",
		  "a module's, and the list says which argument");
	is_kprobe("sched:sched_switch 0\nno:such 0",
		  "1\tsched_switch\t0\tskip\t-\t-\t0\t0\t0\t0\t"
		  "takes no packet\n"
		  "2\tsuch\t0\tskip\t-\t-\t0\t0\t0\t0\t"
		  "not in this kernel or its modules\n",
		  "those that take none, or are not there");
}

static void test_all_tracepoints(void)
{
	is_plan(kernel_dir, "ip_rcv 0\nskb:kfree_skb 2\n# end\n", NULL,
		"2\tkfree_skb\t2\ttracepoint\tkfree_skb\t-\t1\t0\t3\t2\t-\n"
		"4\ta_veth_event\t0\ttracepoint\ta_veth_event\t-\t"
		"1\t0\t0\t0\t-\n"
		"5\tenqueue\t0\ttracepoint\tenqueue\t-\t3\t0\t0\t2\t-\n"
		"6\tnet_dev_queue\t0\ttracepoint\tnet_dev_queue\t-\t"
		"1\t0\t0\t0\t-\n",
		"the list's, then all others in order, without netlink's");
}

static void test_no_btf(void)
{
	is_plan("/nonexistent", "ip_rcv 0\ndrop_reason 0 2\nskb:kfree_skb 2",
		symbols,
		"1\tip_rcv\t0\tkprobe\tip_rcv\t-\t1\t0\t0\t0\t-\n"
		"2\tdrop_reason\t0\tkprobe\tdrop_reason\t-\t2\t0\t0\t0\t-\n"
		"3\tkfree_skb\t2\ttracepoint\tkfree_skb\t-\t1\t0\t0\t2\t-\n",
		"a kernel without BTF");
	is_plan("/nonexistent", "ip_rcv 0\nnet:net_dev_queue 0 2", NULL,
		"2\tnet_dev_queue\t0\ttracepoint\tnet_dev_queue\t-\t"
		"2\t0\t0\t0\t-\n",
		"... and without kprobes");
}

int main(void)
{
	kernel_dir_make();
	test_args();
	test_skips();
	test_several();
	test_listed_tracepoints();
	test_all_tracepoints();
	test_no_btf();
	kernel_dir_remove();
	return tap_done();
}
