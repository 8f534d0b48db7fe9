// SPDX-License-Identifier: GPL-2.0-only
/* Classic BPF as C: golden text, and what is no program. */
#include <errno.h>
#include <linux/filter.h>
#include <stdlib.h>

#include "../../../loader/filter/cbpf_c.h"
#include "../tap.h"

#define INSN(code, jt, jf, k)	{ (code), (jt), (jf), (k) }
#define COUNT(insns)	(sizeof(insns) / sizeof(*(insns)))

#define HEAD \
	"static always_inline int\n" \
	"filter(const struct filter_packet *packet maybe_unused)\n" \
	"{\n" \
	"\t__u32 a maybe_unused = 0, x maybe_unused = 0;\n"

/* What cbpf_write() writes; until the next call. */
static const char *written(const struct cbpf_insn *insns, __u32 count)
{
	static char *text;
	size_t size;
	FILE *out;

	free(text);
	text = NULL;
	out = open_memstream(&text, &size);
	is_int(cbpf_write("filter", insns, count, out), 0, "the program is written");
	fclose(out);
	return text;
}

/* "ip" */
static void test_plain(void)
{
	static const struct cbpf_insn insns[] = {
		INSN(BPF_LD | BPF_H | BPF_ABS, 0, 0, 12),
		INSN(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0x800),
		INSN(BPF_RET | BPF_K, 0, 0, 262144),
		INSN(BPF_RET | BPF_K, 0, 0, 0),
	};

	is_str(written(insns, COUNT(insns)), HEAD
	       "\n\t/* (000) ldh [12] */\n"
	       "\tif (load_u16(packet, 12U, &a))\n"
	       "\t\treturn 0;\n"
	       "\n\t/* (001) jeq #0x800 jt 2 jf 3 */\n"
	       "\tif (a != 0x800U)\n"
	       "\t\tgoto L3;\n"
	       "\n\t/* (002) ret #262144 */\n"
	       "\treturn 1;\n"
	       "\nL3:\t/* (003) ret #0 */\n"
	       "\treturn 0;\n"
	       "}\n", "loads and jumps");
}

/* Arithmetic with what C leaves open, and scratch memory. */
static void test_arithmetic(void)
{
	static const struct cbpf_insn insns[] = {
		INSN(BPF_LDX | BPF_B | BPF_MSH, 0, 0, 14),
		INSN(BPF_LD | BPF_B | BPF_IND, 0, 0, 16),
		INSN(BPF_ST, 0, 0, 3),
		INSN(BPF_ALU | BPF_DIV | BPF_X, 0, 0, 0),
		INSN(BPF_ALU | BPF_LSH | BPF_X, 0, 0, 0),
		INSN(BPF_ALU | BPF_RSH | BPF_K, 0, 0, 31),
		INSN(BPF_ALU | BPF_NEG, 0, 0, 0),
		INSN(BPF_LDX | BPF_MEM, 0, 0, 3),
		INSN(BPF_RET | BPF_A, 0, 0, 0),
	};

	is_str(written(insns, COUNT(insns)), HEAD
	       "\t__u32 m3 maybe_unused = 0;\n"
	       "\n\t/* (000) ldbx 4*([14]&0xf) */\n"
	       "\tif (load_u8(packet, 14U, &x))\n"
	       "\t\treturn 0;\n"
	       "\tx = (x & 0xf) << 2;\n"
	       "\n\t/* (001) ldb [x + 16] */\n"
	       "\tif (load_u8(packet, (__u64)x + 16U, &a))\n"
	       "\t\treturn 0;\n"
	       "\n\t/* (002) st M[3] */\n"
	       "\tm3 = a;\n"
	       "\n\t/* (003) div x */\n"
	       "\tif (!x)\n"
	       "\t\treturn 0;\n"
	       "\ta /= x;\n"
	       "\n\t/* (004) lsh x */\n"
	       "\ta = x < 32 ? a << x : 0;\n"
	       "\n\t/* (005) rsh #0x1f */\n"
	       "\ta >>= 31;\n"
	       "\n\t/* (006) neg */\n"
	       "\ta = -a;\n"
	       "\n\t/* (007) ldx M[3] */\n"
	       "\tx = m3;\n"
	       "\n\t/* (008) ret a */\n"
	       "\treturn a != 0;\n"
	       "}\n", "arithmetic");
}

/* A loop, as "protochain" has, and a jump with two ways. */
static void test_loop(void)
{
	static const struct cbpf_insn insns[] = {
		INSN(BPF_LD | BPF_W | BPF_LEN, 0, 0, 0),
		INSN(BPF_JMP | BPF_JSET | BPF_X, 2, 1, 0),
		INSN(BPF_MISC | BPF_TAX, 0, 0, 0),
		INSN(BPF_JMP | BPF_JA, 0, 0, -3U),
		INSN(BPF_RET | BPF_K, 0, 0, 1),
	};

	is_str(written(insns, COUNT(insns)), HEAD
	       "\t__u64 turns1 = 0;\n"
	       "\n\t/* (000) ld #pktlen */\n"
	       "\ta = packet_len(packet);\n"
	       "\nL1:\t/* (001) jset x jt 4 jf 3 */\n"
	       "\tif (a & x)\n"
	       "\t\tgoto L4;\n"
	       "\tgoto L3;\n"
	       "\n\t/* (002) tax */\n"
	       "\tx = a;\n"
	       "\nL3:\t/* (003) ja 1 */\n"
	       "\tif (turns1++ == FILTER_TURNS)\n"
	       "\t\treturn 0;\n"
	       "\ta = any_u32(a);\n"
	       "\tx = any_u32(x);\n"
	       "\tgoto L1;\n"
	       "\nL4:\t/* (004) ret #1 */\n"
	       "\treturn 1;\n"
	       "}\n", "a loop");
}

/* One instruction, then "ret". */
static int check(__u16 code, __u8 jt, __u8 jf, __u32 k)
{
	const struct cbpf_insn insns[] = {
		INSN(code, jt, jf, k), INSN(BPF_RET | BPF_K, 0, 0, 0),
	};

	return cbpf_check(insns, COUNT(insns));
}

static void test_refused(void)
{
	is_int(cbpf_check(NULL, 0), -EINVAL, "nothing");
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

int main(void)
{
	test_plain();
	test_arithmetic();
	test_loop();
	test_refused();
	return tap_done();
}
