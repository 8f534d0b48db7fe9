/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RELOC_H
#define RELOC_H

#include "object.h"

/*
 * Writes into @insns, a copy of prog->insns, what the program refers to: the
 * descriptors of maps, of which map_fds[i] belongs to maps[i] of the object;
 * places in their values (BPF_PSEUDO_MAP_FD and _VALUE of linux/bpf.h); and
 * @num, 64 bits, where it asks for its number. Each place must be an ld_imm64 (two
 * instructions long). Returns 0, or -EINVAL when a place is not of that form
 * (object_parse() lets none pass).
 */
int reloc_apply(const struct obj_prog *prog, const int *map_fds, __u64 num,
		struct bpf_insn *insns);

#endif /* RELOC_H */
