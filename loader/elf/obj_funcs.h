/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef OBJ_FUNCS_H
#define OBJ_FUNCS_H

#include <stdint.h>

#include "elf.h"
#include "object.h"

/*
 * Adds to @obj what section @section (with its data) of instructions holds: the
 * one function of a program, or, of ".text", all of them. 0; -EINVAL, and has said
 * why; -ENOMEM.
 */
int obj_funcs_add(const struct elf_file *file,
		  const struct elf_section *section, struct object *obj);

/* Frees what a function has, not itself. */
void obj_func_clear(struct obj_prog *func);

/* Makes @func a function of @count instructions, which are copied. 0 or -ENOMEM. */
int obj_func_init(struct obj_prog *func, const char *section, const char *name,
		  const void *insns, uint32_t count);

#endif /* OBJ_FUNCS_H */
