/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is known of the registers of a BPF program at one of its instructions. See
 * Documentation/bpf/standardization/instruction-set.rst.
 */
#ifndef KNOWN_H
#define KNOWN_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>

struct knowledge {
	uint16_t regs; /* bit n: the value of register n is known */
	uint64_t value[MAX_BPF_REG];
};

#define CALLER_SAVED 0x3f /* r0 to r5, as ->regs has them, of which … */
#define ARGUMENTS    0x3e /* … r1 to r5 are a function's arguments */

enum decision {
	JUMP_NEVER,
	JUMP_ALWAYS,
	JUMP_OPEN,
};

/*
 * What is known after @insn, which neither jumps nor ends the program; of an ld_imm64
 * it is the first of two. What a call leaves is known, too: r6 to r9.
 */
void known_step(struct knowledge *known, const struct bpf_insn *insn);

/* Does the jump @insn, which may have a condition, jump, as far as is known? */
enum decision known_jump(const struct knowledge *known, const struct bpf_insn *insn);

/* Keeps in @known what @other knows, too. Tells whether something was lost. */
bool known_join(struct knowledge *known, const struct knowledge *other);

#endif /* KNOWN_H */
