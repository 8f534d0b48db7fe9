// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <linux/filter.h>
#include <stdbool.h>

#include "cbpf.h"

/* The operations of one class, as a set of bits. */
#define OP(code)	(1U << (BPF_OP(code) >> 4))

static bool load_is_valid(const struct cbpf_insn *insn)
{
	switch (BPF_MODE(insn->code)) {
	case BPF_IMM:
	case BPF_LEN:
		return BPF_SIZE(insn->code) == BPF_W;
	case BPF_MEM:
		return BPF_SIZE(insn->code) == BPF_W && insn->k < BPF_MEMWORDS;
	case BPF_ABS:
	case BPF_IND:
		return BPF_CLASS(insn->code) == BPF_LD &&
		       BPF_SIZE(insn->code) != 0x18;
	case BPF_MSH:
		return BPF_CLASS(insn->code) == BPF_LDX &&
		       BPF_SIZE(insn->code) == BPF_B;
	}
	return false;
}

static bool alu_is_valid(const struct cbpf_insn *insn)
{
	const uint32_t known = OP(BPF_ADD) | OP(BPF_SUB) | OP(BPF_MUL) |
			       OP(BPF_DIV) | OP(BPF_MOD) | OP(BPF_AND) |
			       OP(BPF_OR) | OP(BPF_XOR) | OP(BPF_LSH) |
			       OP(BPF_RSH) | OP(BPF_NEG);
	uint32_t op = OP(insn->code);

	if (BPF_SRC(insn->code) == BPF_X)
		return op & known & ~OP(BPF_NEG);
	if (op & (OP(BPF_DIV) | OP(BPF_MOD)))
		return insn->k != 0;
	if (op & (OP(BPF_LSH) | OP(BPF_RSH)))
		return insn->k < 32;
	return op & known;
}

static bool jump_is_valid(const struct cbpf_insn *insn, uint32_t next,
			  uint32_t count)
{
	switch (BPF_OP(insn->code)) {
	case BPF_JA:
		return BPF_SRC(insn->code) == BPF_K && next + insn->k < count;
	case BPF_JEQ:
	case BPF_JGT:
	case BPF_JGE:
	case BPF_JSET:
		return next + insn->jt < count && next + insn->jf < count;
	}
	return false;
}

static bool is_valid(const struct cbpf_insn *insns, uint32_t at, uint32_t count)
{
	const struct cbpf_insn *insn = &insns[at];

	switch (insn->code & 0xff07) {
	case BPF_LD:
	case BPF_LDX:
		return load_is_valid(insn);
	case BPF_ST:
	case BPF_STX:
		return insn->code <= BPF_STX && insn->k < BPF_MEMWORDS;
	case BPF_ALU:
		return alu_is_valid(insn);
	case BPF_JMP:
		return jump_is_valid(insn, at + 1, count);
	case BPF_RET:
		return insn->code == (BPF_RET | BPF_K) ||
		       insn->code == (BPF_RET | BPF_A);
	}
	return insn->code == (BPF_MISC | BPF_TAX) ||
	       insn->code == (BPF_MISC | BPF_TXA);
}

int cbpf_check(const struct cbpf_insn *insns, uint32_t count)
{
	if (!count || count > CBPF_MAX ||
	    BPF_CLASS(insns[count - 1].code) != BPF_RET)
		return -EINVAL;
	for (uint32_t i = 0; i < count; i++)
		if (!is_valid(insns, i, count))
			return -EINVAL;
	return 0;
}
