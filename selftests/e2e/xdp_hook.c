// SPDX-License-Identifier: GPL-2.0-only
/*
 * xdp_hook IFNAME native|generic TO [FIRST [xsk|untyped]]: attaches an XDP program of somebody else.
 * It says "ready", and waits to be ended by SIGTERM, when it takes the program away. With "xsk"
 * it has a socket of AF_XDP (copy mode) at the interface's queue 0; "untyped": the program has no
 * BTF.
 *
 * An IPv4 packet behind an Ethernet header chooses the program's verdict by its TTL: FIRST,
 * 100 if it is not given, and so on for those of "verdicts"; all else passes. With FIRST 0 it
 * is the IPv4 identification modulo 8 that chooses, with FIRST -N it is the N-th for all. What is redirected goes to the interface of number TO,
 * to CPU 0, or to the socket.
 */
#include <err.h>
#include <errno.h>
#include <linux/bpf.h>
#include <linux/if_link.h>
#include <linux/if_xdp.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "somebody.h"

#define TTL_AT	22
#define ID_AT	19	/* lower half */

#define ADD(reg, value) \
	{ .code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = reg, .imm = value }
#define LOAD(size, to, from, at) \
	{ .code = BPF_LDX | BPF_MEM | size, .dst_reg = to, .src_reg = from, .off = at }
#define MAP(reg, map)	{ .code = BPF_LD | BPF_IMM | BPF_DW, .dst_reg = reg, .src_reg = 1, .imm = map }, {}

#define QUEUE	8	/* packets for CPU 0: a flood overflows it */

#define BODY	7	/* instructions at most */
#define TO	(-77)	/* stand for that interface, … */
#define DEVMAP	(-78)	/* … and maps */
#define CPUMAP	(-79)
#define XSKMAP	(-80)

/* VERDICTS in xdp.t names them, in this order. */
static const struct bpf_insn verdicts[][BODY] = {
	{ MOV(0, XDP_PASS), EXIT },
	{ MOV(0, XDP_DROP), EXIT },
	{ MOV(0, XDP_ABORTED), EXIT },
	{ MOV(0, XDP_TX), EXIT },
	{ MOV(1, TO), MOV(2, 0), CALL(BPF_FUNC_redirect), EXIT },
	{ MAP(1, DEVMAP), MOV(2, 0), MOV(3, 0), CALL(BPF_FUNC_redirect_map), EXIT },
	{ MAP(1, CPUMAP), MOV(2, 0), MOV(3, 0), CALL(BPF_FUNC_redirect_map), EXIT },
	{ MAP(1, XSKMAP), MOV(2, 0), MOV(3, 0), CALL(BPF_FUNC_redirect_map), EXIT },
	{ MOV_REG(1, 6), MOV(2, -4), CALL(BPF_FUNC_xdp_adjust_head), MOV(0, XDP_PASS), EXIT },
};

#define VERDICTS	(sizeof(verdicts) / sizeof(*verdicts))

static int maps[-XSKMAP];	/* by -DEVMAP, … */
static volatile sig_atomic_t ended;

static int make_map(int name, enum bpf_map_type type, int entries)
{
	union bpf_attr attr;
	int fd;

	memset(&attr, 0, sizeof(attr));
	attr.map_type = type;
	attr.key_size = attr.value_size = 4;
	attr.max_entries = entries;
	fd = somebody_bpf(BPF_MAP_CREATE, &attr, sizeof(attr));
	if (fd < 0)
		err(1, "map of type %d", type);
	return maps[-name - 1] = fd;
}

/* Entry 0. */
static void set_entry(int map, uint32_t value)
{
	const uint32_t zero = 0;
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.map_fd = map;
	attr.key = (unsigned long)&zero;
	attr.value = (unsigned long)&value;
	if (somebody_bpf(BPF_MAP_UPDATE_ELEM, &attr, sizeof(attr)))
		err(1, "entry of a map");
}

