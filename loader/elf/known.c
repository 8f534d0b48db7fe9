// SPDX-License-Identifier: GPL-2.0-only
#include "known.h"

#include "insn.h"

static void forget(struct knowledge *known, uint32_t reg)
{
	known->regs &= ~(1U << reg);
}

static void learn(struct knowledge *known, uint32_t reg, uint64_t value)
{
	known->regs |= 1U << reg;
	known->value[reg] = value;
}

/* The second operand: a constant, sign extended, or a register. False: not known. */
static bool source(const struct knowledge *known, const struct bpf_insn *insn,
		   uint64_t *value)
{
	if (BPF_SRC(insn->code) == BPF_K) {
		*value = (int64_t)insn->imm;
		return true;
	}
	*value = known->value[insn->src_reg];
	return known->regs >> insn->src_reg & 1;
}

/* Shifts take as many bits of the distance as the operands' width has (@mask). */
static bool compute(uint8_t op, uint64_t mask, uint64_t with, uint64_t *value)
{
	switch (op) {
	case BPF_ADD:
		*value += with;
		return true;
	case BPF_SUB:
		*value -= with;
		return true;
	case BPF_MUL:
		*value *= with;
		return true;
	case BPF_AND:
		*value &= with;
		return true;
	case BPF_OR:
		*value |= with;
		return true;
	case BPF_XOR:
		*value ^= with;
		return true;
	case BPF_LSH:
		*value <<= with & mask;
		return true;
	case BPF_RSH:
		*value >>= with & mask;
		return true;
	case BPF_MOV:
		*value = with;
		return true;
	default:
		return false;
	}
}

/*
 * What else there is (division, byte order, signed shifts, moves that extend the sign,
 * whose offset is not 0) is not computed here.
 */
static void step_alu(struct knowledge *known, const struct bpf_insn *insn)
{
	bool is_32 = BPF_CLASS(insn->code) == BPF_ALU;
	uint8_t op = BPF_OP(insn->code), dst = insn->dst_reg;
	bool has_dst = op == BPF_MOV || known->regs >> dst & 1;
	uint64_t value = known->value[dst], with;

	if (insn->off || !has_dst || !source(known, insn, &with)) {
		forget(known, dst);
		return;
	}
	if (is_32) {
		value = (uint32_t)value;
		with = (uint32_t)with;
	}
	if (compute(op, is_32 ? 31 : 63, with, &value))
		learn(known, dst, is_32 ? (uint32_t)value : value);
	else
		forget(known, dst);
}

void known_step(struct knowledge *known, const struct bpf_insn *insn)
{
	switch (BPF_CLASS(insn->code)) {
	case BPF_ALU:
	case BPF_ALU64:
		step_alu(known, insn);
		break;
	case BPF_LD:
		if (insn->code != LD_IMM64)
			known->regs &= ~CALLER_SAVED; /* BPF_ABS, BPF_IND */
		else if (insn->src_reg)
			forget(known, insn->dst_reg);
		else
			learn(known, insn->dst_reg,
			      (uint64_t)(uint32_t)insn[1].imm << 32 |
				      (uint32_t)insn->imm);
		break;
	case BPF_LDX:
		forget(known, insn->dst_reg);
		break;
	case BPF_STX: /* atomic ones write r0, the source or the destination */
		if (BPF_MODE(insn->code) != BPF_MEM) {
			forget(known, insn->src_reg);
			forget(known, insn->dst_reg);
			forget(known, BPF_REG_0);
		}
		break;
	case BPF_JMP: /* a call */
		known->regs &= ~CALLER_SAVED;
		break;
	}
}

/* 1: it is so; 0: it is not; -1: not a comparison that is known here. */
static int compare(uint8_t op, uint64_t a, uint64_t b, bool is_32)
{
	int64_t sa = is_32 ? (int32_t)a : (int64_t)a;
	int64_t sb = is_32 ? (int32_t)b : (int64_t)b;

	switch (op) {
	case BPF_JEQ:
		return a == b;
	case BPF_JNE:
		return a != b;
	case BPF_JGT:
		return a > b;
	case BPF_JGE:
		return a >= b;
	case BPF_JLT:
		return a < b;
	case BPF_JLE:
		return a <= b;
	case BPF_JSET:
		return !!(a & b);
	case BPF_JSGT:
		return sa > sb;
	case BPF_JSGE:
		return sa >= sb;
	case BPF_JSLT:
		return sa < sb;
	case BPF_JSLE:
		return sa <= sb;
	default:
		return -1;
	}
}

enum decision known_jump(const struct knowledge *known,
			 const struct bpf_insn *insn)
{
	bool is_32 = BPF_CLASS(insn->code) == BPF_JMP32;
	uint64_t a = known->value[insn->dst_reg], b;
	int is_true;

	if (insn->code == (BPF_JMP | BPF_JA))
		return JUMP_ALWAYS;
	if (!(known->regs >> insn->dst_reg & 1) || !source(known, insn, &b))
		return JUMP_OPEN;
	if (is_32) {
		a = (uint32_t)a;
		b = (uint32_t)b;
	}
	is_true = compare(BPF_OP(insn->code), a, b, is_32);
	if (is_true < 0)
		return JUMP_OPEN;
	return is_true ? JUMP_ALWAYS : JUMP_NEVER;
}

bool known_join(struct knowledge *known, const struct knowledge *other)
{
	uint16_t before = known->regs;

	known->regs &= other->regs;
	for (uint32_t i = 0; i < MAX_BPF_REG; i++)
		if (known->value[i] != other->value[i])
			forget(known, i);
	return known->regs != before;
}
