// SPDX-License-Identifier: GPL-2.0-only
/* Is BTF of a file that of a kernel? Its functions and that kernel's symbols. */
#include "../../../loader/attach/btf_check.h"
#include "kernel_dir.h"
#include "../tap.h"

/* What of 1000 functions of the set is missing among these symbols. */
static int missing(const struct btf_set *btfs, const char *symbols)
{
	struct ksyms *syms;
	int result;

	if (ksyms_parse("symbols", symbols, strlen(symbols), &syms))
		return -1;
	result = btf_check_functions(btfs_vmlinux(btfs), syms);
	ksyms_free(syms);
	return result;
}

int main(void)
{
	static const char all[] =
		"ffffffff81000000 T ip_rcv\n"
		"ffffffff81000100 t drop_reason.isra.0\n"
		"ffffffff81000200 t core\n"
		"ffffffff81000300 t no_packet\n"
		"ffffffff81000400 t optimised.constprop.0\n"
		"ffffffff81000500 t twin\n";
	static const char half[] =
		"ffffffff81000000 T ip_rcv\n"
		"ffffffff81000100 t drop_reason\n"
		"ffffffff81000200 t core\n"
		"ffffffffc0000000 t no_packet\t[module]\n"
		"ffffffff81000400 d optimised\n";
	struct btf_set *dir, *file;
	char path[96];

	tap_plan(6);
	kernel_dir_make();
	snprintf(path, sizeof(path), "%s/vmlinux", kernel_dir);
	btfs_open(kernel_dir, &dir);
	btfs_open(path, &file);
	ok(btfs_vmlinux(file) != NULL, "a file is vmlinux's");
	is_int(btfs_module_count(file), 0, "... and modules have none");
	is_int(btfs_module_count(dir), 1, "as in a directory");
	is_int(missing(dir, all), 0, "all functions are there, or variants");
	is_int(missing(file, half), 500,
	       "a module's do not count, nor what is no function");
	is_int(missing(file, "ffffffff81000000 T other\n"), 1000, "none is there");
	btfs_free(dir);
	btfs_free(file);
	kernel_dir_remove();
	return tap_done();
}
