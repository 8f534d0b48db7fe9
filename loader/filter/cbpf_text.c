// SPDX-License-Identifier: GPL-2.0-only
#include <linux/filter.h>

#include "cbpf.h"

static const char *const alu_names[16] = {
	"add", "sub", "mul", "div", "or", "and", "lsh", "rsh", "neg", "mod",
	"xor",
};
static const char *const jump_names[16] = { "ja", "jeq", "jgt", "jge", "jset" };
static const char size_letters[4] = { '\0', 'h', 'b', '\0' };

static void load_text(const struct cbpf_insn *insn, FILE *out)
{
	fputs("ld", out);
	if (size_letters[BPF_SIZE(insn->code) >> 3])
		fputc(size_letters[BPF_SIZE(insn->code) >> 3], out);
	fputs(BPF_CLASS(insn->code) == BPF_LDX ? "x " : " ", out);
	switch (BPF_MODE(insn->code)) {
	case BPF_IMM:
		fprintf(out, "#%#x", insn->k);
		break;
	case BPF_LEN:
		fputs("#pktlen", out);
		break;
	case BPF_MEM:
		fprintf(out, "M[%u]", insn->k);
		break;
	case BPF_IND:
		fprintf(out, "[x + %u]", insn->k);
		break;
	case BPF_MSH:
		fprintf(out, "4*([%u]&0xf)", insn->k);
		break;
	default:
		fprintf(out, "[%u]", insn->k);
	}
}

static void operand_text(const char *name, const struct cbpf_insn *insn,
			 FILE *out)
{
	if (BPF_SRC(insn->code) == BPF_X)
		fprintf(out, "%s x", name);
	else
		fprintf(out, "%s #%#x", name, insn->k);
}

static void jump_text(const struct cbpf_insn *insn, uint32_t next, FILE *out)
{
	const char *name = jump_names[BPF_OP(insn->code) >> 4];

	if (BPF_OP(insn->code) == BPF_JA) {
		fprintf(out, "%s %u", name, next + insn->k);
		return;
	}
	operand_text(name, insn, out);
	fprintf(out, " jt %u jf %u", next + insn->jt, next + insn->jf);
}

static void insn_text(const struct cbpf_insn *insn, uint32_t at, FILE *out)
{
	switch (BPF_CLASS(insn->code)) {
	case BPF_LD:
	case BPF_LDX:
		load_text(insn, out);
		break;
	case BPF_ST:
		fprintf(out, "st M[%u]", insn->k);
		break;
	case BPF_STX:
		fprintf(out, "stx M[%u]", insn->k);
		break;
	case BPF_ALU:
		if (BPF_OP(insn->code) == BPF_NEG)
			fputs("neg", out);
		else
			operand_text(alu_names[BPF_OP(insn->code) >> 4], insn,
				     out);
		break;
	case BPF_JMP:
		jump_text(insn, at + 1, out);
		break;
	case BPF_RET:
		if (BPF_RVAL(insn->code) == BPF_A)
			fputs("ret a", out);
		else
			fprintf(out, "ret #%u", insn->k);
		break;
	default:
		fputs(BPF_MISCOP(insn->code) == BPF_TAX ? "tax" : "txa", out);
	}
}

void cbpf_text(const struct cbpf_insn *insn, uint32_t at, FILE *out)
{
	fprintf(out, "(%03u) ", at);
	insn_text(insn, at, out);
}
