// SPDX-License-Identifier: GPL-2.0-only
/*
 * hook HOOK first|last IFNAME TO [FIRST]: attaches a program of somebody else, in front of all
 * others there or behind them. HOOK is ingress or egress (tcx, since 6.6), primary or peer
 * (netkit, since 6.7). It says "ready", and waits to be ended, which removes the program.
 * hook pin PATH TO [FIRST]: pins the program for tc(8).
 *
 * An IPv4 packet behind an Ethernet header chooses the program's verdict by its TTL: FIRST,
 * 100 if it is not given, and so on for those of "verdicts". What is redirected goes to the interface of number TO.
 */
#include <err.h>
#include <linux/bpf.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "somebody.h"

#define TTL_AT	22

#define BEFORE	(1U << 3)	/* BPF_F_BEFORE; … */
#define AFTER	(1U << 4)

#define BODY	6	/* instructions at most */
#define TO	(-77)	/* stands for that interface */

/* VERDICTS in select_front.t names them, in this order. */
static const struct bpf_insn verdicts[][BODY] = {
	{ MOV(0, 0), EXIT },	/* TC_ACT_OK */
	{ MOV(0, 2), EXIT },	/* TC_ACT_SHOT */
	{ MOV(0, 3), EXIT },	/* TC_ACT_PIPE */
	{ MOV(0, 4), EXIT },	/* TC_ACT_STOLEN */
	{ MOV(0, -1), EXIT },	/* TC_ACT_UNSPEC, TCX_NEXT */
	{ MOV(1, TO), MOV(2, 0), CALL(BPF_FUNC_redirect), EXIT },
	{ MOV(1, TO), MOV(2, 0), CALL(BPF_FUNC_redirect_peer), EXIT },
	{ MOV(1, TO), MOV(2, 0), MOV(3, 0), MOV(4, 0),
	  CALL(BPF_FUNC_redirect_neigh), EXIT },
	{ MOV_REG(1, 6), MOV(2, TO), MOV(3, 0), CALL(BPF_FUNC_clone_redirect),
	  MOV(0, -1), EXIT },
};

#define VERDICTS	(sizeof(verdicts) / sizeof(*verdicts))

/* BODY instructions: those that are too many stand in front, and do nothing. */
static size_t write_verdict(struct bpf_insn *to, const struct bpf_insn *body,
			    int ifindex)
{
	static const struct bpf_insn nothing = MOV(0, 0);
	size_t length = 0;

	while (length < BODY && body[length].code)
		length++;
	for (size_t i = 0; i < BODY - length; i++)
		*to++ = nothing;
	for (size_t i = 0; i < length; i++) {
		*to = body[i];
		if (to->imm == TO)
			to->imm = ifindex;
		to++;
	}
	return BODY;
}

/* Fills in the program, and gives its length. */
static size_t write_program(struct bpf_insn *to, int ifindex, int first)
{
	const struct bpf_insn head[] = {
		MOV_REG(6, 1),
		{ .code = BPF_LD | BPF_ABS | BPF_B, .imm = TTL_AT },
	};
	const struct bpf_insn tail[] = { MOV(0, -1), EXIT };
	size_t count = 2;

	memcpy(to, head, sizeof(head));
	for (size_t i = 0; i < VERDICTS; i++) {
		to[count++] = (struct bpf_insn){
			.code = BPF_JMP | BPF_JNE | BPF_K,
			.imm = first + (int)i,
			.off = BODY,
		};
		count += write_verdict(to + count, verdicts[i], ifindex);
	}
	memcpy(to + count, tail, sizeof(tail));
	return count + 2;
}

/* @first: a number; NULL: 100 */
static int load(int ifindex, const char *first)
{
	static struct bpf_insn insns[4 + VERDICTS * (BODY + 1)];
	size_t count = write_program(insns, ifindex, first ? atoi(first) : 100);

	return somebody_load(BPF_PROG_TYPE_SCHED_CLS, 0, insns, count, 1);
}

static uint32_t hook_type(const char *name)
{
	static const struct {
		const char *name;
		uint32_t type;	/* enum bpf_attach_type */
	} hooks[] = {
		{ "ingress", 46 },
		{ "egress", 47 },
		{ "primary", 54 },
		{ "peer", 55 },
	};

	for (size_t i = 0; i < sizeof(hooks) / sizeof(*hooks); i++)
		if (!strcmp(name, hooks[i].name))
			return hooks[i].type;
	errx(2, "no hook %s", name);
}

int main(int argc, char **argv)
{
	struct {
		uint32_t prog_fd, ifindex, type, flags;
	} attr = {};

	if ((argc == 4 || argc == 5) && !strcmp(argv[1], "pin"))
		return somebody_pin(load(atoi(argv[3]), argv[4]), argv[2]);
	if (argc != 5 && argc != 6)
		errx(2, "usage: hook HOOK first|last IFNAME TO [FIRST] | pin PATH TO [FIRST]");
	attr.type = hook_type(argv[1]);
	attr.flags = strcmp(argv[2], "last") ? BEFORE : AFTER;
	attr.ifindex = if_nametoindex(argv[3]);
	attr.prog_fd = load(atoi(argv[4]), argv[5]);
	if (somebody_bpf(BPF_LINK_CREATE, &attr, sizeof(attr)) < 0)
		err(1, "%s of %s", argv[1], argv[3]);
	puts("ready");
	fflush(stdout);
	pause();
	return 0;
}
