// SPDX-License-Identifier: GPL-2.0-only
/*
 * random COUNT: prints random programs of classic BPF as lines that agree reads. They
 * are always the same.
 */
#include <err.h>
#include <linux/filter.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../loader/filter/cbpf.h"

#define INSNS_MAX	40

static uint32_t below(uint32_t end)
{
	return random() % end;
}

/* Numbers that occur in filters, and those at the edges. */
static uint32_t constant(void)
{
	static const uint32_t values[] = {
		0,  1,	2,     12,     14,	   23,
		31, 32, 0x800, 0xffff, 0x80000000, 0xffffffff,
	};

	return below(3) ? values[below(sizeof(values) / sizeof(*values))] :
			  below(80);
}

static struct cbpf_insn any_insn(uint32_t left)
{
	struct cbpf_insn insn = { .code = below(256), .k = constant() };

	if (BPF_CLASS(insn.code) == BPF_RET && below(8))
		insn.code = BPF_LD | BPF_B | BPF_ABS;
	if (BPF_CLASS(insn.code) == BPF_JMP && left) {
		insn.jt = below(left);
		insn.jf = below(left);
		if (BPF_OP(insn.code) == BPF_JA)
			insn.k = below(left);
	}
	return insn;
}

/* An instruction that may stand there, as cbpf_check() sees it. */
static struct cbpf_insn valid_insn(uint32_t left)
{
	struct cbpf_insn insns[INSNS_MAX + 1];

	do {
		insns[0] = any_insn(left);
		for (uint32_t i = 1; i <= left; i++)
			insns[i] = (struct cbpf_insn){ .code = BPF_RET };
	} while (cbpf_check(insns, left + 1));
	return insns[0];
}

/* All words of memory are stored first: in libpcap they begin as anything. */
static uint32_t make(struct cbpf_insn *insns)
{
	uint32_t count = BPF_MEMWORDS + 2 + below(INSNS_MAX - 2);

	for (uint32_t i = 0; i < BPF_MEMWORDS; i++)
		insns[i] = (struct cbpf_insn){ .code = BPF_ST, .k = i };
	for (uint32_t i = BPF_MEMWORDS; i < count - 1; i++)
		insns[i] = valid_insn(count - 1 - i);
	insns[count - 1] = (struct cbpf_insn){ .code = BPF_RET | BPF_A };
	return count;
}

static void print(const struct cbpf_insn *insns, uint32_t count)
{
	putchar('=');
	for (uint32_t i = 0; i < count; i++)
		printf(" %u %u %u %u", insns[i].code, insns[i].jt, insns[i].jf,
		       insns[i].k);
	putchar('\n');
}

int main(int argc, char **argv)
{
	struct cbpf_insn insns[BPF_MEMWORDS + INSNS_MAX];

	if (argc != 2)
		errx(2, "usage: random COUNT");
	srandom(1);
	for (int i = 0; i < atoi(argv[1]); i++)
		print(insns, make(insns));
	return 0;
}
