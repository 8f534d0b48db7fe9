// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as the types of a kernel and of its module: what takes a packet is
 * found, and the plans of it are made.
 */
#include "../../../loader/btf/layout.h"
#include "planning.h"

static const char lines[] = "ip_rcv 0\ndrop_reason 2 *1\n*r* 0\n!twin\n"
			    "skb:kfree_skb 2\nnet:net_dev_queue 0\n";

static struct planning here;
static int vmlinux, veth;

static void prepare(void)
{
	if (here.list)
		return;
	files_make();
	vmlinux = files_link("vmlinux");
	veth = files_link("veth");
	atexit(kernel_dir_remove);
	fuzz_check(!funcs_parse("lines", lines, sizeof(lines) - 1,
				&here.list));
	fuzz_check(!ksyms_parse("symbols", symbols, sizeof(symbols) - 1,
				&here.syms));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct consts consts = {};

	prepare();
	files_put(vmlinux, data, size);
	files_put(veth, data, size);
	if (btfs_open(kernel_dir, &here.btfs))
		return 0;
	plan_all(&here);
	fuzz_check(!layout_set(here.btfs, &consts));
	fuzz_check(!rule_layout_set(here.btfs, &consts));
	consts_free(&consts);
	btfs_free(here.btfs);
	return 0;
}
