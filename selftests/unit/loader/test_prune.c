// SPDX-License-Identifier: GPL-2.0-only
/* What a program never comes to is taken out; all else stays what it was. */
#include "../../../loader/elf/prune.h"
#include "../../../loader/filter/ebpf_code.h"
#include "../tap.h"

#define CALL(skip)	INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, skip)
#define HELPER(id)	INSN(BPF_JMP | BPF_CALL, 0, 0, 0, id)
#define MOV(reg, k)	ALU64_K(BPF_MOV, reg, k)
#define COPY(reg, src)	ALU64_X(BPF_MOV, reg, src)
#define CONSTANT(reg, k) \
	INSN(BPF_LD | BPF_IMM | BPF_DW, reg, 0, 0, k), \
	INSN(0, 0, 0, 0, (uint64_t)(k) >> 32)
#define SIZE(list)	(sizeof(list) / sizeof(*(list)))

/* @insns become @want. */
static void becomes(struct bpf_insn *insns, uint32_t count,
		    const struct bpf_insn *want, uint32_t left,
		    const char *what)
{
	int got = prune(insns, count);

	if (!is_int(got, left, what))
		return;
	ok(!memcmp(insns, want, left * sizeof(*want)), "... and which");
}

#define BECOMES(from, to, what) becomes(from, SIZE(from), to, SIZE(to), what)

static void stays(struct bpf_insn *insns, uint32_t count, const char *what)
{
	struct bpf_insn before[16];

	memcpy(before, insns, count * sizeof(*insns));
	is_int(prune(insns, count), count, what);
	ok(!memcmp(before, insns, count * sizeof(*insns)), "... nor changes");
}

#define STAYS(list, what) stays(list, SIZE(list), what)

static void test_constant(void)
{
	struct bpf_insn taken[] = {
		CONSTANT(R1, 0), JUMP64_K(BPF_JEQ, R1, 0, 2),
		MOV(R0, 7), HELPER(5), MOV(R0, 1), EXIT(),
	};
	struct bpf_insn not_taken[] = {
		CONSTANT(R1, 1ULL << 32), JUMP64_K(BPF_JEQ, R1, 0, 2),
		MOV(R0, 7), EXIT(), MOV(R0, 1), EXIT(),
	};
	static const struct bpf_insn only_taken[] = {
		CONSTANT(R1, 0), JUMP(0), MOV(R0, 1), EXIT(),
	};
	static const struct bpf_insn only_not[] = {
		CONSTANT(R1, 1ULL << 32), MOV(R0, 7), EXIT(),
	};

	BECOMES(taken, only_taken, "a jump that is always taken");
	BECOMES(not_taken, only_not, "one that is never taken, by 64 bits");
}

static void test_computed(void)
{
	/* (5 << 4 | 1) as 32 bits, copied: 81, which is > 80, & 1 */
	struct bpf_insn insns[] = {
		MOV(R1, 5), ALU64_K(BPF_LSH, R1, 4), ALU64_K(BPF_OR, R1, 1),
		INSN(BPF_ALU | BPF_MOV | BPF_X, R2, R1, 0, 0),
		JUMP64_K(BPF_JLE, R2, 80, 2), JUMP32_K(BPF_JSET, R2, 2, 1),
		EXIT(), MOV(R0, 9), EXIT(),
	};
	static const struct bpf_insn want[] = {
		MOV(R1, 5), ALU64_K(BPF_LSH, R1, 4), ALU64_K(BPF_OR, R1, 1),
		INSN(BPF_ALU | BPF_MOV | BPF_X, R2, R1, 0, 0), EXIT(),
	};
	/* -1 is 0xffffffff of 32 bits, less than 0 with a sign */
	struct bpf_insn narrow[] = {
		INSN(BPF_ALU | BPF_MOV | BPF_K, R1, 0, 0, -1),
		JUMP64_K(BPF_JSLT, R1, 0, 1), JUMP32_K(BPF_JSLT, R1, 0, 1),
		EXIT(), MOV(R0, 9), EXIT(),
	};
	static const struct bpf_insn want_narrow[] = {
		INSN(BPF_ALU | BPF_MOV | BPF_K, R1, 0, 0, -1), JUMP(0),
		MOV(R0, 9), EXIT(),
	};

	BECOMES(insns, want, "what is computed of constants");
	BECOMES(narrow, want_narrow, "32 bits, with and without a sign");
}

/* A jump across what goes, forward and back, gets a shorter distance. */
static void test_distances(void)
{
	struct bpf_insn insns[] = {
		MOV(R6, 1), HELPER(5), JUMP64_K(BPF_JEQ, R0, 3, 4),
		JUMP64_K(BPF_JEQ, R6, 1, 2), HELPER(6), HELPER(7),
		JUMP(-6), EXIT(),
	};
	static const struct bpf_insn want[] = {
		MOV(R6, 1), HELPER(5), JUMP64_K(BPF_JEQ, R0, 3, 2),
		JUMP(0), JUMP(-4), EXIT(),
	};

	BECOMES(insns, want, "jumps across");
}

