// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as a list of functions, with globs and lines that take away: the
 * plans of it for a small kernel.
 */
#include "planning.h"

static struct planning here;

static void prepare(void)
{
	if (here.btfs)
		return;
	files_make();
	build_kernel();
	kernel_file("vmlinux", kernel_btf.bytes, kernel_btf.size);
	kernel_file("veth", veth_btf.bytes, veth_btf.size);
	fuzz_check(!btfs_open(kernel_dir, &here.btfs));
	fuzz_check(btfs_module(here.btfs, "veth") != NULL);
	kernel_dir_remove();
	fuzz_check(!ksyms_parse("symbols", symbols, sizeof(symbols) - 1,
				&here.syms));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	prepare();
	if (funcs_parse("fuzz", data, size, &here.list))
		return 0;
	plan_all(&here);
	funcs_free(here.list);
	return 0;
}
