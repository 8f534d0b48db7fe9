/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef OBJ_RELOCS_H
#define OBJ_RELOCS_H

#include "elf.h"
#include "object.h"

/* The variable that no object defines: the loader puts a number in its place. */
#define NUM_SYMBOL	"kp_num"

/*
 * Reads where the program in section @prog_section refers to maps, which
 * @obj has already (@maps_section: index of ".maps", 0: none), or to kp_num.
 * 0 and prog->relocs, or -errno, and has said what else it refers to.
 */
int obj_relocs_parse(const struct elf_file *file, size_t maps_section,
		     const struct object *obj, size_t prog_section,
		     struct obj_prog *prog);

#endif /* OBJ_RELOCS_H */
