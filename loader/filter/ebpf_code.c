// SPDX-License-Identifier: GPL-2.0-only
#include "ebpf_code.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "../../lib/grow.h"

#define BRIDGE_EVERY	8192	/* instructions; what is made of one is far fewer */

/* Room for one more in a list; NULL and ->error: there is none. */
static void *room(struct code *code, void *list, uint32_t count, size_t size)
{
	void *grown = code->err ? NULL : grow(list, count, size);

	if (!grown && !code->err)
		code->err = -ENOMEM;
	return grown;
}

void code_add(struct code *code, struct bpf_insn insn)
{
	struct obj_prog *func = code->func;
	struct bpf_insn *insns = room(code, func->insns, func->insn_count,
				      sizeof(*insns));

	if (!insns)
		return;
	func->insns = insns;
	insns[func->insn_count++] = insn;
}

void code_jump(struct code *code, struct bpf_insn insn, uint32_t target)
{
	struct jump *jumps = room(code, code->jumps, code->jump_count,
				  sizeof(*jumps));

	if (!jumps)
		return;
	code->jumps = jumps;
	jumps[code->jump_count++] = (struct jump){ code->func->insn_count,
						   target };
	code_add(code, insn);
}

void code_call(struct code *code, const char *name)
{
	struct obj_prog *func = code->func;
	struct obj_reloc *relocs = room(code, func->relocs, func->reloc_count,
					sizeof(*relocs));

	if (!relocs)
		return;
	func->relocs = relocs;
	relocs += func->reloc_count++;
	*relocs = (struct obj_reloc){
		.insn = func->insn_count,
		.kind = RELOC_CALL,
	};
	strncpy(relocs->name, name, sizeof(relocs->name) - 1);
	code_add(code, INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, -1));
}

static void add_end(struct code *code, int result)
{
	code_add(code, ALU64_K(BPF_MOV, R0, result));
	code_add(code, EXIT());
}

void code_return(struct code *code, int result)
{
	if (code->ends) {
		code_jump(code, JUMP(0), code->ends + result);
		code->ends_used |= 1 << result;
	} else {
		add_end(code, result);
	}
}

int code_return_len(const struct code *code)
{
	return code->ends ? 1 : 2;
}

void code_end(struct code *code, int result)
{
	if (code->ends_used >> result & 1)
		add_end(code, result);
}

/* Can it go on behind the last instruction? */
static int falls_through(const struct obj_prog *func)
{
	uint8_t code = func->insns[func->insn_count - 1].code;

	return code != (BPF_JMP | BPF_EXIT) && code != (BPF_JMP | BPF_JA);
}

/* Has it to go on to a later place? */
static bool is_long(const struct code *code, const struct jump *jump,
		    uint32_t at)
{
	return jump->target > at &&
	       code->func->insn_count - jump->insn > BRIDGE_EVERY;
}

/* The stop for jumps to @target among those from number @first on; or ->jump_count. */
static uint32_t stop_for(const struct code *code, uint32_t first,
			 uint32_t target)
{
	while (first < code->jump_count &&
	       code->jumps[first].target != target)
		first++;
	return first;
}

/* Leads all long jumps to stops, which are jumps themselves. */
static void add_stops(struct code *code, uint32_t at)
{
	uint32_t first = code->jump_count, kept = 0, stop;

	for (uint32_t i = 0; i < first; i++) {
		struct jump jump = code->jumps[i];

		if (!is_long(code, &jump, at)) {
			code->jumps[kept++] = jump;
			continue;
		}
		stop = stop_for(code, first, jump.target);
		if (stop == code->jump_count)
			code_jump(code, JUMP(0), jump.target);
		if (code->err)
			return;
		code->func->insns[jump.insn].off =
			code->jumps[stop].insn - jump.insn - 1;
	}
	memmove(code->jumps + kept, code->jumps + first,
		(code->jump_count - first) * sizeof(*code->jumps));
	code->jump_count -= first - kept;
}

static bool has_long(const struct code *code, uint32_t at)
{
	for (uint32_t i = 0; i < code->jump_count; i++)
		if (is_long(code, &code->jumps[i], at))
			return true;
	return false;
}

void code_bridge(struct code *code, uint32_t at)
{
	struct obj_prog *func = code->func;
	uint32_t around = func->insn_count;
	int falls = falls_through(func);

	if (code->err || around - code->bridged < BRIDGE_EVERY)
		return;
	code->bridged = around;
	if (!has_long(code, at))
		return;
	if (falls)
		code_add(code, JUMP(0));
	add_stops(code, at);
	code->bridged = func->insn_count;
	if (falls && !code->err)
		func->insns[around].off = func->insn_count - around - 1;
}

int code_link(struct code *code, const uint32_t *places)
{
	for (uint32_t i = 0; !code->err && i < code->jump_count; i++) {
		const struct jump *jump = &code->jumps[i];
		int64_t skip = (int64_t)places[jump->target] - jump->insn - 1;

		if (skip < SHRT_MIN || skip > SHRT_MAX)
			code->err = -E2BIG;
		else
			code->func->insns[jump->insn].off = skip;
	}
	return code->err;
}
