/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RELOC_H
#define RELOC_H

#include "object.h"

/*
 * Writes the maps' descriptors into the program: map_fds[i] belongs to
 * maps[i] of the object that @prog is part of. Each place must be an ld_imm64
 * (two instructions long), as BPF_PSEUDO_MAP_FD in bpf(2)'s linux/bpf.h
 * wants it. May be called again with other descriptors. Returns 0, or
 * -EINVAL when a place is not of that form (object_parse() lets none pass).
 */
int reloc_maps(struct obj_prog *prog, const int *map_fds);

#endif /* RELOC_H */
