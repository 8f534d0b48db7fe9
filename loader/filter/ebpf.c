// SPDX-License-Identifier: GPL-2.0-only
#include "ebpf.h"

#include <errno.h>
#include <linux/filter.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "../../bpf/packet.h"
#include "../elf/obj_funcs.h"
#include "ebpf_own.h"

static int uses_memory(const struct cbpf_insn *insn)
{
	switch (BPF_CLASS(insn->code)) {
	case BPF_LD:
	case BPF_LDX:
		return BPF_MODE(insn->code) == BPF_MEM;
	case BPF_ST:
	case BPF_STX:
		return 1;
	}
	return 0;
}

/* Beyond LOOPS_MAX they share the last one's turns. */
static void see_loop(struct translation *it, uint32_t target)
{
	for (uint32_t i = 0; i < it->loop_count; i++)
		if (it->loops[i] == target)
			return;
	if (it->loop_count < LOOPS_MAX)
		it->loops[it->loop_count++] = target;
}

/* What is kept on the stack. */
static void see_needs(struct translation *it)
{
	for (uint32_t i = 0; i < it->count; i++) {
		if (!it->reached[i])
			continue;
		if (uses_memory(&it->insns[i]))
			it->memory |= 1U << it->insns[i].k;
		if (ebpf_is_back(&it->insns[i]))
			see_loop(it, i + 1 + it->insns[i].k);
	}
}

/*
 * Makes the verifier forget what it learnt from the caller of the packet's bytes and
 * lengths (any_u32() in bpf/helpers.h), if the function is long: it would walk the
 * function once for each of these states.
 */
static void put_forget_packet(struct code *code)
{
	code_add(code, ALU64_X(BPF_MOV, R2, R10));
	code_add(code, ALU64_X(BPF_SUB, R2, R10));
	for (uint32_t at = 0; at < offsetof(struct filter_packet, at); at += WORD) {
		code_add(code, LOAD(BPF_DW, R1, PACKET, at));
		code_add(code, ALU64_X(BPF_XOR, R1, R2));
		code_add(code, STORE(BPF_DW, PACKET, at, R1));
	}
}

/* All of it begins as 0. */
static void put_begin(struct translation *it)
{
	int end = ebpf_turns_at(it, it->loop_count);
	struct code *code = &it->code;

	code_add(code, ALU64_X(BPF_MOV, PACKET, R1));
	if (code->ends)
		put_forget_packet(code);
	code_add(code, ALU64_K(BPF_MOV, A, 0));
	code_add(code, ALU64_K(BPF_MOV, X, 0));
	for (int at = -WORD; at > end; at -= WORD)
		code_add(code, STORE(BPF_DW, R10, at, A));
}

static void put_misc(struct code *code, const struct cbpf_insn *insn)
{
	if (BPF_MISCOP(insn->code) == BPF_TAX)
		code_add(code, ALU32_X(BPF_MOV, X, A));
	else
		code_add(code, ALU32_X(BPF_MOV, A, X));
}

static void put_insn(struct translation *it, uint32_t at)
{
	const struct cbpf_insn *insn = &it->insns[at];

	switch (BPF_CLASS(insn->code)) {
	case BPF_LD:
	case BPF_LDX:
		ebpf_put_load(it, at);
		break;
	case BPF_ST:
	case BPF_STX:
		ebpf_put_store(it, insn);
		break;
	case BPF_ALU:
		ebpf_put_alu(it, insn);
		break;
	case BPF_JMP:
		ebpf_put_jump(it, at);
		break;
	case BPF_RET:
		ebpf_put_ret(it, insn);
		break;
	default:
		put_misc(&it->code, insn);
	}
}

/* The ends that all share are behind all. */
static void put_ends(struct translation *it)
{
	for (int result = 0; result < 2; result++) {
		it->places[it->count + result] = it->code.func->insn_count;
		code_end(&it->code, result);
	}
}

static int put_all(struct translation *it)
{
	put_begin(it);
	for (uint32_t i = 0; i < it->count; i++) {
		if (it->reached[i])
			code_bridge(&it->code, i);
		it->places[i] = it->code.func->insn_count;
		if (it->reached[i])
			put_insn(it, i);
	}
	put_ends(it);
	return code_link(&it->code, it->places);
}

static int translate(struct translation *it)
{
	int err = ebpf_see_reached(it);

	if (!err) {
		ebpf_see_known(it);
		see_needs(it);
		err = put_all(it);
	}
	free(it->code.jumps);
	return err;
}

/* With what it needs for that. */
static int make(const char *name, struct translation *it, uint32_t *places)
{
	struct obj_prog *func = it->code.func;
	int err = -ENOMEM;

	it->places = calloc(it->count + 2, sizeof(*it->places));
	it->reached = calloc(it->count, 1);
	it->known = calloc(it->count, 1);
	func->section = strdup(".text");
	func->name = strdup(name);
	if (it->places && it->reached && it->known && func->section &&
	    func->name)
		err = translate(it);
	if (!err && places)
		memcpy(places, it->places, it->count * sizeof(*places));
	free(it->known);
	free(it->reached);
	free(it->places);
	return err;
}

int ebpf_make(const char *name, const struct cbpf_insn *insns, uint32_t count,
	      uint32_t head, struct obj_prog *func, uint32_t *places)
{
	struct translation it = {
		.code = { .func = func, .ends = count > ENDS_SHARED ? count : 0 },
		.insns = insns,
		.count = count,
		.head = head,
	};
	int err = cbpf_check(insns, count);

	memset(func, 0, sizeof(*func));
	if (!err)
		err = make(name, &it, places);
	if (err) {
		obj_func_clear(func);
		memset(func, 0, sizeof(*func));
	}
	return err;
}
