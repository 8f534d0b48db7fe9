/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef OBJ_RELOCS_H
#define OBJ_RELOCS_H

#include "elf.h"
#include "object.h"

/*
 * Reads what function @prog, of section @section, refers to: maps, which @obj has
 * already (@maps_section: index of ".maps", 0: none); functions, which @obj has as well
 * or which are yet to be added; and constants, other symbols that no object defines. 0
 * and prog->relocs; or -errno, and has named anything else that it refers to.
 */
int obj_relocs_parse(const struct elf_file *file, size_t maps_section,
		     const struct object *obj,
		     const struct elf_section *section, struct obj_prog *prog);

#endif /* OBJ_RELOCS_H */
