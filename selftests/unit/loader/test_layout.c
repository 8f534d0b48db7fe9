// SPDX-License-Identifier: GPL-2.0-only
/* Constants of a small kernel, of one without BTF; the sets of BTF files. */
#include "../../../loader/btf/btfs.h"
#include "../../../loader/btf/layout.h"
#include "capture.h"
#include "kernel_dir.h"

#define NOT_THERE	99999

/* As a number, to be compared; NOT_THERE where the constant has not been set. */
static uint64_t value_of(const struct consts *consts, const char *name)
{
	uint64_t value;

	return consts_get(consts, name, &value) ? NOT_THERE : value;
}

static void is_const(const struct consts *consts, const char *name,
		     uint64_t want)
{
	is_int(value_of(consts, name), want, name);
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
	struct consts consts = {};
	struct btf_set *set;

	btfs_open(kernel_dir, &set);
	is_int(layout_set(set, &consts), 0, "constants of a small kernel");
	is_const(&consts, "have_layout", 1);
	is_const(&consts, "off_sk_buff__dev", 16);
	is_const(&consts, "off_sk_buff__len", 112);
	is_const(&consts, "off_net_device__nd_net__net", 40);
	is_const(&consts, "off_net__ns__inum", 104);
	is_const(&consts, "off_sock____sk_common__skc_net__net", 48);
	is_const(&consts, "off_sk_buff__mark", 0);
	is_const(&consts, "off_nft_chain__table", 0);
	is_const(&consts, "width_sk_buff__fclone", 0);
	consts_free(&consts);
	btfs_free(set);
}

/* struct nft_chain { ... table, at 64 }; struct nft_table { u16 family:6, at 8 } */
static void build_nf_tables(struct btf_build *b)
{
	uint32_t u16_id;

	build_begin(b, &kernel_btf);
	u16_id = build_int(b, "u16", 2);
	build_type(b, KIND_STRUCT, "nft_chain", 1, 128, 3,
		   build_string(b, "table"), u16_id, 8u * 64);
	build_type(b, KIND_STRUCT, "nft_table", KFLAG | 1, 128, 3,
		   build_string(b, "family"), u16_id, BITS(6u, 8u * 8));
	build_end(b);
}

static void test_module(void)
{
	static struct btf_build b;
	struct consts consts = {};
	struct btf_set *set;

	build_nf_tables(&b);
	kernel_file("nf_tables", b.bytes, b.size);
	btfs_open(kernel_dir, &set);
	is_int(layout_set(set, &consts), 0, "constants of a module");
	is_const(&consts, "off_nft_chain__table", 64);
	is_const(&consts, "bit_nft_table__family", 64);
	is_const(&consts, "width_nft_table__family", 6);
	is_const(&consts, "off_sk_buff__dev", 16);
	consts_free(&consts);
	btfs_free(set);
	kernel_unlink("nf_tables");
}

/* Without BTF each of them is there, and 0. */
static void is_all_0(struct btf_set *set)
{
	struct consts consts = {};
	uint32_t set_ones = 0;

	is_int(layout_set(set, &consts), 0, "constants without BTF");
	for (uint32_t i = 0; i < consts.count; i++)
		set_ones += consts.list[i].value != 0;
	is_int(set_ones, 0, "... are all 0");
	is_const(&consts, "have_layout", 0);
	is_const(&consts, "off_sk_buff__dev", 0);
	is_const(&consts, "width_sk_buff__fclone", 0);
	consts_free(&consts);
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
	is_all_0(set);
	btfs_free(set);
}

int main(void)
{
	tap_plan(41);
	kernel_dir_make();
	test_set();
	test_layout();
	test_module();
	test_damaged();
	test_none();
	kernel_dir_remove();
	return tap_done();
}
