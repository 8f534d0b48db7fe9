// SPDX-License-Identifier: GPL-2.0-only
/* kernel.h of a small kernel, of one without BTF, and the sets of BTF files. */
#include "../../../loader/btf/btfs.h"
#include "../../../loader/btf/layout.h"
#include "capture.h"
#include "kernel_dir.h"

static char *print_layout(const struct btf *vmlinux)
{
	size_t size;
	char *text;
	FILE *out = open_memstream(&text, &size);

	is_int(layout_write(vmlinux, out), 0, "a layout is written");
	fclose(out);
	return text;
}

static void is_layout(const struct btf *vmlinux, const char *want,
		      const char *what)
{
	char *text = print_layout(vmlinux);

	is_str(text, want, what);
	free(text);
}

static void test_set(void)
{
	const struct btf *btf;
	struct btf_set *set;

	is_int(btfs_open(kernel_dir, &set), 0, "a set of BTF files");
	is_int(btfs_module_count(set), 1, "... one module");
	is_str(btfs_module_name(set, 0), "veth", "... its name");
	ok(btfs_module(set, "") == btfs_vmlinux(set), "vmlinux has no name");
	ok(!btfs_module(set, "bridge"), "a module that is not there");
	ok(btfs_func(set, "veth_xmit", "veth", &btf) != 0,
	   "a module's function");
	ok(btf == btfs_module(set, "veth"), "... belongs to the module");
	is_int(btfs_func(set, "veth_xmit", "", &btf), 0,
	       "... and not to vmlinux");
	is_int(btfs_func(set, "ip_rcv", "veth", &btf), 0,
	       "vmlinux's function does not belong to the module");
	ok(btfs_func(set, "ip_rcv", "", &btf) != 0, "... but to vmlinux");
	btfs_free(set);
}

static void test_layout(void)
{
	struct btf_set *set;

	btfs_open(kernel_dir, &set);
	is_layout(btfs_vmlinux(set),
		  "/* Offsets in bytes (OFF) or bits, from this kernel's BTF. */\n"
		  "#define OFF_SK_BUFF_DEV 16\n"
		  "#define OFF_SK_BUFF_SK 24\n"
		  "#define OFF_SK_BUFF_LEN 112\n"
		  "#define OFF_NET_DEVICE_NAME 16\n"
		  "#define OFF_NET_DEVICE_IFINDEX 32\n"
		  "#define OFF_NET_DEVICE_ND_NET_NET 40\n"
		  "#define OFF_NET_NS_INUM 104\n"
		  "#define OFF_SOCK___SK_COMMON_SKC_NET_NET 48\n",
		  "... a member that is missing is left out");
	btfs_free(set);
	is_layout(NULL,
		  "/* This kernel has no BTF. */\n#define NO_LAYOUT 1\n",
		  "... without BTF it says so");
}

/* What is wrong with a file is said once; then it counts as missing. */
static void test_damaged(void)
{
	struct btf_set *set;
	char want[160];

	kernel_file("veth", veth_btf.bytes, 30);
	btfs_open(kernel_dir, &set);
	snprintf(want, sizeof(want),
		 "bpfpath: %s/veth: BTF: the types are cut off", kernel_dir);
	capture_begin();
	ok(!btfs_module(set, "veth") && !btfs_module(set, "veth"),
	   "a damaged module's BTF");
	is_str(capture_end(), want, "... is complained about once");
	btfs_free(set);
	kernel_file("vmlinux", "text", 4);
	capture_begin();
	is_int(btfs_open(kernel_dir, &set), 0, "a damaged vmlinux");
	ok(strstr(capture_end(), "too short") != NULL,
	   "... is complained about");
	ok(!btfs_vmlinux(set), "... and is as good as none");
	btfs_free(set);
}

static void test_none(void)
{
	struct btf_set *set;

	kernel_unlink("vmlinux");
	capture_begin();
	is_int(btfs_open(kernel_dir, &set), 0, "a directory without vmlinux");
	is_str(capture_end(), "", "... is nothing to talk about");
	ok(!btfs_vmlinux(set), "... and has no BTF");
	is_int(btfs_module_count(set), 0, "... and no modules");
	btfs_free(set);
	is_int(btfs_open("/nonexistent/btf", &set), 0, "no directory at all");
	ok(!btfs_vmlinux(set), "... has no BTF");
	btfs_free(set);
}

int main(void)
{
	kernel_dir_make();
	test_set();
	test_layout();
	test_damaged();
	test_none();
	kernel_dir_remove();
	return tap_done();
}