/* BODY instructions: those that are too many stand in front, and do nothing. */
static size_t write_verdict(struct bpf_insn *to, const struct bpf_insn *body, int ifindex)
{
	static const struct bpf_insn nothing = MOV(0, 0);
	size_t length = BODY;

	while (!body[length - 1].code)
		length--;
	for (size_t i = 0; i < BODY - length; i++)
		*to++ = nothing;
	for (size_t i = 0; i < length; i++) {
		*to = body[i];
		if (to->imm == TO)
			to->imm = ifindex;
		else if (to->imm <= DEVMAP && to->imm >= XSKMAP)
			to->imm = maps[-to->imm - 1];
		to++;
	}
	return BODY;
}

/* Fills in the program, and gives its length. */
static size_t write_program(struct bpf_insn *to, int ifindex, int first)
{
	const struct bpf_insn head[] = {
		MOV_REG(6, 1),
		LOAD(BPF_W, 2, 1, 0),
		LOAD(BPF_W, 3, 1, 4),
		MOV(7, 0),
		MOV_REG(4, 2),
		ADD(4, TTL_AT + 12),
		{ .code = BPF_JMP | BPF_JGT | BPF_X, .dst_reg = 4, .src_reg = 3, .off = 1 },
		LOAD(BPF_B, 7, 2, first ? TTL_AT : ID_AT),
		{ .code = BPF_ALU64 | BPF_AND | BPF_K, .dst_reg = 7, .imm = first ? 255 : 7 },
	};
	const struct bpf_insn tail[] = { MOV(0, XDP_PASS), EXIT };
	size_t count = sizeof(head) / sizeof(*head);

	memcpy(to, head, sizeof(head));
	if (first < 0)
		return count + write_verdict(to + count, verdicts[-first - 1], ifindex);
	for (size_t i = 0; i < VERDICTS; i++) {
		to[count++] = (struct bpf_insn){
			.code = BPF_JMP | BPF_JNE | BPF_K,
			.dst_reg = 7,
			.imm = first + (int)i,
			.off = BODY,
		};
		count += write_verdict(to + count, verdicts[i], ifindex);
	}
	memcpy(to + count, tail, sizeof(tail));
	return count + 2;
}

static int load(int ifindex, int first, int typed)
{
	static struct bpf_insn insns[16 + VERDICTS * (BODY + 1)];
	size_t count = write_program(insns, ifindex, first);

	return somebody_load(BPF_PROG_TYPE_XDP, 0, insns, count, typed);
}

static struct rtattr *add_number(struct rtattr *at, int type, uint32_t number)
{
	at->rta_type = type;
	at->rta_len = RTA_LENGTH(sizeof(number));
	memcpy(RTA_DATA(at), &number, sizeof(number));
	return (void *)at + RTA_ALIGN(at->rta_len);
}

/* @prog: -1: takes the program away */
static void attach(int ifindex, int prog, uint32_t flags)
{
	struct {
		struct nlmsghdr header;
		struct ifinfomsg link;
		char attributes[64];
	} request = {
		.header = {
			.nlmsg_type = RTM_SETLINK,
			.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK,
		},
		.link = { .ifi_index = ifindex },
	};
	struct rtattr *outer = (void *)request.attributes, *end;
	struct {
		struct nlmsghdr header;
		struct nlmsgerr error;
		char rest[1024];
	} answer = {};
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);

	end = add_number(RTA_DATA(outer), IFLA_XDP_FD, prog);
	end = add_number(end, IFLA_XDP_FLAGS, flags);
	outer->rta_type = IFLA_XDP | NLA_F_NESTED;
	outer->rta_len = (char *)end - (char *)outer;
	request.header.nlmsg_len = (char *)end - (char *)&request;
	if (fd < 0 || send(fd, &request, request.header.nlmsg_len, 0) < 0 ||
	    recv(fd, &answer, sizeof(answer), 0) < 0)
		err(1, "netlink");
	errno = -answer.error.error;
	if (errno)
		err(1, "XDP at interface %d", ifindex);
	close(fd);
}

