/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A program while it is translated: what the parts of the translation share.
 *
 *	ebpf.c		the whole: where all begins, each instruction's part, the places
 *	ebpf_flow.c	where control goes: jumps, loops, ends; what can be reached
 *	ebpf_known.c	which bytes of the packet are known to be there
 *	ebpf_data.c	what happens to A, X and M[]: loads and arithmetic
 *	ebpf_stack.c	where on the stack M[] and counts lie
 *	ebpf_code.c	writing down
 */
#ifndef EBPF_OWN_H
#define EBPF_OWN_H

#include <stdbool.h>
#include <stdint.h>

#include "cbpf.h"
#include "ebpf_code.h"

/* Registers that live through calls. */
#define PACKET	R6
#define A	R7
#define X	R8

#define WORD		8	/* bytes on the stack of what is kept there */
#define LOOPS_MAX	8	/* that are counted apart */
#define ENDS_SHARED	4096	/* instructions: a longer program has one end for each result */

struct translation {
	struct code code;
	const struct cbpf_insn *insns;
	uint32_t count;
	uint32_t head;		/* place in the packet's head of its first byte */
	uint8_t *reached;	/* by instruction: can the program come to it? REACHED_… */
	uint8_t *known;		/* by instruction: bytes that a load before it has found */
	uint32_t *places;	/* by instruction: the first that was made of it; then
				   of the ends that all share */
	uint32_t memory;	/* bit n: M[n] is used */
	uint32_t loops[LOOPS_MAX];	/* instructions that jumps back lead to */
	uint32_t loop_count;
	uint32_t run_end;	/* behind the last run of comparisons that was found */
};

/* How an instruction is reached; 0: it cannot be. */
#define REACHED_FROM_BEFORE	1
#define REACHED_FROM_AFAR	2

/* Does it jump back? Only "ja" can. */
bool ebpf_is_back(const struct cbpf_insn *insn);

/* Translates instruction number @at: a jump; "ret". */
void ebpf_put_jump(struct translation *it, uint32_t at);
void ebpf_put_ret(struct translation *it, const struct cbpf_insn *insn);

/*
 * Marks in ->reached, which is all 0, the instructions that the program can come to:
 * the kernel refuses a program that has others. 0 or -ENOMEM.
 */
int ebpf_see_reached(struct translation *it);

/* Fills in ->known. */
void ebpf_see_known(struct translation *it);

/* The end of the bytes that it loads from the head, if their place is known; else 0. */
uint32_t ebpf_load_end(const struct cbpf_insn *insn);

/* Translates instruction number @at: "ld", "ldx"; "st", "stx"; arithmetic. */
void ebpf_put_load(struct translation *it, uint32_t at);
void ebpf_put_store(struct translation *it, const struct cbpf_insn *insn);
void ebpf_put_alu(struct translation *it, const struct cbpf_insn *insn);

/* Adds two instructions: no match, unless the condition of @holds does. */
void ebpf_put_unless(struct translation *it, struct bpf_insn holds);

/* Offsets from R10 on the stack: of M[n]; of the count of loop @n, or the first free one. */
int ebpf_memory_at(const struct translation *it, int n);
int ebpf_turns_at(const struct translation *it, uint32_t n);

#endif /* EBPF_OWN_H */