static void test_ways_meet(void)
{
	struct bpf_insn differ[] = {
		HELPER(5), MOV(R1, 0), JUMP64_K(BPF_JEQ, R0, 3, 1), MOV(R1, 1),
		JUMP64_K(BPF_JEQ, R1, 0, 1), MOV(R0, 1), EXIT(),
	};
	struct bpf_insn loop[] = {
		MOV(R6, 3), HELPER(5), ALU64_K(BPF_SUB, R6, 1),
		JUMP64_K(BPF_JNE, R6, 0, -3), EXIT(),
	};
	struct bpf_insn same[] = {
		HELPER(5), MOV(R1, 1), JUMP64_K(BPF_JEQ, R0, 3, 1), MOV(R1, 1),
		JUMP64_K(BPF_JEQ, R1, 0, 1), MOV(R0, 1), EXIT(),
	};
	static const struct bpf_insn want[] = {
		HELPER(5), MOV(R1, 1), JUMP64_K(BPF_JEQ, R0, 3, 1), MOV(R1, 1),
		MOV(R0, 1), EXIT(),
	};

	STAYS(differ, "two ways, two values: nothing goes");
	STAYS(loop, "a loop: nothing goes");
	BECOMES(same, want, "two ways, one value");
}

static void test_calls(void)
{
	/* The first function is called with 0 alone, the second one by nobody left. */
	struct bpf_insn insns[] = {
		MOV(R1, 0), MOV(R6, 4), CALL(5), JUMP64_K(BPF_JEQ, R6, 4, 1),
		CALL(7), MOV(R1, 0), CALL(1), EXIT(),
		JUMP64_K(BPF_JEQ, R1, 0, 1), HELPER(5), MOV(R0, 2), EXIT(),
		HELPER(6), EXIT(),
	};
	static const struct bpf_insn want[] = {
		MOV(R1, 0), MOV(R6, 4), CALL(4), JUMP(0),
		MOV(R1, 0), CALL(1), EXIT(),
		JUMP(0), MOV(R0, 2), EXIT(),
	};
	struct bpf_insn two[] = {
		MOV(R1, 0), CALL(3), MOV(R1, 1), CALL(1), EXIT(),
		JUMP64_K(BPF_JEQ, R1, 0, 1), HELPER(5), MOV(R0, 2), EXIT(),
	};

	BECOMES(insns, want, "functions and their arguments");
	STAYS(two, "a function with two values");
}

/* What writes a register is not taken for one that does not. */
static void test_unknown(void)
{
	struct bpf_insn loads[] = {
		MOV(R2, 0), LOAD(BPF_DW, R2, R1, 0),
		JUMP64_K(BPF_JEQ, R2, 0, 1), MOV(R0, 1), MOV(R0, 2), EXIT(),
	};
	struct bpf_insn atomic[] = {
		MOV(R2, 0), INSN(BPF_STX | 0xc0 | BPF_DW, R10, R2, -8, 1),
		JUMP64_K(BPF_JEQ, R2, 0, 1), MOV(R0, 1), MOV(R0, 2), EXIT(),
	};
	struct bpf_insn helper[] = {
		MOV(R5, 0), HELPER(5),
		JUMP64_K(BPF_JEQ, R5, 0, 1), MOV(R0, 1), MOV(R0, 2), EXIT(),
	};
	struct bpf_insn map[] = {
		INSN(BPF_LD | BPF_IMM | BPF_DW, R1, BPF_PSEUDO_MAP_FD, 0, 0),
		INSN(0, 0, 0, 0, 0),
		JUMP64_K(BPF_JEQ, R1, 0, 1), MOV(R0, 1), MOV(R0, 2), EXIT(),
	};
	struct bpf_insn swapped[] = {
		MOV(R1, 1), SWAP(R1, 16),
		JUMP64_K(BPF_JEQ, R1, 1, 1), MOV(R0, 1), MOV(R0, 2), EXIT(),
	};

	STAYS(loads, "a load");
	STAYS(atomic, "an atomic operation");
	STAYS(helper, "a helper's r0 to r5");
	STAYS(map, "a map's descriptor");
	STAYS(swapped, "another byte order");
}

/* The kernel says what is wrong with these, or knows what they are. */
static void test_strange(void)
{
	struct bpf_insn beyond[] = { MOV(R1, 0), JUMP(1), EXIT() };
	struct bpf_insn before[] = { MOV(R1, 0), JUMP(-3), EXIT() };
	struct bpf_insn endless[] = { MOV(R1, 0), MOV(R0, 0) };
	struct bpf_insn half[] = { JUMP(0), INSN(BPF_LD | BPF_IMM | BPF_DW, R1, 0, 0, 0) };
	struct bpf_insn into[] = { JUMP(1), CONSTANT(R1, 0), EXIT() };
	struct bpf_insn newer[] = {
		INSN(BPF_JMP | 0xe0, 0, 0, 1, 0), HELPER(5), EXIT(),
	};
	struct bpf_insn far[] = {
		INSN(BPF_JMP32 | BPF_JA, 0, 0, 0, 1), HELPER(5), EXIT(),
	};
	struct bpf_insn callback[] = {
		INSN(BPF_LD | BPF_IMM | BPF_DW, R1, BPF_PSEUDO_FUNC, 0, 3),
		INSN(0, 0, 0, 0, 0), HELPER(181), EXIT(), HELPER(5), EXIT(),
	};

	STAYS(beyond, "a jump behind the end");
	STAYS(before, "... before the beginning");
	STAYS(endless, "no end");
	STAYS(half, "half of an ld_imm64");
	STAYS(into, "a jump into one");
	STAYS(newer, "a jump of another kind");
	STAYS(far, "a jump of 32 bits");
	STAYS(callback, "a function that a helper calls");
}

int main(void)
{
	tap_plan(46);
	test_constant();
	test_computed();
	test_distances();
	test_ways_meet();
	test_calls();
	test_unknown();
	test_strange();
	return tap_done();
}
