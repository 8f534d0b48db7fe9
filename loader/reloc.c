// SPDX-License-Identifier: GPL-2.0-only
#include <err.h>
#include <errno.h>
#include "reloc.h"

int reloc_maps(struct obj_prog *prog, const int *map_fds)
{
	const struct obj_reloc *reloc;
	struct bpf_insn *insn;
	__u32 i;

	for (i = 0; i < prog->reloc_count; i++) {
		reloc = &prog->relocs[i];
		insn = prog->insns + reloc->insn;
		if (prog->insn_count < 2 ||
		    reloc->insn > prog->insn_count - 2 ||
		    insn->code != (BPF_LD | BPF_IMM | BPF_DW)) {
			warnx("section '%s': instruction %u cannot take a map",
			      prog->section, reloc->insn);
			return -EINVAL;
		}
		insn->src_reg = BPF_PSEUDO_MAP_FD;
		insn->imm = map_fds[reloc->map];
	}
	return 0;
}
