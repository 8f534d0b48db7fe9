// SPDX-License-Identifier: GPL-2.0-only
#include <err.h>
#include <linux/bpf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../loader/btf/btfs.h"
#include "../../loader/kernel/sys.h"
#include "fake.h"
#include "run.h"

#ifndef BPF_F_MMAPABLE
#define BPF_F_MMAPABLE	(1U << 10)	/* 5.5 */
#endif

static struct {
	uint64_t addr;		/* in the kernel */
	uint8_t *bytes;		/* here */
	int map;
} memory;

static const struct btf *vmlinux;

/* Runs a program once. */
static void run_insns(const struct bpf_insn *insns, uint32_t count)
{
	const struct prog_attr attr = {
		.type = BPF_PROG_TYPE_RAW_TRACEPOINT,
		.name = "tell",
		.insns = insns,
		.insn_count = count,
		.license = "GPL",
	};
	const uint64_t none[1] = {};
	int prog = sys_prog_load(&attr);

	if (prog < 0)
		errx(1, "fake memory: a program: %s", strerror(-prog));
	run_context(prog, none, sizeof(none));
	close(prog);
}

#define LD_VALUE(dst, map)						\
	{ .code = BPF_LD | BPF_IMM | BPF_DW, .dst_reg = dst,		\
	  .src_reg = BPF_PSEUDO_MAP_VALUE, .imm = map }, {}
#define MOV_IMM(dst, n)							\
	{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = dst, .imm = n }
#define CALL(func)	{ .code = BPF_JMP | BPF_CALL, .imm = func }
#define EXIT		{ .code = BPF_JMP | BPF_EXIT }
#define RUN(insns)	run_insns(insns, sizeof(insns) / sizeof(*(insns)))

/* Writes the address of the map's value into that. */
static void tell_address(int map)
{
	const struct bpf_insn insns[] = {
		LD_VALUE(1, map),
		{ .code = BPF_STX | BPF_MEM | BPF_DW, .dst_reg = 1, .src_reg = 1 },
		MOV_IMM(0, 0),
		EXIT,
	};

	RUN(insns);
}

static void make_memory(void)
{
	const struct map_shape shape = {
		.type = BPF_MAP_TYPE_ARRAY, .key_size = 4,
		.value_size = FAKES * FAKE_SIZE, .max_entries = 1,
		.flags = BPF_F_MMAPABLE,
	};
	int map = sys_map_create("fake", &shape);
	struct btf_set *btfs;

	if (map < 0)
		errx(1, "fake memory: %s", strerror(-map));
	memory.bytes = mmap(NULL, FAKES * FAKE_SIZE, PROT_READ | PROT_WRITE,
			    MAP_SHARED, map, 0);
	if (memory.bytes == MAP_FAILED)
		err(1, "fake memory");
	memory.map = map;
	tell_address(map);
	memcpy(&memory.addr, memory.bytes, sizeof(memory.addr));
	if (btfs_open(BTFS_DIR, &btfs) || !btfs_vmlinux(btfs))
		errx(1, "no BTF");
	vmlinux = btfs_vmlinux(btfs);
}

uint64_t fake_addr(enum fake fake)
{
	if (!memory.addr)
		make_memory();
	return memory.addr + fake * FAKE_SIZE;
}

void *fake_bytes(enum fake fake)
{
	fake_addr(fake);
	return memory.bytes + fake * FAKE_SIZE;
}

static int offset_of(const char *strct, const char *member)
{
	int offset = btf_member_offset(vmlinux, strct, member);

	if (offset < 0)
		errx(1, "the kernel has no %s in struct %s", member, strct);
	return offset;
}

uint64_t fake_member(enum fake fake, const char *strct, const char *member)
{
	return fake_addr(fake) + offset_of(strct, member);
}

void fake_set(enum fake fake, const char *strct, const char *member, int size,
	      uint64_t value)
{
	memcpy((uint8_t *)fake_bytes(fake) + offset_of(strct, member), &value,
	       size);
}

