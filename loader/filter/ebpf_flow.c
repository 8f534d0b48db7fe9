// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <linux/filter.h>
#include <stdbool.h>
#include <stdlib.h>

#include "../../bpf/packet.h"
#include "ebpf_own.h"

#define RUN_MIN	8	/* comparisons in a row that are made without branches */

bool ebpf_is_back(const struct cbpf_insn *insn)
{
	return insn->code == (BPF_JMP | BPF_JA) && insn->k >> 31;
}

/* Where a jump there leads in the end. */
static uint32_t final_target(const struct translation *it, uint32_t at)
{
	const struct cbpf_insn *insn = &it->insns[at];

	while (insn->code == (BPF_JMP | BPF_JA) && !ebpf_is_back(insn)) {
		at += 1 + insn->k;
		insn = &it->insns[at];
	}
	return at;
}

static bool is_end(const struct translation *it, uint32_t at)
{
	return it->insns[at].code == (BPF_RET | BPF_K);
}

/* What a conditional jump is made of. */
struct cond_jump {
	struct bpf_insn jump;	/* if it jumps … */
	uint32_t to, rest;		/* … where; and where it goes else. The same: both ways
				   lead there */
};

/* The opposite of a condition; 0: it has none. */
static int opposite(int op)
{
	switch (op) {
	case BPF_JEQ:
		return BPF_JNE;
	case BPF_JGT:
		return BPF_JLE;
	case BPF_JGE:
		return BPF_JLT;
	}
	return 0;
}

static struct cond_jump branch_by(const struct cbpf_insn *insn, int op,
				  uint32_t to, uint32_t rest)
{
	return (struct cond_jump){
		.jump = BPF_SRC(insn->code) == BPF_X ?
				JUMP32_X(op, A, X, 0) :
				JUMP32_K(op, A, insn->k, 0),
		.to = to,
		.rest = rest,
	};
}

/*
 * The verifier first follows the branch without the jump, and remembers the other one.
 * So that it has little to remember, that first branch is the one that ends: jumps lead
 * away from ends.
 */
static struct cond_jump branch_of(const struct translation *it, uint32_t at)
{
	const struct cbpf_insn *insn = &it->insns[at];
	uint32_t yes = final_target(it, at + 1 + insn->jt);
	uint32_t no = final_target(it, at + 1 + insn->jf);
	int op = BPF_OP(insn->code);

	if (is_end(it, yes) && opposite(op))
		return branch_by(insn, opposite(op), no, yes);
	return branch_by(insn, op, yes, no);
}

/* Is that what comes behind what was made of instruction @at? */
static bool is_next(const struct translation *it, uint32_t at, uint32_t target)
{
	do
		at++;
	while (at < target && !it->reached[at]);
	return at == target && it->reached[at];
}

/* Goes on there; where nothing but the end is, that is put here: it is near. */
static void put_goto(struct translation *it, uint32_t at, uint32_t target)
{
	if (is_next(it, at, target))
		return;
	if (is_end(it, target))
		ebpf_put_ret(it, &it->insns[target]);
	else
		code_jump(&it->code, JUMP(0), target);
}

static void put_branch(struct translation *it, uint32_t at)
{
	struct cond_jump branch = branch_of(it, at);

	if (branch.to != branch.rest)
		code_jump(&it->code, branch.jump, branch.to);
	put_goto(it, at, branch.rest);
}

/*
 * The verifier forgets what it knew of numbers: else it would go through the loop
 * for each value that it can tell apart. It does not know the difference of two
 * addresses, and what is XORed with that (any_u32() in bpf/helpers.h).
 */
static void put_forget(struct code *code)
{
	code_add(code, ALU64_X(BPF_MOV, R1, R10));
	code_add(code, ALU64_X(BPF_SUB, R1, R10));
	code_add(code, ALU32_X(BPF_XOR, A, R1));
	code_add(code, ALU32_X(BPF_XOR, X, R1));
}

static int loop_turns_at(const struct translation *it, uint32_t target)
{
	uint32_t n = 0;

	while (n + 1 < it->loop_count && it->loops[n] != target)
		n++;
	return ebpf_turns_at(it, n);
}

/* Once more, if the turns are not at their end. */
static void put_back(struct translation *it, uint32_t target)
{
	int turns = loop_turns_at(it, target);
	struct code *code = &it->code;

	code_add(code, LOAD(BPF_DW, R0, R10, turns));
	ebpf_put_unless(it, JUMP64_K(BPF_JNE, R0, FILTER_TURNS, 0));
	code_add(code, ALU64_K(BPF_ADD, R0, 1));
	code_add(code, STORE(BPF_DW, R10, turns, R0));
	put_forget(code);
	code_jump(code, JUMP(0), target);
}

/* Does it compare A with a constant, and lead there if it is that? */
static bool is_comparison(const struct translation *it, uint32_t at,
			  uint32_t target)
{
	const struct cbpf_insn *insn = &it->insns[at];

	return insn->code == (BPF_JMP | BPF_JEQ | BPF_K) &&
	       final_target(it, at + 1 + insn->jt) == target;
}

