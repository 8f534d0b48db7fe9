// SPDX-License-Identifier: GPL-2.0-only
/*
 * netkit primary|peer IFNAME: attaches a program that drops all that the device, or its
 * peer, sends. IFNAME is the pair's primary device for both (BPF_NETKIT_…, linux/bpf.h
 * since 6.7). It says "ready", and waits to be ended, which removes the program.
 */
#include <err.h>
#include <linux/bpf.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define AT_PRIMARY	54
#define AT_PEER		55
#define DROP		2	/* NETKIT_DROP, which is TC_ACT_SHOT */

static int bpf(int cmd, union bpf_attr *attr)
{
	return syscall(SYS_bpf, cmd, attr, sizeof(*attr));
}

static int load_drop(void)
{
	static const struct bpf_insn drop[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .imm = DROP },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	union bpf_attr attr = {
		.prog_type = BPF_PROG_TYPE_SCHED_CLS,
		.insns = (unsigned long)drop,
		.insn_cnt = sizeof(drop) / sizeof(*drop),
		.license = (unsigned long)"GPL",
	};

	return bpf(BPF_PROG_LOAD, &attr);
}

int main(int argc, char **argv)
{
	union bpf_attr attr = {};

	if (argc != 3)
		errx(2, "usage: netkit primary|peer IFNAME");
	attr.link_create.prog_fd = load_drop();
	attr.link_create.target_ifindex = if_nametoindex(argv[2]);
	attr.link_create.attach_type = strcmp(argv[1], "peer") ? AT_PRIMARY :
								 AT_PEER;
	if (bpf(BPF_LINK_CREATE, &attr) < 0)
		err(1, "%s", argv[2]);
	puts("ready");
	fflush(stdout);
	pause();
	return 0;
}
