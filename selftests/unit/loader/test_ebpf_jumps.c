// SPDX-License-Identifier: GPL-2.0-only
/* Classic BPF as extended BPF: jumps, loops, and what is far or not reached. */
#include <errno.h>

#include "../../../loader/elf/obj_funcs.h"
#include "../../../loader/filter/ebpf.h"
#include "ebpf_made.h"

/* Jumps go where others lead in the end, and away from ends. */
static void test_jumps(void)
{
	static const struct cbpf_insn insns[] = {
		INSN(BPF_JMP | BPF_JSET | BPF_K, 1, 0, 1),
		INSN(BPF_JMP | BPF_JA, 0, 0, 3),
		INSN(BPF_JMP | BPF_JGT | BPF_X, 3, 0, 0),
		INSN(BPF_JMP | BPF_JGE | BPF_K, 0, 0, 5),
		INSN(BPF_JMP | BPF_JA, 0, 0, 0),
		INSN(BPF_MISC | BPF_TAX, 0, 0, 0),
		RET(1),
	};

	is_str(made(insns, COUNT(insns), 0), BEGIN
	       "(000) jset #0x1 jt 2 jf 1\n"
	       "\t   3: if w7 & 0x1 goto +1\n"
	       "\t   4: goto +3\n"
	       "(001) ja 5\n"
	       "(002) jgt x jt 6 jf 3\n"
	       "\t   5: if w7 <= w8 goto +2\n"
	       "\t   6: r0 = 1\n"
	       "\t   7: exit\n"
	       "(003) jge #0x5 jt 4 jf 4\n"
	       "(004) ja 5\n"
	       "(005) tax\n"
	       "\t   8: w8 = w7\n"
	       "(006) ret #1\n"
	       "\t   9: r0 = 1\n"
	       "\t  10: exit\n", "jumps");
}

/* What cannot be reached is left out: memory and loops that it alone has as well. */
static void test_unreachable(void)
{
	static const struct cbpf_insn insns[] = {
		INSN(BPF_JMP | BPF_JA, 0, 0, 2),
		INSN(BPF_ST, 0, 0, 0),
		INSN(BPF_JMP | BPF_JA, 0, 0, -2U),
		INSN(BPF_MISC | BPF_TAX, 0, 0, 0),
		RET(0), RET(1),
	};

	is_str(made(insns, COUNT(insns), 0), BEGIN
	       "(000) ja 3\n"
	       "(001) st M[0]\n"
	       "(002) ja 1\n"
	       "(003) tax\n"
	       "\t   3: w8 = w7\n"
	       "(004) ret #0\n"
	       "\t   4: r0 = 0\n"
	       "\t   5: exit\n"
	       "(005) ret #1\n", "what cannot be reached");
}

/* Loops, as "protochain" has: each has turns of its own, by where it begins. */
static void test_loops(void)
{
	static const struct cbpf_insn insns[] = {
		INSN(BPF_JMP | BPF_JEQ | BPF_K, 2, 0, 7),
		INSN(BPF_MISC | BPF_TAX, 0, 0, 0),
		INSN(BPF_JMP | BPF_JA, 0, 0, -3U),
		INSN(BPF_JMP | BPF_JSET | BPF_X, 0, 1, 0),
		INSN(BPF_JMP | BPF_JA, 0, 0, -2U),
		RET(1),
	};

	is_str(made(insns, COUNT(insns), 0), BEGIN
	       "\t   3: *(u64 *)(r10 -8) = r7\n"
	       "\t   4: *(u64 *)(r10 -16) = r7\n"
	       "(000) jeq #0x7 jt 3 jf 1\n"
	       "\t   5: if w7 == 0x7 goto +12\n"
	       "(001) tax\n"
	       "\t   6: w8 = w7\n"
	       "(002) ja 0\n"
	       "\t   7: r0 = *(u64 *)(r10 -8)\n"
	       "\t   8: if r0 != 0x40 goto +2\n"
	       "\t   9: r0 = 0\n"
	       "\t  10: exit\n"
	       "\t  11: r0 += 1\n"
	       "\t  12: *(u64 *)(r10 -8) = r0\n"
	       "\t  13: r1 = r10\n"
	       "\t  14: r1 -= r10\n"
	       "\t  15: w7 ^= w1\n"
	       "\t  16: w8 ^= w1\n"
	       "\t  17: goto -13\n"
	       "(003) jset x jt 4 jf 5\n"
	       "\t  18: if w7 & w8 goto +2\n"
	       "\t  19: r0 = 1\n"
	       "\t  20: exit\n"
	       "(004) ja 3\n"
	       "\t  21: r0 = *(u64 *)(r10 -16)\n"
	       "\t  22: if r0 != 0x40 goto +2\n"
	       "\t  23: r0 = 0\n"
	       "\t  24: exit\n"
	       "\t  25: r0 += 1\n"
	       "\t  26: *(u64 *)(r10 -16) = r0\n"
	       "\t  27: r1 = r10\n"
	       "\t  28: r1 -= r10\n"
	       "\t  29: w7 ^= w1\n"
	       "\t  30: w8 ^= w1\n"
	       "\t  31: goto -14\n"
	       "(005) ret #1\n", "loops");
}

