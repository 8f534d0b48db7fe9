// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <linux/filter.h>
#include <string.h>

#include "cbpf_c.h"

/* What a program needs besides its instructions. */
struct needs {
	unsigned char label[BPF_MAXINSNS];	/* 1: a goto leads there */
	unsigned char loop[BPF_MAXINSNS];	/* 1: … from further on */
	__u32 memory;		/* bit n: M[n] */
};

/* Loads that the kernel answers from the sk_buff, not from the packet. */
static const struct {
	__u32 offset;
	const char *function;
} ancillary[] = {
	{ SKF_AD_OFF + SKF_AD_PKTTYPE, "packet_type" },
	{ SKF_AD_OFF + SKF_AD_IFINDEX, "packet_ifindex" },
};

static const char *const alu_signs[16] = {
	"+", "-", "*", "/", "|", "&", "<<", ">>", "", "%", "^",
};

static void see_jump(struct needs *needs, const struct cbpf_insn *insn,
		     __u32 next)
{
	if (BPF_OP(insn->code) == BPF_JA) {
		needs->loop[next + insn->k] |= insn->k >> 31;
		needs->label[next + insn->k] |= insn->k != 0;
		return;
	}
	needs->label[next + insn->jt] |= insn->jt && insn->jt != insn->jf;
	needs->label[next + insn->jf] |= insn->jf != 0;
}

static void see_all(struct needs *needs, const struct cbpf_insn *insns,
		    __u32 count)
{
	memset(needs, 0, sizeof(*needs));
	for (__u32 i = 0; i < count; i++) {
		__u16 code = insns[i].code, class = BPF_CLASS(code);

		if (class == BPF_JMP)
			see_jump(needs, &insns[i], i + 1);
		if (class == BPF_ST || class == BPF_STX ||
		    (class <= BPF_LDX && BPF_MODE(code) == BPF_MEM))
			needs->memory |= 1U << insns[i].k;
	}
}

/* The statement that does not go on when a load fails. */
static void write_load(const struct cbpf_insn *insn, FILE *out)
{
	static const int bits[4] = { 32, 16, 8, 0 };
	const char *x = BPF_MODE(insn->code) == BPF_IND ? "(__u64)x + " : "";

	for (size_t i = 0; i < sizeof(ancillary) / sizeof(*ancillary); i++)
		if (!*x && insn->k == ancillary[i].offset) {
			fprintf(out, "\ta = %s(packet);\n",
				ancillary[i].function);
			return;
		}
	fprintf(out, "\tif (load_u%d(packet, %s%uU, &a))\n\t\treturn 0;\n",
		bits[BPF_SIZE(insn->code) >> 3], x, insn->k);
}

static void write_ld(const struct cbpf_insn *insn, FILE *out)
{
	char to = BPF_CLASS(insn->code) == BPF_LD ? 'a' : 'x';

	switch (BPF_MODE(insn->code)) {
	case BPF_IMM:
		fprintf(out, "\t%c = 0x%xU;\n", to, insn->k);
		break;
	case BPF_LEN:
		fprintf(out, "\t%c = packet_len(packet);\n", to);
		break;
	case BPF_MEM:
		fprintf(out, "\t%c = m%u;\n", to, insn->k);
		break;
	case BPF_MSH:
		fprintf(out, "\tif (load_u8(packet, %uU, &x))\n\t\treturn 0;\n"
			"\tx = (x & 0xf) << 2;\n", insn->k);
		break;
	default:
		write_load(insn, out);
	}
}

/* Classic BPF shifts everything out; C does not say what it does. */
static void write_shift(const struct cbpf_insn *insn, FILE *out)
{
	const char *sign = alu_signs[BPF_OP(insn->code) >> 4];

	if (BPF_SRC(insn->code) == BPF_X)
		fprintf(out, "\ta = x < 32 ? a %s x : 0;\n", sign);
	else
		fprintf(out, "\ta %s= %u;\n", sign, insn->k);
}

static void write_alu(const struct cbpf_insn *insn, FILE *out)
{
	int op = BPF_OP(insn->code), by_x = BPF_SRC(insn->code) == BPF_X;

	if (op == BPF_NEG) {
		fputs("\ta = -a;\n", out);
		return;
	}
	if (op == BPF_LSH || op == BPF_RSH) {
		write_shift(insn, out);
		return;
	}
	if (by_x && (op == BPF_DIV || op == BPF_MOD))
		fputs("\tif (!x)\n\t\treturn 0;\n", out);
	fprintf(out, "\ta %s= ", alu_signs[op >> 4]);
	if (by_x)
		fputs("x;\n", out);
	else
		fprintf(out, "0x%xU;\n", insn->k);
}

