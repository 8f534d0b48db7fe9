// SPDX-License-Identifier: GPL-2.0-only
/* What Open vSwitch does with a packet, in words. */
#include <arpa/inet.h>

#include "../../../loader/btf/btfs.h"
#include "../../../loader/trace/ovs_text.h"
#include "../tap.h"
#include "kernel_dir.h"

static struct btf_build core_btf, ovs_btf;
static struct kernel_names names;

/* An enum whose values count from 1; a NULL ends them. */
static void build_enum(struct btf_build *b, const char *name, const char *const values[])
{
	uint32_t count = 0;

	while (values[count])
		count++;
	build_type(b, KIND_ENUM, name, count, 4, 0);
	for (uint32_t i = 0; i < count; i++) {
		b->words[b->word_count++] = build_string(b, values[i]);
		b->words[b->word_count++] = i + 1;
	}
}

/* Not the kernel's numbers: only names tell. */
static void make_kernel(void)
{
	static const char *const cmds[] = { "OVS_PACKET_CMD_MISS",
					    "OVS_PACKET_CMD_ACTION", NULL };
	static const char *const keys[] = { "OVS_KEY_ATTR_IPV4", "OVS_KEY_ATTR_TCP",
					    NULL };
	static const char *const actions[] = {
		"OVS_ACTION_ATTR_OUTPUT", "OVS_ACTION_ATTR_PUSH_VLAN",
		"OVS_ACTION_ATTR_SET", "OVS_ACTION_ATTR_RECIRC", "OVS_ACTION_ATTR_METER",
		"OVS_ACTION_ATTR_DROP", "OVS_ACTION_ATTR_CT", "OVS_ACTION_ATTR_TRUNC",
		NULL,
	};

	strcpy(kernel_dir, "/tmp/bpfpath-test.XXXXXX");
	if (!mkdtemp(kernel_dir))
		abort();
	build_begin(&core_btf, NULL);
	build_end(&core_btf);
	build_begin(&ovs_btf, &core_btf);
	build_enum(&ovs_btf, "ovs_packet_cmd", cmds);
	build_enum(&ovs_btf, "ovs_key_attr", keys);
	build_enum(&ovs_btf, "ovs_action_attr", actions);
	build_end(&ovs_btf);
	kernel_file("vmlinux", core_btf.bytes, core_btf.size);
	kernel_file("openvswitch", ovs_btf.bytes, ovs_btf.size);
}

static void is_action(uint32_t type, uint32_t argument, const char *port, const char *want)
{
	const struct event event = { .reason = type, .ovs = argument };
	char text[OVS_TEXT_LEN];

	is_str(ovs_text(&event, ROLE_OVS_ACTION, port, &names, text), want, want);
}

/* A nested attribute begins with its length and its type. */
static void test_actions(void)
{
	const uint16_t set[2] = { 8, 2 }, vlan[2] = { htons(0x8100), htons(0x2005) };
	uint32_t word;

	is_action(1, 2, "veth1", "output to port 2 (veth1)");
	is_action(1, 2, NULL, "output to port 2");
	memcpy(&word, vlan, sizeof(word));
	is_action(2, word, NULL, "push_vlan 5");
	memcpy(&word, set, sizeof(word));
	is_action(3, word, NULL, "set tcp");
	is_action(4, 31, NULL, "recirc to 0x1f");
	is_action(5, 7, NULL, "meter 7");
	is_action(6, 0, NULL, "drop");
	is_action(6, 3, NULL, "drop error 3");
	is_action(7, 12345, NULL, "ct");
	is_action(99, 12345, NULL, "99");
}

static void is_upcall(const struct event *event, const char *port, const char *want)
{
	char text[OVS_TEXT_LEN];

	is_str(ovs_text(event, ROLE_OVS_UPCALL, port, &names, text), want, want);
}

static void test_upcalls(void)
{
	const struct event miss = { .reason = 1, .ovs = 3 };
	const struct event action = { .reason = 2, .ovs = 3 | 5ULL << 32,
				      .recirc_id = 17 };
	const struct event other = { .reason = 9, .ovs = 3 };

	is_upcall(&miss, "veth0", "upcall MISS (no flow matches), in_port 3 (veth0)");
	is_upcall(&action, NULL,
		  "upcall ACTION (an action sends it), in_port 3, recirc_id 0x11, dp_hash 0x5");
	is_upcall(&other, NULL, "upcall 9, in_port 3");
}

static void test_no_module(void)
{
	names_free(&names);
	names = (struct kernel_names){ .btf = kernel_dir };
	kernel_unlink("openvswitch");
	is_action(1, 2, "veth1", "1");
}

int main(void)
{
	tap_plan(14);
	make_kernel();
	names.btf = kernel_dir;
	test_actions();
	test_upcalls();
	test_no_module();
	names_free(&names);
	kernel_unlink("vmlinux");
	rmdir(kernel_dir);
	return tap_done();
}
