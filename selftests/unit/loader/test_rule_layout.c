// SPDX-License-Identifier: GPL-2.0-only
/* Constants of firewalls: modules of 5.10, and those that are built in. */
#include "../../../loader/btf/layout.h"
#include "../../../loader/plan/rule_layout.h"
#include "../tap.h"
#include "kernel_dir.h"

enum what {
	NEW = 1,	/* programs have the helper task_storage_delete (5.11), … */
	NFT = 2,	/* … nf_tables is built in, */
	XT = 4,		/* … or x_tables */
};

static uint32_t build_struct(struct btf_build *b, const char *name,
			     const char *member, uint32_t type, uint32_t bytes)
{
	return build_type(b, KIND_STRUCT, name, 1, 256, 3,
			  build_string(b, member), type, 8 * bytes);
}

/* vmlinux of a kernel that has rhltable (136 bytes), net.nft.gencursor and @what. */
static void build_vmlinux(struct btf_build *b, int what)
{
	uint32_t u8_id, nft;

	build_begin(b, NULL);
	u8_id = build_int(b, "u8", 1);
	build_type(b, KIND_STRUCT, "rhltable", 0, 136, 0);
	nft = build_struct(b, "netns_nft", "gencursor", u8_id, 20);
	build_struct(b, "net", "nft", nft, 100);
	build_type(b, KIND_ENUM, "bpf_func_id", 1, 4, 2,
		   build_string(b, what & NEW ? "BPF_FUNC_task_storage_delete" :
						"__BPF_FUNC_MAX_ID"),
		   what & NEW ? 157u : 156u);
	if (what & NFT) {
		build_struct(b, "nft_rule_blob", "data", u8_id, 8);
		build_struct(b, "nft_chain", "table", u8_id, 64);
	}
	if (what & XT)
		build_struct(b, "xt_target", "name", u8_id, 16);
	build_end(b);
}

/* Some that differ, 0: the kernel has it not. */
struct wanted {
	int old;		/* the kernel is like 5.10 */
	uint64_t chains, family, name;	/* of struct nft_table */
	uint64_t blob;		/* nft_rule_blob.data */
	uint64_t gencursor, target;
};

static void is_const(const struct consts *consts, const char *name,
		     uint64_t want)
{
	uint64_t value;

	is_int(consts_get(consts, name, &value) ? -1 : (long long)value, want,
	       name);
}

static void is_rules(int what, const struct wanted *want, const char *name)
{
	static struct btf_build b;
	struct consts consts = {};
	struct btf_set *btfs;

	build_vmlinux(&b, what);
	kernel_file("vmlinux", b.bytes, b.size);
	btfs_open(kernel_dir, &btfs);
	is_int(rule_layout_is_old(btfs), want->old, name);
	layout_set(btfs, &consts);
	is_int(rule_layout_set(btfs, &consts), 0, "... its constants");
	is_const(&consts, "off_nft_table__chains", want->chains);
	is_const(&consts, "bit_nft_table__family", want->family);
	is_const(&consts, "off_nft_table__name", want->name);
	is_const(&consts, "off_nft_rule_blob__data", want->blob);
	is_const(&consts, "off_net__nft__gencursor", want->gencursor);
	is_const(&consts, "off_xt_target__name", want->target);
	consts_free(&consts);
	btfs_free(btfs);
}

int main(void)
{
	tap_plan(40);
	kernel_dir_make();
	kernel_unlink("veth");
	is_rules(0, &(struct wanted){ 1, 152, 1888, 240, 0, 120, 0 },
		 "modules of 5.10");
	is_rules(NEW, &(struct wanted){ .gencursor = 120 },
		 "a newer kernel, without firewalls");
	is_rules(NEW | NFT, &(struct wanted){ .blob = 8, .gencursor = 120 },
		 "nf_tables is built in");
	is_rules(NEW | XT, &(struct wanted){ .gencursor = 120, .target = 16 },
		 "x_tables is built in");
	is_rules(NEW | NFT | XT, &(struct wanted){ 0, 0, 0, 0, 8, 120, 16 },
		 "both");
	kernel_dir_remove();
	return tap_done();
}
