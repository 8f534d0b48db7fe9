/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RELOC_H
#define RELOC_H

#include <stdint.h>

#include "object.h"

/* Numbers for constants. */
struct reloc_values {
	/* What @name stands for: 0 and *value, or -ENOENT. */
	int (*get)(const void *ctx, const char *name, uint64_t *value);
	const void *ctx;
};

/*
 * Writes into @insns, a copy of prog->insns, what the program refers to: the
 * descriptors of maps, of which map_fds[i] belongs to maps[i] of the object;
 * places in their values (BPF_PSEUDO_MAP_FD and _VALUE of linux/bpf.h); and
 * constants, 64 bits each. A negative descriptor stands for a map that this run does not
 * have: the place gets 0, and the verifier refuses a program that uses it. Each place
 * must be an ld_imm64 (two instructions long). Returns 0; -EINVAL when a place is not of
 * that form (object_parse() lets none pass); -ENOENT for a constant without value, and
 * has said which one.
 */
int reloc_apply(const struct obj_prog *prog, const int *map_fds,
		const struct reloc_values *values, struct bpf_insn *insns);

#endif /* RELOC_H */
