/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef OBJ_FUNCS_H
#define OBJ_FUNCS_H

#include <stdint.h>

#include "elf.h"
#include "object.h"

/*
 * Adds to @obj the functions of section @section (with its data) of instructions: all
 * of ".text", of any other section the one that is a program. 0; -EINVAL, and has said
 * why; -ENOMEM.
 */
int obj_funcs_add(const struct elf_file *file,
		  const struct elf_section *section, struct object *obj);

/* Frees what a function holds, not the struct itself. */
void obj_func_clear(struct obj_prog *func);

/* Makes @func a function of @count instructions, which are copied. 0 or -ENOMEM. */
int obj_func_init(struct obj_prog *func, const char *section, const char *name,
		  const void *insns, uint32_t count);

#endif /* OBJ_FUNCS_H */
