// SPDX-License-Identifier: GPL-2.0-only
/*
 * Follows all ways through the program from its first instruction on, with what is known
 * of the registers at each instruction. Where ways meet, only what all of them know is
 * known; so each instruction is looked at again until nothing changes (conditional
 * constant propagation).
 */
#include "prune.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

#include "insn.h"
#include "known.h"

struct pruning {
	struct bpf_insn *insns;
	uint32_t count;
	struct knowledge *at; /* what is known before each instruction … */
	bool *reached; /* … that some way leads to */
	uint32_t *waiting; /* those to be looked at (again) */
	uint32_t waiting_count;
	bool *is_waiting;
	uint32_t *places; /* where each of them goes */
	bool is_strange; /* something is not known here, or wrong */
};

/* One more way leads to @to, with @known. */
static void lead(struct pruning *it, int64_t to, const struct knowledge *known)
{
	if (to < 0 || to >= it->count) {
		it->is_strange = true;
		return;
	}
	if (!it->reached[to])
		it->at[to] = *known;
	else if (!known_join(&it->at[to], known))
		return;
	it->reached[to] = true;
	if (!it->is_waiting[to])
		it->waiting[it->waiting_count++] = to;
	it->is_waiting[to] = true;
}

/* The function gets r1 to r5 and a stack of its own. */
static void lead_call(struct pruning *it, uint32_t n, struct knowledge known)
{
	known.regs &= ARGUMENTS;
	lead(it, (int64_t)n + 1 + it->insns[n].imm, &known);
}

static void look_jump(struct pruning *it, uint32_t n)
{
	const struct bpf_insn *insn = &it->insns[n];
	const struct knowledge *known = &it->at[n];
	int64_t to = (int64_t)n + 1 + insn->off;
	enum decision decision = known_jump(known, insn);

	if (decision != JUMP_NEVER)
		lead(it, to, known);
	if (decision != JUMP_ALWAYS)
		lead(it, (int64_t)n + 1, known);
}

static bool is_jump(const struct bpf_insn *insn)
{
	uint8_t class = BPF_CLASS(insn->code);

	return (class == BPF_JMP || class == BPF_JMP32) &&
	       insn->code != (BPF_JMP | BPF_CALL) &&
	       insn->code != (BPF_JMP | BPF_EXIT);
}

/*
 * What is not understood here: jumps of another form, a function given to a helper, and
 * what is no instruction, as the second half of an ld_imm64.
 */
static bool is_strange(const struct bpf_insn *insn)
{
	if (is_jump(insn) && insn->code != (BPF_JMP | BPF_JA))
		return BPF_OP(insn->code) == BPF_JA ||
		       BPF_OP(insn->code) > BPF_JSLE;
	return !insn->code ||
	       (insn->code == LD_IMM64 && insn->src_reg == BPF_PSEUDO_FUNC);
}

static void look(struct pruning *it, uint32_t n)
{
	const struct bpf_insn *insn = &it->insns[n];
	uint32_t size = insn->code == LD_IMM64 ? 2 : 1;
	struct knowledge after = it->at[n];

	if (is_strange(insn) || n + size > it->count) {
		it->is_strange = true;
		return;
	}
	if (insn->code == (BPF_JMP | BPF_EXIT))
		return;
	if (is_jump(insn)) {
		look_jump(it, n);
		return;
	}
	if (insn_is_call(insn))
		lead_call(it, n, after);
	known_step(&after, insn);
	lead(it, (int64_t)n + size, &after);
}

static bool is_kept(const struct pruning *it, uint32_t n)
{
	const struct bpf_insn *insn = &it->insns[n];

	if (n && it->insns[n - 1].code == LD_IMM64 && it->reached[n - 1])
		return true; /* its second half */
	return it->reached[n] &&
	       !(is_jump(insn) &&
		 known_jump(&it->at[n], insn) == JUMP_NEVER);
}

/* What is left out has the place of the next one that is not. Returns how many are left. */
static uint32_t set_places(struct pruning *it)
{
	uint32_t left = 0;

	for (uint32_t n = 0; n < it->count; n++) {
		it->places[n] = left;
		left += is_kept(it, n);
	}
	it->places[it->count] = left;
	return left;
}

/* Instruction @n as it is in its new place. */
static struct bpf_insn moved(const struct pruning *it, uint32_t n)
{
	struct bpf_insn insn = it->insns[n];
	uint32_t next = it->places[n] + 1;

	if (!it->reached[n])
		return insn;
	if (insn_is_call(&insn)) {
		insn.imm = it->places[n + 1 + insn.imm] - next;
	} else if (is_jump(&insn)) {
		if (known_jump(&it->at[n], &insn) == JUMP_ALWAYS)
			insn = (struct bpf_insn){ .code = BPF_JMP | BPF_JA,
						  .off = insn.off };
		insn.off = it->places[n + 1 + insn.off] - next;
	}
	return insn;
}

static uint32_t compact(struct pruning *it)
{
	uint32_t left = set_places(it);

	for (uint32_t n = 0; n < it->count; n++)
		if (it->places[n] < it->places[n + 1])
			it->insns[it->places[n]] = moved(it, n);
	return left;
}

static void free_all(struct pruning *it)
{
	free(it->at);
	free(it->reached);
	free(it->waiting);
	free(it->is_waiting);
	free(it->places);
}

int prune(struct bpf_insn *insns, uint32_t count)
{
	struct pruning it = {
		.insns = insns,
		.count = count,
		.at = calloc(count + 1, sizeof(*it.at)),
		.reached = calloc(count + 1, sizeof(*it.reached)),
		.waiting = calloc(count + 1, sizeof(*it.waiting)),
		.is_waiting = calloc(count + 1, sizeof(*it.is_waiting)),
		.places = calloc(count + 1, sizeof(*it.places)),
	};
	static const struct knowledge nothing;
	int ret = -ENOMEM;

	if (it.at && it.reached && it.waiting && it.is_waiting && it.places) {
		lead(&it, 0, &nothing);
		while (it.waiting_count && !it.is_strange) {
			uint32_t n = it.waiting[--it.waiting_count];

			it.is_waiting[n] = false;
			look(&it, n);
		}
		ret = it.is_strange ? count : compact(&it);
	}
	free_all(&it);
	return ret;
}
