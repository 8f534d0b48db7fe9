/* SPDX-License-Identifier: GPL-2.0-only */
/* Extended BPF that reads fields, in a function while it is written (filter/ebpf_code.h). */
#ifndef FIELD_CODE_H
#define FIELD_CODE_H

#include "../filter/ebpf_code.h"
#include "field.h"

/*
 * What a function of these keeps: the sk_buff's address in R6, that of its TCP header in
 * R7, and on the stack 8 bytes each, at KEPT whether TCP keeps the sk_buff, at WORK what
 * is being read.
 */
#define KEPT	(-16)
#define WORK	(-8)

/*
 * Adds what reads @field into R1, with all bits of a signed one, or goes to @unknown, a
 * target of jumps, where it cannot be read. R0, R2 to R5 and R8 are lost.
 */
void field_read(struct code *code, const struct field *field, uint32_t unknown);

/* Begins the function of that name, to be freed by obj_func_clear(). 0 or -ENOMEM. */
int field_func(struct obj_prog *func, const char *name);

/* Adds what loads a number of 64 bits. */
void field_load_imm(struct code *code, int reg, uint64_t value);

#endif /* FIELD_CODE_H */