/* Eight comparisons in a row branch once; seven, or one that is jumped to, do not. */
static void test_run(void)
{
	struct cbpf_insn insns[11];
	const char *text;

	for (uint32_t i = 0; i < 9; i++)
		insns[i] = (struct cbpf_insn)INSN(BPF_JMP | BPF_JEQ | BPF_K,
						  8 - i, i == 8, 0x10 + i);
	insns[9] = (struct cbpf_insn)RET(1);
	insns[10] = (struct cbpf_insn)RET(0);
	insns[0].jt = 10 - 1;
	insns[0].jf = 1;
	text = made(insns, 11, 0);
	ok(!strstr(text, "r2 |= r1") && strstr(text, "if w7 != 0x18"),
	   "seven comparisons in a row");
	insns[0].jt = 8;
	insns[0].jf = 0;
	text = made(insns, 11, 0);
	ok(strstr(text, BEGIN "(000) jeq #0x10 jt 9 jf 1\n"
			"\t   3: r2 = r7\n"
			"\t   4: w2 ^= 16\n"
			"\t   5: r2 += -1\n"
			"(001) jeq #0x11 jt 9 jf 2\n"
			"\t   6: r1 = r7\n"
			"\t   7: w1 ^= 17\n"
			"\t   8: r1 += -1\n"
			"\t   9: r2 |= r1\n") == text,
	   "nine of them: without branches");
	ok(strstr(text, "(008) jeq #0x18 jt 9 jf 10\n"
			"\t  34: r1 = r7\n"
			"\t  35: w1 ^= 24\n"
			"\t  36: r1 += -1\n"
			"\t  37: r2 |= r1\n"
			"\t  38: if r2 s>= 0x0 goto +2\n"
			"(009) ret #1\n"
			"\t  39: r0 = 1\n"
			"\t  40: exit\n"
			"(010) ret #0\n") != NULL, "... but for one at the end");
}

/* The most that a stack has to hold: 16 words of memory, turns of 8 loops. */
static void test_stack(void)
{
	struct cbpf_insn insns[BPF_MEMWORDS + 24 + 1];
	struct obj_prog func;
	int lowest = 0;
	uint32_t at = 0;

	for (uint32_t i = 0; i < BPF_MEMWORDS; i++)
		insns[at++] = (struct cbpf_insn)INSN(BPF_ST, 0, 0, i);
	for (int i = 0; i < 12; i++) {
		insns[at++] = (struct cbpf_insn)INSN(BPF_JMP | BPF_JEQ, 1, 0, i);
		insns[at++] = (struct cbpf_insn)INSN(BPF_JMP | BPF_JA, 0, 0, -2U);
	}
	insns[at++] = (struct cbpf_insn)RET(1);
	is_int(ebpf_make("f", insns, at, 0, &func, NULL), 0, "many loops");
	for (uint32_t i = 0; i < func.insn_count; i++)
		if (func.insns[i].code == (BPF_STX | BPF_MEM | BPF_DW) &&
		    func.insns[i].off < lowest)
			lowest = func.insns[i].off;
	is_int(lowest, -8 * (BPF_MEMWORDS + 8), "... share the last one's turns");
	obj_func_clear(&func);
}

/*
 * Loads of 10 instructions each, or 14, and a jump over or, @back, behind them: to their
 * begin. *places, to be freed.
 */
static int make_far(uint32_t count, int back, struct obj_prog *func,
		    uint32_t **places)
{
	struct cbpf_insn *insns = calloc(count + 4, sizeof(*insns));
	struct cbpf_insn load = INSN(BPF_LD | BPF_ABS, 0, 0, 1);
	uint32_t at = 0;
	int error;

	if (!back) {
		insns[at++] = (struct cbpf_insn)INSN(BPF_JMP | BPF_JEQ, 1, 0, 0);
		insns[at++] = (struct cbpf_insn)INSN(BPF_JMP | BPF_JA, 0, 0, count);
	}
	for (uint32_t i = 0; i < count; i++)
		insns[at++] = load;
	if (back) {
		insns[at++] = (struct cbpf_insn)INSN(BPF_JMP | BPF_JEQ, 1, 0, 0);
		insns[at++] = (struct cbpf_insn)INSN(BPF_JMP | BPF_JA, 0, 0,
						     -2U - count);
	}
	insns[at++] = (struct cbpf_insn)INSN(BPF_RET | BPF_A, 0, 0, 0);
	*places = calloc(at, sizeof(**places));
	error = ebpf_make("f", insns, at, 0, func, *places);
	free(insns);
	return error;
}

/* Where the jump of instruction @at leads in the end; *stops on the way. */
static uint32_t lead(const struct obj_prog *func, uint32_t at, int *stops)
{
	at += 1 + func->insns[at].off;
	for (*stops = 0; func->insns[at].code == (BPF_JMP | BPF_JA); ++*stops)
		at += 1 + func->insns[at].off;
	return at;
}

/* Those that are too far for an instruction stop on their way, if that goes on. */
static void test_far(void)
{
	struct obj_prog func;
	uint32_t *places;
	int stops;

	is_int(make_far(700, 0, &func, &places), 0, "a jump over 7000 instructions");
	is_int(lead(&func, places[0] + 1, &stops), places[702], "... goes there");
	is_int(stops, 0, "... at once");
	obj_func_clear(&func);
	free(places);
	is_int(make_far(7000, 0, &func, &places), 0, "... over 70000");
	is_int(lead(&func, places[0] + 1, &stops), places[7002], "... goes there");
	ok(stops >= 3, "... with stops");
	obj_func_clear(&func);
	free(places);
	is_int(make_far(2000, 1, &func, &places), 0, "a jump back over 28000");
	obj_func_clear(&func);
	free(places);
	is_int(make_far(3000, 1, &func, &places), -E2BIG, "... over 42000");
	ok(!func.insns && !func.name, "... and nothing is made");
	free(places);
}

int main(void)
{
	tap_plan(17);
	test_jumps();
	test_unreachable();
	test_loops();
	test_run();
	test_stack();
	test_far();
	return tap_done();
}
