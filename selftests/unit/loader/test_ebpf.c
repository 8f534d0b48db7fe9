// SPDX-License-Identifier: GPL-2.0-only
/*
 * Classic BPF as extended BPF: what small programs become, as text. That the kernel
 * takes it and what it does there, selftests/filter tries.
 */
#include <errno.h>

#include "../../../bpf/packet.h"
#include "../../../loader/filter/ebpf.h"
#include "ebpf_made.h"

/* "ip" */
static void test_plain(void)
{
	static const struct cbpf_insn insns[] = {
		INSN(BPF_LD | BPF_H | BPF_ABS, 0, 0, 12),
		INSN(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0x800),
		RET(262144), RET(0),
	};

	is_str(made(insns, COUNT(insns), HEAD_PAD), BEGIN
	       "(000) ldh [12]\n"
	       "\t   3: r0 = *(u32 *)(r6 +72)\n"
	       "\t   4: if w0 >= 0xe goto +2\n"
	       "\t   5: r0 = 0\n"
	       "\t   6: exit\n"
	       "\t   7: r7 = *(u16 *)(r6 +14)\n"
	       "\t   8: r7 = be16 r7\n"
	       "(001) jeq #0x800 jt 2 jf 3\n"
	       "\t   9: if w7 != 0x800 goto +2\n"
	       "(002) ret #262144\n"
	       "\t  10: r0 = 1\n"
	       "\t  11: exit\n"
	       "(003) ret #0\n"
	       "\t  12: r0 = 0\n"
	       "\t  13: exit\n", "a number of the head, and two ends");
}

/* Those that are not on a word are read byte by byte. */
static void test_unaligned(void)
{
	static const struct cbpf_insn insns[] = {
		INSN(BPF_LD | BPF_H | BPF_ABS, 0, 0, 62),
		INSN(BPF_LD | BPF_W | BPF_ABS, 0, 0, 2),
		INSN(BPF_RET | BPF_A, 0, 0, 0),
	};

	is_str(made(insns, COUNT(insns), 0), BEGIN
	       "(000) ldh [62]\n"
	       "\t   3: r0 = *(u32 *)(r6 +72)\n"
	       "\t   4: if w0 >= 0x40 goto +2\n"
	       "\t   5: r0 = 0\n"
	       "\t   6: exit\n"
	       "\t   7: r7 = *(u16 *)(r6 +62)\n"
	       "\t   8: r7 = be16 r7\n"
	       "(001) ld [2]\n"
	       "\t   9: r7 = *(u8 *)(r6 +2)\n"
	       "\t  10: w7 <<= 8\n"
	       "\t  11: r1 = *(u8 *)(r6 +3)\n"
	       "\t  12: w7 |= w1\n"
	       "\t  13: w7 <<= 8\n"
	       "\t  14: r1 = *(u8 *)(r6 +4)\n"
	       "\t  15: w7 |= w1\n"
	       "\t  16: w7 <<= 8\n"
	       "\t  17: r1 = *(u8 *)(r6 +5)\n"
	       "\t  18: w7 |= w1\n"
	       "(002) ret a\n"
	       "\t  19: if w7 != 0x0 goto +2\n"
	       "\t  20: r0 = 0\n"
	       "\t  21: exit\n"
	       "\t  22: r0 = 1\n"
	       "\t  23: exit\n", "on a word, and not");
}

/* What the object's functions are asked. */
static void test_calls(void)
{
	static const struct cbpf_insn insns[] = {
		INSN(BPF_LD | BPF_B | BPF_ABS, 0, 0, 64),
		INSN(BPF_LD | BPF_W | BPF_IND, 0, 0, 16),
		INSN(BPF_LDX | BPF_W | BPF_LEN, 0, 0, 0),
		INSN(BPF_LD | BPF_B | BPF_ABS, 0, 0,
		     SKF_AD_OFF + SKF_AD_PKTTYPE),
		INSN(BPF_LD | BPF_W | BPF_ABS, 0, 0,
		     SKF_AD_OFF + SKF_AD_IFINDEX),
		RET(1),
	};

	is_str(made(insns, COUNT(insns), 0), BEGIN
	       "(000) ldb [64]\n"
	       "\t   3: w2 = 64\n"
	       "\t   4: r1 = r6\n"
	       "\t   5: w3 = 1\n"
	       "\t   6: call filter_load\n"
	       "\t   7: if r0 s>= 0x0 goto +2\n"
	       "\t   8: r0 = 0\n"
	       "\t   9: exit\n"
	       "\t  10: w7 = w0\n"
	       "(001) ld [x + 16]\n"
	       "\t  11: w2 = 16\n"
	       "\t  12: r2 += r8\n"
	       "\t  13: r1 = r6\n"
	       "\t  14: w3 = 4\n"
	       "\t  15: call filter_load\n"
	       "\t  16: if r0 s>= 0x0 goto +2\n"
	       "\t  17: r0 = 0\n"
	       "\t  18: exit\n"
	       "\t  19: w7 = w0\n"
	       "(002) ldx #pktlen\n"
	       "\t  20: r1 = r6\n"
	       "\t  21: call filter_len\n"
	       "\t  22: w8 = w0\n"
	       "(003) ldb [4294963204]\n"
	       "\t  23: r1 = r6\n"
	       "\t  24: call filter_type\n"
	       "\t  25: w7 = w0\n"
	       "(004) ld [4294963208]\n"
	       "\t  26: r1 = r6\n"
	       "\t  27: call filter_ifindex\n"
	       "\t  28: w7 = w0\n"
	       "(005) ret #1\n"
	       "\t  29: r0 = 1\n"
	       "\t  30: exit\n", "behind the head, length, type, interface");
}

