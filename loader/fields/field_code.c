// SPDX-License-Identifier: GPL-2.0-only
#include "field_code.h"

#include <errno.h>
#include <linux/bpf.h>
#include <string.h>

#include "../elf/obj_funcs.h"

#define TCP_TIME_WAIT		6
#define TCP_NEW_SYN_RECV	12
#define OFFSET_BASES	2	/* members that make the address of skb_shared_info */

/* Reads @size bytes at R3 into WORK; else goes on at @unknown. */
static void read_work(struct code *code, int size, uint32_t unknown)
{
	code_add(code, ALU64_X(BPF_MOV, R1, R10));
	code_add(code, ALU64_K(BPF_ADD, R1, WORK));
	code_add(code, ALU64_K(BPF_MOV, R2, size));
	code_add(code, INSN(BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_probe_read_kernel));
	code_jump(code, JUMP64_K(BPF_JNE, R0, 0, 0), unknown);
}

static uint8_t bpf_size(int size)
{
	switch (size) {
	case 1:
		return BPF_B;
	case 2:
		return BPF_H;
	case 4:
		return BPF_W;
	default:
		return BPF_DW;
	}
}

/* Puts the member at @offset of what R6 points to, of @size bytes, into WORK. */
static void read_member(struct code *code, uint32_t offset, int size, uint32_t unknown)
{
	code_add(code, ALU64_X(BPF_MOV, R3, R6));
	code_add(code, ALU64_K(BPF_ADD, R3, offset));
	read_work(code, size, unknown);
}

/* Follows the pointer at R3, which becomes R3. */
static void follow(struct code *code, uint32_t offset, uint32_t unknown)
{
	code_add(code, ALU64_K(BPF_ADD, R3, offset));
	read_work(code, 8, unknown);
	code_add(code, LOAD(BPF_DW, R3, R10, WORK));
	code_jump(code, JUMP64_K(BPF_JEQ, R3, 0, 0), unknown);
}

/* R3 is a struct sock as a whole; else goes on at @unknown (include/net/tcp_states.h). */
static void check_sock(struct code *code, const struct field *field, uint32_t unknown)
{
	code_add(code, ALU64_X(BPF_MOV, R8, R3));
	code_add(code, ALU64_K(BPF_ADD, R3, field->sock_state));
	read_work(code, 1, unknown);
	code_add(code, LOAD(BPF_B, R1, R10, WORK));
	code_jump(code, JUMP64_K(BPF_JEQ, R1, TCP_TIME_WAIT, 0), unknown);
	code_jump(code, JUMP64_K(BPF_JEQ, R1, TCP_NEW_SYN_RECV, 0), unknown);
	code_add(code, ALU64_X(BPF_MOV, R3, R8));
}

/* R3: skb->head + skb->end, whose offsets begin the steps (include/linux/skbuff.h). */
static void begin_shared(struct code *code, const struct field *field, uint32_t unknown)
{
	read_member(code, field->steps[1], 4, unknown);
	code_add(code, LOAD(BPF_W, R8, R10, WORK));
	read_member(code, field->steps[0], 8, unknown);
	code_add(code, LOAD(BPF_DW, R3, R10, WORK));
	code_jump(code, JUMP64_K(BPF_JEQ, R3, 0, 0), unknown);
	code_add(code, ALU64_X(BPF_ADD, R3, R8));
}

/* Gives the number of steps that this has used. */
static int begin(struct code *code, const struct field *field, uint32_t unknown)
{
	if (field->base == BASE_SHARED) {
		begin_shared(code, field, unknown);
		return OFFSET_BASES;
	}
	code_add(code, ALU64_X(BPF_MOV, R3, field->base == BASE_TCP ? R7 : R6));
	code_jump(code, JUMP64_K(BPF_JEQ, R3, 0, 0), unknown);
	return 0;
}

static void pick(struct code *code, const struct field *field)
{
	int bits = field->width ? field->width : field->size * 8;
	int shift = field->width ? field->shift : 0;

	if (field->is_swapped && field->size > 1)
		code_add(code, SWAP(R1, field->size * 8));
	if (bits == 64)
		return;
	code_add(code, ALU64_K(BPF_LSH, R1, 64 - bits - shift));
	code_add(code, ALU64_K(field->is_signed ? BPF_ARSH : BPF_RSH, R1, 64 - bits));
}

void field_read(struct code *code, const struct field *field, uint32_t unknown)
{
	if (field->is_lent) {
		code_add(code, LOAD(BPF_DW, R1, R10, KEPT));
		code_jump(code, JUMP64_K(BPF_JNE, R1, 0, 0), unknown);
	}
	for (int i = begin(code, field, unknown); i < field->step_count; i++) {
		follow(code, field->steps[i], unknown);
		if (field->whole_sock == i + 1)
			check_sock(code, field, unknown);
	}
	code_add(code, ALU64_K(BPF_ADD, R3, field->offset));
	read_work(code, field->size, unknown);
	code_add(code, LOAD(bpf_size(field->size), R1, R10, WORK));
	pick(code, field);
}

void field_load_imm(struct code *code, int reg, uint64_t value)
{
	code_add(code, INSN(BPF_LD | BPF_IMM | BPF_DW, reg, 0, 0, (uint32_t)value));
	code_add(code, INSN(0, 0, 0, 0, value >> 32));
}

int field_func(struct obj_prog *func, const char *name)
{
	*func = (struct obj_prog){ .section = strdup(".text"), .name = strdup(name) };
	if (func->section && func->name)
		return 0;
	obj_func_clear(func);
	return -ENOMEM;
}
