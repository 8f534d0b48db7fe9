// SPDX-License-Identifier: GPL-2.0-only
/* Classic BPF: what is a program, and what is none; instructions as text. */
#include <errno.h>
#include <linux/filter.h>
#include <stdlib.h>

#include "../../../loader/filter/cbpf.h"
#include "../tap.h"

#define INSN(code, jt, jf, k)	((struct cbpf_insn){ (code), (jt), (jf), (k) })

/* One instruction, then "ret". */
static int check(uint16_t code, uint8_t jt, uint8_t jf, uint32_t k)
{
	const struct cbpf_insn insns[] = {
		INSN(code, jt, jf, k), INSN(BPF_RET | BPF_K, 0, 0, 0),
	};

	return cbpf_check(insns, 2);
}

static void test_refused(void)
{
	const struct cbpf_insn open = INSN(BPF_LD | BPF_IMM, 0, 0, 0);

	is_int(cbpf_check(NULL, 0), -EINVAL, "nothing");
	is_int(cbpf_check(&open, 1), -EINVAL, "no ret at the end");
	is_int(check(BPF_JMP | BPF_JA, 0, 0, 1), -EINVAL, "out by ja");
	is_int(check(BPF_JMP | BPF_JA, 0, 0, -2U), -EINVAL, "before the start");
	is_int(check(BPF_JMP | BPF_JA, 0, 0, -1U), 0, "back to itself");
	is_int(check(BPF_JMP | BPF_JEQ, 1, 0, 0), -EINVAL, "out when true");
	is_int(check(BPF_JMP | BPF_JEQ, 0, 1, 0), -EINVAL, "out when false");
	is_int(check(BPF_JMP | 0x50, 0, 0, 0), -EINVAL, "unknown jump");
	is_int(check(BPF_ST, 0, 0, 16), -EINVAL, "M[16]");
	is_int(check(BPF_LD | BPF_MEM, 0, 0, 16), -EINVAL, "M[16] again");
	is_int(check(BPF_ALU | BPF_DIV, 0, 0, 0), -EINVAL, "division by 0");
	is_int(check(BPF_ALU | BPF_MOD, 0, 0, 0), -EINVAL, "remainder by 0");
	is_int(check(BPF_ALU | 0xf0, 0, 0, 1), -EINVAL, "unknown operation");
	is_int(check(BPF_ALU | BPF_LSH, 0, 0, 32), -EINVAL, "shift by 32");
	is_int(check(BPF_LDX | BPF_ABS, 0, 0, 0), -EINVAL, "ldx [k]");
	is_int(check(0x100, 0, 0, 0), -EINVAL, "a code of nine bits");
	is_int(check(BPF_RET, 0, 0, 0), 0, "ret twice");
}

static void is_text(uint16_t code, uint32_t k, const char *want)
{
	const struct cbpf_insn insn = INSN(code, 2, 1, k);
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	cbpf_text(&insn, 7, out);
	fclose(out);
	is_str(text, want, want);
	free(text);
}

static void test_text(void)
{
	is_text(BPF_LD | BPF_H | BPF_ABS, 12, "(007) ldh [12]");
	is_text(BPF_LD | BPF_B | BPF_IND, 16, "(007) ldb [x + 16]");
	is_text(BPF_LD | BPF_W | BPF_LEN, 0, "(007) ld #pktlen");
	is_text(BPF_LD | BPF_IMM, 40, "(007) ld #0x28");
	is_text(BPF_LDX | BPF_B | BPF_MSH, 14, "(007) ldbx 4*([14]&0xf)");
	is_text(BPF_LDX | BPF_MEM, 3, "(007) ldx M[3]");
	is_text(BPF_ST, 3, "(007) st M[3]");
	is_text(BPF_STX, 3, "(007) stx M[3]");
	is_text(BPF_ALU | BPF_RSH | BPF_K, 31, "(007) rsh #0x1f");
	is_text(BPF_ALU | BPF_XOR | BPF_X, 0, "(007) xor x");
	is_text(BPF_ALU | BPF_NEG, 0, "(007) neg");
	is_text(BPF_JMP | BPF_JEQ | BPF_K, 0x800, "(007) jeq #0x800 jt 10 jf 9");
	is_text(BPF_JMP | BPF_JSET | BPF_X, 0, "(007) jset x jt 10 jf 9");
	is_text(BPF_JMP | BPF_JA, -3U, "(007) ja 5");
	is_text(BPF_RET | BPF_K, 262144, "(007) ret #262144");
	is_text(BPF_RET | BPF_A, 0, "(007) ret a");
	is_text(BPF_MISC | BPF_TAX, 0, "(007) tax");
	is_text(BPF_MISC | BPF_TXA, 0, "(007) txa");
}

int main(void)
{
	tap_plan(35);
	test_refused();
	test_text();
	return tap_done();
}
