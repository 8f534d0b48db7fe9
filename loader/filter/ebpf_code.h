/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A function of extended BPF while it is written: its instructions, jumps whose
 * places are not known yet, and calls. See Documentation/bpf/standardization.
 */
#ifndef EBPF_CODE_H
#define EBPF_CODE_H

#include <stdint.h>

#include "../elf/object.h"

enum { R0, R1, R2, R3, R4, R5, R6, R7, R8, R9, R10 };

struct code {
	struct obj_prog *func;
	struct jump {
		uint32_t insn;	/* instruction that jumps … */
		uint32_t target;	/* … to what became of this classic one */
	} *jumps;
	uint32_t jump_count;
	uint32_t bridged;	/* instruction where stops were last looked for */
	uint32_t ends;		/* where it returns 0, as a target of jumps, and then
				   where it returns 1; 0: wherever it has to */
	int ends_used;		/* bit n: some jump leads to where it returns n */
	int err;		/* the first -errno: nothing is added then */
};

/* Adds an instruction. */
void code_add(struct code *code, struct bpf_insn insn);

/* Adds one that jumps to the classic instruction @target; its off is ignored. */
void code_jump(struct code *code, struct bpf_insn insn, uint32_t target);

/* Adds a call of the object's function @name. */
void code_call(struct code *code, const char *name);

/*
 * Adds the function's end: returns @result, 0 or 1. code_return_len(): how many
 * instructions that are.
 */
void code_return(struct code *code, int result);
int code_return_len(const struct code *code);

/* Adds the shared end for @result, if a jump needs it. To be called where ->ends is. */
void code_end(struct code *code, int result);

/*
 * To be called before the translation of the classic instruction @at is added. A jump
 * reaches 32767 instructions at most: jumps forward that were added long ago and still
 * lack their target get an intermediate stop here.
 */
void code_bridge(struct code *code, uint32_t at);

/*
 * Writes the distances of all jumps: @places has, for each classic instruction, the
 * number of the first one made of it. Returns ->err, or -E2BIG: a jump is too far.
 */
int code_link(struct code *code, const uint32_t *places);

/* Instructions; op, size: of <linux/bpf_common.h> and <linux/bpf.h>. */
#define INSN(code, dst, src, off, imm) \
	((struct bpf_insn){ (code), (dst), (src), (off), (int32_t)(imm) })

#define ALU32_K(op, reg, k)	INSN(BPF_ALU | (op) | BPF_K, reg, 0, 0, k)
#define ALU32_X(op, reg, src)	INSN(BPF_ALU | (op) | BPF_X, reg, src, 0, 0)
#define ALU64_K(op, reg, k)	INSN(BPF_ALU64 | (op) | BPF_K, reg, 0, 0, k)
#define ALU64_X(op, reg, src)	INSN(BPF_ALU64 | (op) | BPF_X, reg, src, 0, 0)
/* Network to host byte order. */
#define SWAP(reg, bits)		INSN(BPF_ALU | BPF_END | BPF_TO_BE, reg, 0, 0, bits)
#define LOAD(size, reg, from, at) \
	INSN(BPF_LDX | BPF_MEM | (size), reg, from, at, 0)
#define STORE(size, to, at, reg) \
	INSN(BPF_STX | BPF_MEM | (size), to, reg, at, 0)
#define JUMP32_K(op, reg, k, skip)	INSN(BPF_JMP32 | (op) | BPF_K, reg, 0, skip, k)
#define JUMP32_X(op, reg, src, skip)	INSN(BPF_JMP32 | (op) | BPF_X, reg, src, skip, 0)
#define JUMP64_K(op, reg, k, skip)	INSN(BPF_JMP | (op) | BPF_K, reg, 0, skip, k)
#define JUMP(skip)		INSN(BPF_JMP | BPF_JA, 0, 0, skip, 0)
#define EXIT()			INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)

#endif /* EBPF_CODE_H */