#define FRAMES		64
#define FRAME_SIZE	4096

/* A socket of AF_XDP that has room for FRAMES packets. */
static void open_socket(int ifindex)
{
	const int fd = socket(AF_XDP, SOCK_RAW, 0), size = FRAMES;
	struct sockaddr_xdp address = {
		.sxdp_family = AF_XDP, .sxdp_ifindex = ifindex, .sxdp_flags = XDP_COPY,
	};
	struct xdp_umem_reg memory = {
		.len = FRAMES * FRAME_SIZE, .chunk_size = FRAME_SIZE,
	};
	struct xdp_mmap_offsets at;
	socklen_t len = sizeof(at);
	char *ring;

	memory.addr = (unsigned long)mmap(NULL, memory.len, PROT_READ | PROT_WRITE,
					  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (fd < 0 || setsockopt(fd, SOL_XDP, XDP_UMEM_REG, &memory, sizeof(memory)) ||
	    setsockopt(fd, SOL_XDP, XDP_UMEM_FILL_RING, &size, sizeof(size)) ||
	    setsockopt(fd, SOL_XDP, XDP_UMEM_COMPLETION_RING, &size, sizeof(size)) ||
	    setsockopt(fd, SOL_XDP, XDP_RX_RING, &size, sizeof(size)) ||
	    getsockopt(fd, SOL_XDP, XDP_MMAP_OFFSETS, &at, &len))
		err(1, "AF_XDP");
	ring = mmap(NULL, at.fr.desc + FRAMES * sizeof(uint64_t), PROT_READ | PROT_WRITE,
		    MAP_SHARED, fd, XDP_UMEM_PGOFF_FILL_RING);
	if (ring == MAP_FAILED)
		err(1, "AF_XDP: mmap");
	for (uint64_t i = 0; i < FRAMES; i++)
		((uint64_t *)(ring + at.fr.desc))[i] = i * FRAME_SIZE;
	__atomic_store_n((uint32_t *)(ring + at.fr.producer), FRAMES, __ATOMIC_RELEASE);
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)))
		err(1, "AF_XDP: bind");
	set_entry(maps[-XSKMAP - 1], fd);
}

static void on_term(int signal)
{
	(void)signal;
	ended = 1;
}

int main(int argc, char **argv)
{
	const struct rlimit limit = { RLIM_INFINITY, RLIM_INFINITY };
	const struct sigaction action = { .sa_handler = on_term };
	sigset_t term, none;
	uint32_t flags;
	int ifindex, prog;

	if (argc < 4 || argc > 6)
		errx(2, "usage: xdp_hook IFNAME native|generic TO [FIRST [xsk|untyped]]");
	sigemptyset(&none);
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, NULL);
	sigaction(SIGTERM, &action, NULL);
	setrlimit(RLIMIT_MEMLOCK, &limit);	/* for programs, before Linux 5.11 */
	ifindex = if_nametoindex(argv[1]);
	flags = strcmp(argv[2], "generic") ? XDP_FLAGS_DRV_MODE : XDP_FLAGS_SKB_MODE;
	set_entry(make_map(DEVMAP, BPF_MAP_TYPE_DEVMAP, 1), atoi(argv[3]));
	set_entry(make_map(CPUMAP, BPF_MAP_TYPE_CPUMAP, 1), QUEUE);
	make_map(XSKMAP, BPF_MAP_TYPE_XSKMAP, 1);
	prog = load(atoi(argv[3]), argc > 4 ? atoi(argv[4]) : 100,
		    argc < 6 || strcmp(argv[5], "untyped"));
	attach(ifindex, prog, flags);
	if (argc > 5 && !strcmp(argv[5], "xsk"))
		open_socket(ifindex);
	puts("ready");
	fflush(stdout);
	while (!ended)
		sigsuspend(&none);
	attach(ifindex, -1, flags);
	return 0;
}
