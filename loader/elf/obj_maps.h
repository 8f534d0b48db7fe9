/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef OBJ_MAPS_H
#define OBJ_MAPS_H

#include <stdint.h>

#include "../btf/btf.h"
#include "elf.h"
#include "object.h"

/*
 * Fills in @obj's maps from the variables of section ".maps", each of which
 * is a struct whose members' types say what the map is:
 *	int (*type)[BPF_MAP_TYPE_HASH];	a number: pointer to an array of so many
 *	uint32_t *key;			a type: pointer to it, its size counts
 * 0; -EINVAL, and has said why; -ENOMEM. Messages call the object @name.
 */
int obj_maps_parse(const char *name, const struct btf *btf,
		   struct object *obj);

/* Sections of variables: what follows is the map's name. */
#define DATA_PREFIX	".data."

/*
 * Adds the map that section @section (with its data) of variables is: an
 * array of one value, which user space can map (BPF_F_MMAPABLE, Linux 5.5).
 * 0; -EINVAL, and has said why; -ENOMEM. Messages call the object @name.
 */
int obj_maps_add_data(const char *name, const struct elf_section *section,
		      struct object *obj);

#endif /* OBJ_MAPS_H */
