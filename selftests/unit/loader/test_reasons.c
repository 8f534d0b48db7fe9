// SPDX-License-Identifier: GPL-2.0-only
/* Drop reasons by name: of the core, of subsystems, of none that is known. */
#include "../../../loader/syms/reasons.h"
#include "../tap.h"
#include "kernel_dir.h"

#define OVS		(2u << 16)
#define QDISC		(3u << 16)
#define NEW		(9u << 16)

static struct btf_build reasons_btf, ovs_btf;

/* An enum without sign, of two values. */
static void build_enum(struct btf_build *b, const char *name, const char *first,
		       uint32_t first_value, const char *second,
		       uint32_t second_value)
{
	build_type(b, KIND_ENUM, name, 2, 4, 4, build_string(b, first),
		   first_value, build_string(b, second), second_value);
}

static void make_kernel(void)
{
	strcpy(kernel_dir, "/tmp/bpfpath-test.XXXXXX");
	if (!mkdtemp(kernel_dir))
		abort();
	build_begin(&reasons_btf, NULL);
	build_enum(&reasons_btf, "skb_drop_reason",
		   "SKB_NOT_DROPPED_YET", 0,
		   "SKB_DROP_REASON_OTHERHOST", 12);
	build_enum(&reasons_btf, "qdisc_drop_reason",
		   "QDISC_DROP_GENERIC", QDISC | 1,
		   "QDISC_DROP_OVERLIMIT", QDISC | 2);
	build_enum(&reasons_btf, "skb_drop_reason_subsys",
		   "SKB_DROP_REASON_SUBSYS_CORE", 0,
		   "SKB_DROP_REASON_SUBSYS_OPENVSWITCH", OVS >> 16);
	build_end(&reasons_btf);
	build_begin(&ovs_btf, &reasons_btf);
	build_enum(&ovs_btf, "ovs_drop_reason", "OVS_DROP_METER", OVS | 5,
		   "OVS_DROP_CONNTRACK", OVS | 10);
	build_end(&ovs_btf);
	kernel_file("vmlinux", reasons_btf.bytes, reasons_btf.size);
	kernel_file("openvswitch", ovs_btf.bytes, ovs_btf.size);
}

static void is_name(struct btf_set *btfs, uint32_t reason, const char *want,
		    const char *what)
{
	char name[64];

	reason_name(btfs, reason, name, sizeof(name));
	is_str(name, want, what);
}

static void test_names(void)
{
	struct btf_set *btfs;

	is_int(btfs_open(kernel_dir, &btfs), 0, "a kernel's BTF");
	is_name(btfs, 12, "OTHERHOST", "of the core, without the prefix");
	is_name(btfs, 13, "13", "of the core, not known");
	is_name(btfs, 0, "-", "none");
	is_name(btfs, QDISC | 2, "QDISC_DROP_OVERLIMIT", "of a subsystem");
	is_name(btfs, OVS | 5, "OVS_DROP_METER", "of a module's subsystem");
	is_name(btfs, OVS | 77, "OPENVSWITCH:77",
		"not known, of a subsystem that is");
	is_name(btfs, NEW | 1, "589825", "of a subsystem that is not known");
	btfs_free(btfs);
}

/* As it is when the module is not there. */
static void test_no_module(void)
{
	struct btf_set *btfs;

	kernel_unlink("openvswitch");
	btfs_open(kernel_dir, &btfs);
	is_name(btfs, OVS | 5, "OPENVSWITCH:5", "without the module's BTF");
	btfs_free(btfs);
	is_name(NULL, 12, "12", "without BTF");
	is_name(NULL, OVS | 5, "131077", "of a subsystem, without BTF");
}

int main(void)
{
	tap_plan(11);
	make_kernel();
	test_names();
	test_no_module();
	kernel_unlink("vmlinux");
	rmdir(kernel_dir);
	return tap_done();
}