/* "if (…)", true when the jump is taken, or not taken. */
static void write_condition(const struct cbpf_insn *insn, int taken, FILE *out)
{
	static const char *const signs[2][16] = {
		{ "", "!=", "<=", "<" },
		{ "", "==", ">", ">=" },
	};
	int op = BPF_OP(insn->code);

	if (op == BPF_JSET)
		fputs(taken ? "\tif (a & " : "\tif (!(a & ", out);
	else
		fprintf(out, "\tif (a %s ", signs[taken][op >> 4]);
	if (BPF_SRC(insn->code) == BPF_X)
		fputc('x', out);
	else
		fprintf(out, "0x%xU", insn->k);
	fputs(op == BPF_JSET && !taken ? "))\n" : ")\n", out);
}

static void write_jump(const struct cbpf_insn *insn, __u32 next, FILE *out)
{
	if (BPF_OP(insn->code) == BPF_JA) {
		if (insn->k >> 31)
			fprintf(out, "\tif (turns%u++ == FILTER_TURNS)\n"
				"\t\treturn 0;\n"
				"\ta = any_u32(a);\n"
				"\tx = any_u32(x);\n", next + insn->k);
		if (insn->k)
			fprintf(out, "\tgoto L%u;\n", next + insn->k);
		return;
	}
	if (insn->jt && insn->jt != insn->jf) {
		write_condition(insn, 1, out);
		fprintf(out, "\t\tgoto L%u;\n", next + insn->jt);
	} else if (insn->jf && insn->jt != insn->jf) {
		write_condition(insn, 0, out);
		fputc('\t', out);
	}
	if (insn->jf)
		fprintf(out, "\tgoto L%u;\n", next + insn->jf);
}

static void write_insn(const struct cbpf_insn *insn, __u32 at, FILE *out)
{
	switch (BPF_CLASS(insn->code)) {
	case BPF_LD:
	case BPF_LDX:
		write_ld(insn, out);
		break;
	case BPF_ST:
		fprintf(out, "\tm%u = a;\n", insn->k);
		break;
	case BPF_STX:
		fprintf(out, "\tm%u = x;\n", insn->k);
		break;
	case BPF_ALU:
		write_alu(insn, out);
		break;
	case BPF_JMP:
		write_jump(insn, at + 1, out);
		break;
	case BPF_RET:
		if (BPF_RVAL(insn->code) == BPF_A)
			fputs("\treturn a != 0;\n", out);
		else
			fprintf(out, "\treturn %d;\n", insn->k != 0);
		break;
	default:
		fputs(BPF_MISCOP(insn->code) == BPF_TAX ? "\tx = a;\n" :
							  "\ta = x;\n", out);
	}
}

/*
 * What counts turns has 8 bytes, a place on the stack for itself: next to
 * something that a helper writes, the verifier would lose count.
 */
static void write_head(const char *name, const struct needs *needs, __u32 count,
		       FILE *out)
{
	fprintf(out, "static always_inline int\n"
		"%s(const struct filter_packet *packet maybe_unused)\n"
		"{\n"
		"\t__u32 a maybe_unused = 0, x maybe_unused = 0;\n", name);
	for (int i = 0; i < BPF_MEMWORDS; i++)
		if (needs->memory >> i & 1)
			fprintf(out, "\t__u32 m%d maybe_unused = 0;\n", i);
	for (__u32 i = 0; i < count; i++)
		if (needs->loop[i])
			fprintf(out, "\t__u64 turns%u = 0;\n", i);
}

int cbpf_write(const char *name, const struct cbpf_insn *insns, __u32 count,
	       FILE *out)
{
	struct needs needs;

	if (cbpf_check(insns, count))
		return -EINVAL;
	see_all(&needs, insns, count);
	errno = 0;
	write_head(name, &needs, count, out);
	for (__u32 i = 0; i < count; i++) {
		fputc('\n', out);
		if (needs.label[i])
			fprintf(out, "L%u:", i);
		fputs("\t/* ", out);
		cbpf_text(&insns[i], i, out);
		fputs(" */\n", out);
		write_insn(&insns[i], i, out);
	}
	fputs("}\n", out);
	if (fflush(out) || ferror(out))
		return errno ? -errno : -EIO;
	return 0;
}
