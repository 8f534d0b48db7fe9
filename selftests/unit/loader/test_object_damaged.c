// SPDX-License-Identifier: GPL-2.0-only
/* BPF objects that are damaged: relocations that lead astray, files cut off. */
#include <elf.h>

#include "objects.h"

/* The section of relocations of the only section of code that has some. */
static Elf64_Shdr *find_rels(char *bytes, Elf64_Shdr **code)
{
	Elf64_Ehdr *elf = (Elf64_Ehdr *)bytes;
	Elf64_Shdr *sections = (Elf64_Shdr *)(bytes + elf->e_shoff);

	for (int i = 0; i < elf->e_shnum; i++) {
		*code = sections + sections[i].sh_info;
		if (sections[i].sh_type == SHT_REL &&
		    (*code)->sh_flags & SHF_EXECINSTR)
			return sections + i;
	}
	puts("Bail out! no relocations in an object");
	exit(1);
}

/* The last of these relocations. */
static Elf64_Rel *find_rel(char *bytes)
{
	Elf64_Shdr *code, *rels = find_rels(bytes, &code);

	return (Elf64_Rel *)(bytes + rels->sh_offset + rels->sh_size) - 1;
}

/* The instruction of that code at @at, bytes. */
static struct bpf_insn *find_insn(char *bytes, Elf64_Addr at)
{
	Elf64_Shdr *code;

	find_rels(bytes, &code);
	return (struct bpf_insn *)(bytes + code->sh_offset + at);
}

/* The one that the relocation changes. */
static struct bpf_insn *changed_insn(char *bytes)
{
	return find_insn(bytes, find_rel(bytes)->r_offset);
}

/* @at: where the relocation says it is, bytes. */
static void is_refused_at(char *bytes, size_t size, Elf64_Addr at)
{
	char want[128];

	find_rel(bytes)->r_offset = at;
	snprintf(want, sizeof(want),
		 "bpfpath: x.o: section 'kprobe/ip_rcv': instruction %llu "
		 "cannot take 'array'",
		 (unsigned long long)at / 8);
	is_refused_bytes(bytes, size, want);
}

/* @add: what the instruction adds to the place of the variable, which is 16 of 24. */
static void is_beyond(char *bytes, size_t size, int32_t add)
{
	char want[128];

	changed_insn(bytes)->imm = add;
	snprintf(want, sizeof(want),
		 "bpfpath: x.o: section 'kprobe/x': instruction %u cannot take "
		 "'c'",
		 (unsigned int)find_rel(bytes)->r_offset / 8);
	is_refused_bytes(bytes, size, want);
}

/* A place that is not in the section is another one's memory, or nobody's. */
static void test_beyond(void)
{
	size_t size;
	char *bytes = compile("-g", VARIABLES, &size);
	struct object *obj;

	changed_insn(bytes)->imm = 7;
	obj = parse(bytes, size);
	is_int(obj ? obj->progs[0].relocs[2].offset : 0, 23, "the last byte");
	object_free(obj);
	is_beyond(bytes, size, 8);
	is_beyond(bytes, size, -1);
	is_beyond(bytes, size, 0x7fffffff);
	is_beyond(bytes, size, -0x7fffffff - 1);
	free(bytes);
	bytes = compile("-g", HEAD MAPS USES_MAPS LICENSE, &size);
	changed_insn(bytes)->imm = 1;
	is_refused_at(bytes, size, find_rel(bytes)->r_offset);
	free(bytes);
}

/* Instructions that are none, or that do not refer to a map. */
static void test_outside(void)
{
	size_t size;
	char *bytes = compile("-g", HEAD MAPS USES_MAPS LICENSE, &size);
	struct object *obj = parse(bytes, size);
	Elf64_Addr good = find_rel(bytes)->r_offset, end;

	end = obj->progs[0].insn_count * sizeof(struct bpf_insn);
	object_free(obj);
	is_refused_at(bytes, size, good + 1);
	is_refused_at(bytes, size, good + 8);
	is_refused_at(bytes, size, end - 8);
	is_refused_at(bytes, size, end);
	is_refused_at(bytes, size, end + (64 << 20));
	is_refused_at(bytes, size, good - (1ULL << 63));
	/* the first half of one alone */
	find_insn(bytes, end - 8)->code = BPF_LD | BPF_IMM | BPF_DW;
	is_refused_at(bytes, size, end - 8);
	free(bytes);
}

/* Each piece in a buffer of its own: reading beyond its end is seen. */
static void test_truncated(void)
{
	int refused = 0, said = 0;
	size_t all, size;
	char *bytes = compile("-g", HEAD MAPS USES_MAPS LICENSE, &all), *exact;
	struct object *obj;

	for (size = 0; size < all; size++) {
		exact = malloc(size + !size);
		memcpy(exact, bytes, size);
		capture_begin();
		obj = parse(exact, size);
		refused += !obj;
		said += !strncmp(capture_end(), "bpfpath: x.o: ", 14);
		object_free(obj);
		free(exact);
	}
	ok(refused > 0, "pieces of an object are refused");
	is_int(said, refused, "... each with a message");
	free(bytes);
}

static void test_damaged(void)
{
	static const unsigned char values[] = { 0, 0x7f, 0xff };
	static const int fds[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	size_t all, at, i;
	char *bytes = compile("-g", HEAD MAPS USES_MAPS LICENSE, &all);
	struct object *obj;

	capture_begin();
	for (at = 0; at < all; at++) {
		for (i = 0; i < sizeof(values); i++) {
			char was = bytes[at];

			bytes[at] = values[i];
			obj = parse(bytes, all);
			if (obj)
				reloc_apply(&obj->progs[0], fds, &no_values,
					    obj->progs[0].insns);
			object_free(obj);
			bytes[at] = was;
		}
	}
	capture_end();
	ok(1, "with any byte wrong it is read or refused");
	free(bytes);
}

int main(void)
{
	tap_plan(28);
	test_beyond();
	test_outside();
	test_truncated();
	test_damaged();
	return tap_done();
}
