// SPDX-License-Identifier: GPL-2.0-only
/* Binding maps into instructions. */
#include "../../../loader/reloc.h"
#include "capture.h"

#define LD_IMM64	(BPF_LD | BPF_IMM | BPF_DW)

static struct bpf_insn insns[4];
static struct obj_reloc relocs[2];
static struct obj_prog prog = {
	.section = (char *)"kprobe/x",
	.insns = insns,
	.insn_count = 4,
	.relocs = relocs,
};

static void begin(__u32 first, __u32 second)
{
	memset(insns, 0, sizeof(insns));
	insns[0].code = insns[2].code = LD_IMM64;
	relocs[0] = (struct obj_reloc){ first, 1 };
	relocs[1] = (struct obj_reloc){ second, 0 };
	prog.reloc_count = 2;
}

static void is_refused(__u32 second, const char *want)
{
	static const int fds[] = { 11, 12 };
	int ret;

	begin(0, second);
	capture_begin();
	ret = reloc_maps(&prog, fds);
	is_str(capture_end(), want, want);
	is_int(ret, -EINVAL, "... is refused");
}

int main(void)
{
	int fds[] = { 11, 12 };

	begin(0, 2);
	is_int(reloc_maps(&prog, fds), 0, "two maps are bound");
	is_int(insns[0].imm, 12, "the first place");
	is_int(insns[2].imm, 11, "the second place");
	is_int(insns[0].src_reg, BPF_PSEUDO_MAP_FD, "... is a descriptor");
	is_int(insns[1].imm, 0, "the second half stays 0");
	fds[0] = 21;
	is_int(reloc_maps(&prog, fds), 0, "they are bound again");
	is_int(insns[2].imm, 21, "... to another map");
	prog.reloc_count = 0;
	is_int(reloc_maps(&prog, NULL), 0, "nothing to bind");
	is_refused(1, "bpfpath: section 'kprobe/x': instruction 1 cannot take "
		      "a map");
	is_refused(3, "bpfpath: section 'kprobe/x': instruction 3 cannot take "
		      "a map");
	is_refused(4000000000u, "bpfpath: section 'kprobe/x': instruction "
				"4000000000 cannot take a map");
	return tap_done();
}
