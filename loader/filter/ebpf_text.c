// SPDX-License-Identifier: GPL-2.0-only
#include "ebpf_text.h"

#include <errno.h>
#include <linux/filter.h>
#include <stdlib.h>

#include "../elf/obj_funcs.h"
#include "ebpf.h"

static const char *const alu_signs[16] = {
	"+=", "-=", "*=", "/=", "|=", "&=", "<<=", ">>=", "", "%=", "^=", "=",
};
static const char *const jump_signs[16] = {
	[1] = "==", ">", ">=", "&", "!=", "s>", "s>=", [10] = "<", "<=",
};

static const char *size_of(const struct bpf_insn *insn)
{
	static const char *const sizes[4] = { "u32", "u16", "u8", "u64" };

	return sizes[BPF_SIZE(insn->code) >> 3];
}

/* 32 bits of a register, or all. */
static char width_of(const struct bpf_insn *insn)
{
	int class = BPF_CLASS(insn->code);

	return class == BPF_ALU || class == BPF_JMP32 ? 'w' : 'r';
}

static void alu_text(const struct bpf_insn *insn, FILE *out)
{
	char width = width_of(insn);
	int op = BPF_OP(insn->code), reg = insn->dst_reg;

	if (op == BPF_END)
		fprintf(out, "r%d = be%d r%d", reg, insn->imm, reg);
	else if (op == BPF_NEG)
		fprintf(out, "%c%d = -%c%d", width, reg, width, reg);
	else if (BPF_SRC(insn->code) == BPF_X)
		fprintf(out, "%c%d %s %c%d", width, reg, alu_signs[op >> 4],
			width, insn->src_reg);
	else
		fprintf(out, "%c%d %s %d", width, reg, alu_signs[op >> 4],
			insn->imm);
}

static void condition_text(const struct bpf_insn *insn, FILE *out)
{
	char width = width_of(insn);
	const char *sign = jump_signs[BPF_OP(insn->code) >> 4];

	if (BPF_SRC(insn->code) == BPF_X)
		fprintf(out, "if %c%d %s %c%d", width, insn->dst_reg, sign,
			width, insn->src_reg);
	else
		fprintf(out, "if %c%d %s 0x%x", width, insn->dst_reg, sign,
			insn->imm);
	fprintf(out, " goto %+d", insn->off);
}

static void jump_text(const struct bpf_insn *insn, const char *callee,
		      FILE *out)
{
	switch (BPF_OP(insn->code)) {
	case BPF_JA:
		fprintf(out, "goto %+d", insn->off);
		break;
	case BPF_CALL:
		fprintf(out, "call %s", callee);
		break;
	case BPF_EXIT:
		fputs("exit", out);
		break;
	default:
		condition_text(insn, out);
	}
}

/* @callee: the function that it calls, if it does. */
static void insn_text(const struct bpf_insn *insn, const char *callee,
		      FILE *out)
{
	switch (BPF_CLASS(insn->code)) {
	case BPF_ALU:
	case BPF_ALU64:
		alu_text(insn, out);
		break;
	case BPF_LDX:
		fprintf(out, "r%d = *(%s *)(r%d %+d)", insn->dst_reg,
			size_of(insn), insn->src_reg, insn->off);
		break;
	case BPF_STX:
		fprintf(out, "*(%s *)(r%d %+d) = r%d", size_of(insn),
			insn->dst_reg, insn->off, insn->src_reg);
		break;
	default:
		jump_text(insn, callee, out);
	}
}

static const char *callee_of(const struct obj_prog *func, uint32_t insn)
{
	for (uint32_t i = 0; i < func->reloc_count; i++)
		if (func->relocs[i].insn == insn)
			return func->relocs[i].name;
	return "?";
}

static void put_range(const struct obj_prog *func, uint32_t from, uint32_t to,
		      FILE *out)
{
	for (uint32_t i = from; i < to; i++) {
		fprintf(out, "\t%4u: ", i);
		insn_text(&func->insns[i], callee_of(func, i), out);
		fputc('\n', out);
	}
}

int ebpf_text(const char *name, const struct cbpf_insn *insns, uint32_t count,
	      uint32_t head, FILE *out)
{
	uint32_t *places = calloc(count + 1, sizeof(*places));
	struct obj_prog func;
	int err = places ? ebpf_make(name, insns, count, head, &func, places) :
			     -ENOMEM;

	if (!err) {
		fprintf(out, "%s:\n", name);
		put_range(&func, 0, places[0], out);
		places[count] = func.insn_count;
		for (uint32_t i = 0; i < count; i++) {
			cbpf_text(&insns[i], i, out);
			fputc('\n', out);
			put_range(&func, places[i], places[i + 1], out);
		}
		obj_func_clear(&func);
	}
	free(places);
	return err;
}
