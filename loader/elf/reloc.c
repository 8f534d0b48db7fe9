// SPDX-License-Identifier: GPL-2.0-only
#include <err.h>
#include <errno.h>
#include "reloc.h"

static void fill_in(const struct obj_reloc *reloc, const int *map_fds,
		    __u64 num, struct bpf_insn *insn)
{
	switch (reloc->kind) {
	case RELOC_MAP:
		insn[0].src_reg = BPF_PSEUDO_MAP_FD;
		insn[0].imm = map_fds[reloc->map];
		break;
	case RELOC_VALUE:
		insn[0].src_reg = BPF_PSEUDO_MAP_VALUE;
		insn[0].imm = map_fds[reloc->map];
		insn[1].imm = reloc->offset;
		break;
	case RELOC_NUM:
		insn[0].imm = num;
		insn[1].imm = num >> 32;
		break;
	}
}

int reloc_apply(const struct obj_prog *prog, const int *map_fds, __u64 num,
		struct bpf_insn *insns)
{
	const struct obj_reloc *reloc;
	__u32 i;

	for (i = 0; i < prog->reloc_count; i++) {
		reloc = &prog->relocs[i];
		if (prog->insn_count < 2 ||
		    reloc->insn > prog->insn_count - 2 ||
		    insns[reloc->insn].code != (BPF_LD | BPF_IMM | BPF_DW)) {
			warnx("section '%s': instruction %u cannot take a map",
			      prog->section, reloc->insn);
			return -EINVAL;
		}
		fill_in(reloc, map_fds, num, insns + reloc->insn);
	}
	return 0;
}