/*
 * How many comparisons follow each other that all lead to the same place, each reached
 * from the one before alone.
 */
static uint32_t run_len(const struct translation *it, uint32_t at)
{
	uint32_t target = final_target(it, at + 1 + it->insns[at].jt);
	uint32_t end = at;

	while (is_comparison(it, end, target)) {
		end++;
		if (it->insns[end - 1].jf ||
		    it->reached[end] != REACHED_FROM_BEFORE)
			break;
	}
	return end - at;
}

/*
 * Adds a comparison of a run without a branch, since the verifier remembers a state for
 * each branch. R2 is negative if one comparison so far was true: a number of 32 bits
 * minus 1 is negative only if it was 0.
 */
static void put_comparison(struct translation *it, uint32_t at, int is_first)
{
	struct code *code = &it->code;
	int to = is_first ? R2 : R1;

	code_add(code, ALU64_X(BPF_MOV, to, A));
	code_add(code, ALU32_K(BPF_XOR, to, it->insns[at].k));
	code_add(code, ALU64_K(BPF_ADD, to, -1));
	if (!is_first)
		code_add(code, ALU64_X(BPF_OR, R2, R1));
}

/* What comes of a run, whose last comparison is @at. */
static void put_run_end(struct translation *it, uint32_t at)
{
	const struct cbpf_insn *insn = &it->insns[at];
	uint32_t yes = final_target(it, at + 1 + insn->jt);
	uint32_t no = final_target(it, at + 1 + insn->jf);
	struct code *code = &it->code;

	if (is_end(it, yes)) {
		code_jump(code, JUMP64_K(BPF_JSGE, R2, 0, 0), no);
		put_goto(it, at, yes);
	} else {
		code_jump(code, JUMP64_K(BPF_JSLT, R2, 0, 0), yes);
		put_goto(it, at, no);
	}
}

/* 0: it is in no run that is worth it. */
static int put_in_run(struct translation *it, uint32_t at)
{
	uint32_t len = at < it->run_end ? 0 : run_len(it, at);

	if (len >= RUN_MIN)
		it->run_end = at + len;
	if (at >= it->run_end)
		return 0;
	put_comparison(it, at, len != 0);
	if (at + 1 == it->run_end)
		put_run_end(it, at);
	return 1;
}

void ebpf_put_jump(struct translation *it, uint32_t at)
{
	const struct cbpf_insn *insn = &it->insns[at];

	if (BPF_OP(insn->code) == BPF_JEQ && put_in_run(it, at))
		return;
	if (BPF_OP(insn->code) != BPF_JA)
		put_branch(it, at);
	else if (ebpf_is_back(insn))
		put_back(it, at + 1 + insn->k);
	else
		put_goto(it, at, final_target(it, at));
}

void ebpf_put_ret(struct translation *it, const struct cbpf_insn *insn)
{
	if (BPF_RVAL(insn->code) == BPF_K) {
		code_return(&it->code, insn->k != 0);
		return;
	}
	ebpf_put_unless(it, JUMP32_K(BPF_JNE, A, 0, 0));
	code_return(&it->code, 1);
}

void ebpf_put_unless(struct translation *it, struct bpf_insn holds)
{
	holds.off = code_return_len(&it->code);
	code_add(&it->code, holds);
	code_return(&it->code, 0);
}

/*
 * Writes to @out which instructions may follow instruction @at: where it goes on or
 * jumps to. Returns how many, two at most.
 */
static int followers(const struct translation *it, uint32_t at, uint32_t *out)
{
	const struct cbpf_insn *insn = &it->insns[at];
	uint32_t rest = at + 1;
	int count = 0;

	if (BPF_CLASS(insn->code) == BPF_RET)
		return 0;
	if (ebpf_is_back(insn)) {
		out[count++] = at + 1 + insn->k;
		return count;
	}
	if (insn->code == (BPF_JMP | BPF_JA)) {
		rest = final_target(it, at);
	} else if (BPF_CLASS(insn->code) == BPF_JMP) {
		struct cond_jump branch = branch_of(it, at);

		rest = branch.rest;
		if (branch.to != rest)
			out[count++] = branch.to;
	}
	if (rest == at + 1 || !is_end(it, rest))
		out[count++] = rest;
	return count;
}

int ebpf_see_reached(struct translation *it)
{
	uint32_t *todo = calloc(it->count, sizeof(*todo)), todos = 1, next[2];

	if (!todo)
		return -ENOMEM;
	it->reached[0] = REACHED_FROM_BEFORE;
	while (todos) {
		uint32_t at = todo[--todos];

		for (int n = followers(it, at, next); n-- > 0;) {
			if (!it->reached[next[n]])
				todo[todos++] = next[n];
			it->reached[next[n]] |= next[n] == at + 1 ?
							REACHED_FROM_BEFORE :
							REACHED_FROM_AFAR;
		}
	}
	free(todo);
	return 0;
}