/* Arithmetic that eBPF does otherwise, and scratch memory: two words of it. */
static void test_arithmetic(void)
{
	static const struct cbpf_insn insns[] = {
		INSN(BPF_LDX | BPF_B | BPF_MSH, 0, 0, 14),
		INSN(BPF_ST, 0, 0, 3),
		INSN(BPF_STX, 0, 0, 15),
		INSN(BPF_ALU | BPF_DIV | BPF_X, 0, 0, 0),
		INSN(BPF_ALU | BPF_LSH | BPF_X, 0, 0, 0),
		INSN(BPF_ALU | BPF_RSH | BPF_K, 0, 0, 31),
		INSN(BPF_ALU | BPF_NEG, 0, 0, 0),
		INSN(BPF_ALU | BPF_AND | BPF_K, 0, 0, -1U),
		INSN(BPF_LDX | BPF_MEM, 0, 0, 15),
		INSN(BPF_LD | BPF_MEM, 0, 0, 3),
		INSN(BPF_MISC | BPF_TXA, 0, 0, 0),
		INSN(BPF_MISC | BPF_TAX, 0, 0, 0),
		RET(0),
	};

	is_str(made(insns, COUNT(insns), HEAD_PAD), BEGIN
	       "\t   3: *(u64 *)(r10 -8) = r7\n"
	       "\t   4: *(u64 *)(r10 -16) = r7\n"
	       "(000) ldbx 4*([14]&0xf)\n"
	       "\t   5: r0 = *(u32 *)(r6 +72)\n"
	       "\t   6: if w0 >= 0xf goto +2\n"
	       "\t   7: r0 = 0\n"
	       "\t   8: exit\n"
	       "\t   9: r8 = *(u8 *)(r6 +16)\n"
	       "\t  10: w8 &= 15\n"
	       "\t  11: w8 <<= 2\n"
	       "(001) st M[3]\n"
	       "\t  12: *(u64 *)(r10 -8) = r7\n"
	       "(002) stx M[15]\n"
	       "\t  13: *(u64 *)(r10 -16) = r8\n"
	       "(003) div x\n"
	       "\t  14: if w8 != 0x0 goto +2\n"
	       "\t  15: r0 = 0\n"
	       "\t  16: exit\n"
	       "\t  17: w7 /= w8\n"
	       "(004) lsh x\n"
	       "\t  18: if w8 < 0x20 goto +2\n"
	       "\t  19: w7 = 0\n"
	       "\t  20: goto +1\n"
	       "\t  21: w7 <<= w8\n"
	       "(005) rsh #0x1f\n"
	       "\t  22: w7 >>= 31\n"
	       "(006) neg\n"
	       "\t  23: w7 = -w7\n"
	       "(007) and #0xffffffff\n"
	       "\t  24: w7 &= -1\n"
	       "(008) ldx M[15]\n"
	       "\t  25: r8 = *(u64 *)(r10 -16)\n"
	       "(009) ld M[3]\n"
	       "\t  26: r7 = *(u64 *)(r10 -8)\n"
	       "(010) txa\n"
	       "\t  27: w7 = w8\n"
	       "(011) tax\n"
	       "\t  28: w8 = w7\n"
	       "(012) ret #0\n"
	       "\t  29: r0 = 0\n"
	       "\t  30: exit\n", "arithmetic");
}

static void test_refused(void)
{
	static const struct cbpf_insn none[] = {
		INSN(BPF_JMP | BPF_JA, 0, 0, 1), RET(0),
	};
	struct obj_prog func;

	is_int(ebpf_make("f", none, COUNT(none), 0, &func, NULL), -EINVAL,
	       "no program");
	ok(!func.insns && !func.name, "... and nothing is made");
}

int main(void)
{
	tap_plan(6);
	test_plain();
	test_unaligned();
	test_calls();
	test_arithmetic();
	test_refused();
	return tap_done();
}