void fake_set_bits(enum fake fake, const char *strct, const char *member,
		   uint64_t value)
{
	int width, bit = btf_bit_field(vmlinux, strct, member, &width);
	uint8_t *at = (uint8_t *)fake_bytes(fake) + bit / 8;
	uint64_t word;

	if (bit < 0)
		errx(1, "the kernel has no bits %s in struct %s", member, strct);
	memcpy(&word, at, sizeof(word));
	word |= value << bit % 8;
	memcpy(at, &word, sizeof(word));
}

void fake_skb(const char *member, int size, uint64_t value)
{
	fake_set(FAKE_SKB, "sk_buff", member, size, value);
}

static void set_device(enum fake dev, const char *name, uint32_t index,
		       uint16_t type, enum fake net, uint32_t inode)
{
	int offset = offset_of("net_device", "name");

	strcpy((char *)fake_bytes(dev) + offset, name);
	fake_set(dev, "net_device", "ifindex", 4, index);
	fake_set(dev, "net_device", "type", 2, type);
	fake_set(dev, "net_device", "nd_net.net", 8, fake_addr(net));
	fake_set(net, "net", "ns.inum", 4, inode);
}

static void set_skb(void)
{
	uint64_t head = fake_addr(FAKE_HEAD);
	uint8_t *frame = (uint8_t *)fake_bytes(FAKE_HEAD) + 64;

	for (int i = 0; i < 100; i++)
		frame[i] = i;
	fake_skb("head", 8, head);
	fake_skb("data", 8, head + 64);
	fake_skb("len", 4, 100);
	fake_skb("mac_header", 2, 0xffff);
	fake_skb("mark", 4, 0x5eed);
	fake_skb("skb_iif", 4, 9);
	fake_skb("dev", 8, fake_addr(FAKE_DEV));
}

void fake_reset(void)
{
	memset(fake_bytes(0), 0, FAKES * FAKE_SIZE);
	set_device(FAKE_DEV, "fake0", 11, 1, FAKE_NET, 4026539999U);
	set_device(FAKE_ROUTE_DEV, "fakeroute", 12, 65534, FAKE_ROUTE_NET,
		   4026538888U);
	fake_set(FAKE_DST, "dst_entry", "dev", 8, fake_addr(FAKE_ROUTE_DEV));
	fake_set(FAKE_SOCK_NET, "net", "ns.inum", 4, 4026537777U);
	fake_set(FAKE_SOCK, "sock", "__sk_common.skc_net.net", 8,
		 fake_addr(FAKE_SOCK_NET));
	fake_set(FAKE_SOCK, "sock", "sk_uid", 4, 1001);
	set_skb();
}

uint64_t fake_clone(void)
{
	uint64_t clone = fake_member(FAKE_OTHER, "sk_buff_fclones", "skb2");
	uint64_t size = clone - fake_addr(FAKE_OTHER);

	fake_set(FAKE_OTHER, "sk_buff_fclones", "fclone_ref", 4, 2);
	fake_set_bits(FAKE_SKB, "sk_buff", "fclone", 2);	/* SKB_FCLONE_CLONE */
	memcpy((uint8_t *)fake_bytes(FAKE_OTHER) + size, fake_bytes(FAKE_SKB),
	       size);
	return clone;
}

uint64_t fake_stack(void)
{
	int offset = offset_of("task_struct", "stack");
	const struct bpf_insn insns[] = {
		CALL(BPF_FUNC_get_current_task),
		{ .code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = 3 },
		{ .code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = 3, .imm = offset },
		MOV_IMM(2, 8),
		LD_VALUE(1, memory.map),
		CALL(BPF_FUNC_probe_read_kernel),
		MOV_IMM(0, 0),
		EXIT,
	};
	uint64_t stack;

	RUN(insns);
	memcpy(&stack, memory.bytes, sizeof(stack));
	return stack;
}
