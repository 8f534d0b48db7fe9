// SPDX-License-Identifier: GPL-2.0-only
/* Binding maps and constants into instructions. */
#include "../../../loader/elf/reloc.h"
#include "capture.h"

#define LD_IMM64	(BPF_LD | BPF_IMM | BPF_DW)

static struct bpf_insn insns[6];
static struct obj_reloc relocs[3];
static struct obj_prog prog = {
	.section = (char *)"kprobe/x",
	.insns = insns,
	.insn_count = 6,
	.relocs = relocs,
};

/* The constant "it", of 64 bits, is the only one. */
static uint64_t it = 4095;

static int get(const void *ctx, const char *name, uint64_t *value)
{
	*value = *(const uint64_t *)ctx;
	return strcmp(name, "it") ? -ENOENT : 0;
}

static const struct reloc_values values = { get, &it };

static void begin(uint32_t first, uint32_t second)
{
	memset(insns, 0, sizeof(insns));
	insns[0].code = insns[2].code = insns[4].code = LD_IMM64;
	relocs[0] = (struct obj_reloc){ .insn = first, .map = 1 };
	relocs[1] = (struct obj_reloc){ .insn = second, .map = 0 };
	prog.reloc_count = 2;
}

static void is_refused(uint32_t second, const char *want)
{
	static const int fds[] = { 11, 12 };
	int ret;

	begin(0, second);
	capture_begin();
	ret = reloc_apply(&prog, fds, &values, insns);
	is_str(capture_end(), want, want);
	is_int(ret, -EINVAL, "... is refused");
}

static void test_maps(void)
{
	int fds[] = { 11, 12 };

	begin(0, 2);
	is_int(reloc_apply(&prog, fds, &values, insns), 0, "two maps are bound");
	is_int(insns[0].imm, 12, "the first place");
	is_int(insns[2].imm, 11, "the second place");
	is_int(insns[0].src_reg, BPF_PSEUDO_MAP_FD, "... is a descriptor");
	is_int(insns[1].imm, 0, "the second half stays 0");
	fds[0] = 21;
	is_int(reloc_apply(&prog, fds, &values, insns), 0, "they are bound again");
	is_int(insns[2].imm, 21, "... to another map");
	prog.reloc_count = 0;
	is_int(reloc_apply(&prog, NULL, &values, insns), 0, "nothing to bind");
}

static void test_kinds(void)
{
	static const int fds[] = { 11, 12 };

	begin(0, 2);
	relocs[0].kind = RELOC_VALUE;
	relocs[0].offset = 24;
	relocs[1].kind = RELOC_CONSTANT;
	strcpy(relocs[1].name, "it");
	is_int(reloc_apply(&prog, fds, &values, insns), 0,
	       "a value and a constant");
	is_int(insns[0].src_reg, BPF_PSEUDO_MAP_VALUE, "the value's place");
	is_int(insns[0].imm, 12, "... by the map's descriptor");
	is_int(insns[1].imm, 24, "... and the offset in it");
	is_int(insns[2].src_reg, 0, "the constant is no place");
	is_int(insns[2].imm, 4095, "... but a number");
	is_int(insns[3].imm, 0, "... and not negative");
	it = 7ULL << 32 | 9;
	is_int(reloc_apply(&prog, fds, &values, insns), 0, "64 bits");
	is_int(insns[2].imm, 9, "... the lower half");
	is_int(insns[3].imm, 7, "... the upper half");
}

static void test_unknown(void)
{
	static const int fds[] = { 11, 12 };

	begin(0, 2);
	prog.name = (char *)"probe";
	relocs[1].kind = RELOC_CONSTANT;
	strcpy(relocs[1].name, "item");
	capture_begin();
	is_int(reloc_apply(&prog, fds, &values, insns), -ENOENT,
	       "a constant that has no value");
	is_str(capture_end(), "bpfpath: program 'probe': nothing is known of "
	       "the constant 'item'", "... is named");
}

/* A map that the run has not: what uses it the verifier sees. */
static void test_no_map(void)
{
	static const int fds[] = { -1, 12 };

	begin(0, 2);
	is_int(reloc_apply(&prog, fds, &values, insns), 0,
	       "a map that is not there");
	is_int(insns[2].src_reg, 0, "... is no descriptor");
	is_int(insns[2].imm, 0, "... but 0");
}

static void test_copy(void)
{
	static const int fds[] = { 11, 12 };
	struct bpf_insn copy[6];

	begin(0, 2);
	memcpy(copy, insns, sizeof(copy));
	is_int(reloc_apply(&prog, fds, &values, copy), 0, "a copy is changed");
	is_int(copy[0].imm, 12, "... alone:");
	is_int(insns[0].imm, 0, "the program stays as it was");
}

/* The last place that there is room for: its second half is the last instruction. */
static void test_last(void)
{
	static const int fds[] = { 11, 12 };

	begin(0, 4);
	is_int(reloc_apply(&prog, fds, &values, insns), 0, "the last place");
	is_int(insns[4].imm, 11, "... is bound");
	prog.insn_count = 5;
	is_int(reloc_apply(&prog, fds, &values, insns), -EINVAL,
	       "one whose second half is not there is refused");
	prog.insn_count = 1;
	is_int(reloc_apply(&prog, fds, &values, insns), -EINVAL,
	       "as in a program of one instruction");
	prog.insn_count = 6;
}

int main(void)
{
	tap_plan(36);
	test_maps();
	test_last();
	test_kinds();
	test_unknown();
	test_no_map();
	test_copy();
	is_refused(1, "bpfpath: section 'kprobe/x': instruction 1 cannot take "
		      "a map");
	is_refused(5, "bpfpath: section 'kprobe/x': instruction 5 cannot take "
		      "a map");
	is_refused(4000000000u, "bpfpath: section 'kprobe/x': instruction "
				"4000000000 cannot take a map");
	return tap_done();
}
