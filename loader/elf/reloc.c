// SPDX-License-Identifier: GPL-2.0-only
#include "reloc.h"

#include <err.h>
#include <errno.h>
#include <stdbool.h>

#include "insn.h"

static void put_number(struct bpf_insn *insn, uint64_t number)
{
	insn[0].src_reg = 0;
	insn[0].imm = number;
	insn[1].imm = number >> 32;
}

static void put_map(const struct obj_reloc *reloc, const int *map_fds,
		    struct bpf_insn *insn)
{
	int fd = map_fds[reloc->map];

	put_number(insn, 0);
	if (fd < 0)
		return;
	insn[0].src_reg = reloc->kind == RELOC_VALUE ? BPF_PSEUDO_MAP_VALUE :
						       BPF_PSEUDO_MAP_FD;
	insn[0].imm = fd;
	if (reloc->kind == RELOC_VALUE)
		insn[1].imm = reloc->offset;
}

static int put_constant(const struct obj_prog *prog,
			const struct obj_reloc *reloc,
			const struct reloc_values *values,
			struct bpf_insn *insn)
{
	uint64_t value;

	if (values->get(values->ctx, reloc->name, &value)) {
		warnx("program '%s': nothing is known of the constant '%s'",
		      prog->name, reloc->name);
		return -ENOENT;
	}
	put_number(insn, value);
	return 0;
}

/* Is there an ld_imm64 for it? */
static bool has_place(const struct obj_prog *prog, const struct bpf_insn *insns,
		      uint32_t insn)
{
	return prog->insn_count >= 2 && insn <= prog->insn_count - 2 &&
	       insns[insn].code == LD_IMM64;
}

int reloc_apply(const struct obj_prog *prog, const int *map_fds,
		const struct reloc_values *values, struct bpf_insn *insns)
{
	int err = 0;

	for (uint32_t i = 0; !err && i < prog->reloc_count; i++) {
		const struct obj_reloc *reloc = &prog->relocs[i];

		if (!has_place(prog, insns, reloc->insn)) {
			warnx("section '%s': instruction %u cannot take a map",
			      prog->section, reloc->insn);
			return -EINVAL;
		}
		if (reloc->kind == RELOC_CONSTANT)
			err = put_constant(prog, reloc, values,
					   insns + reloc->insn);
		else
			put_map(reloc, map_fds, insns + reloc->insn);
	}
	return err;
}
