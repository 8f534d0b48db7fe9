// SPDX-License-Identifier: GPL-2.0-only
/*
 * The relocations of a BPF object (Documentation/bpf/llvm_reloc.rst). What a
 * program refers to is taken into its ld_imm64 instructions later (reloc.c);
 * what such an instruction holds in the file is added to the symbol's place.
 */
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "obj_relocs.h"

#define R_64_64	1		/* R_BPF_64_64: an ld_imm64 */
#define R_64_32	10		/* R_BPF_64_32: a call */

/* One program's section of relocations while it is read. */
struct parse {
	const struct elf_file *file;
	size_t maps_section;
	const struct object *obj;
	struct obj_prog *prog;
};

/* The ld_imm64 that a relocation may change; NULL when there is none. */
static const struct bpf_insn *ld_imm64_at(const struct obj_prog *prog, __u64 n)
{
	const struct bpf_insn *insn;

	if (prog->insn_count < 2 || n > prog->insn_count - 2)
		return NULL;
	insn = prog->insns + n;
	return insn[0].code == (BPF_LD | BPF_IMM | BPF_DW) && !insn[1].code &&
			       !insn[0].src_reg && !insn[1].imm ?
		       insn :
		       NULL;
}

/* A map by its variable, or by the section of its variables. */
static int find_map(const struct parse *parse, const GElf_Sym *symbol,
		    const char *name, struct obj_reloc *reloc)
{
	const struct obj_map *map = parse->obj->maps;
	__u32 i;

	for (i = 0; i < parse->obj->map_count; i++, map++) {
		reloc->kind = map->section ? RELOC_VALUE : RELOC_MAP;
		reloc->map = i;
		if (map->section ?
			    map->section == symbol->st_shndx :
			    parse->maps_section == symbol->st_shndx &&
				    !strcmp(map->name, name))
			return 1;
	}
	return 0;
}

/* What the symbol is to the program; 0: nothing that we could put there. */
static int find_target(const struct parse *parse, const GElf_Sym *symbol,
		       const char *name, struct obj_reloc *reloc)
{
	if (symbol->st_shndx != SHN_UNDEF)
		return find_map(parse, symbol, name, reloc);
	reloc->kind = RELOC_NUM;
	return !strcmp(name, NUM_SYMBOL);
}

/* Within a variable the instruction holds the offset; elsewhere nothing. */
static int find_offset(const struct parse *parse, const struct bpf_insn *insn,
		       const GElf_Sym *symbol, struct obj_reloc *reloc)
{
	__u64 offset = symbol->st_value + (__u32)insn->imm;

	if (reloc->kind != RELOC_VALUE)
		return !insn->imm;
	reloc->offset = offset;
	return offset < parse->obj->maps[reloc->map].value_size;
}

static int reloc_wrong(const struct parse *parse, __u64 insn, const char *what,
		       const char *name)
{
	warnx("%s: section '%s': instruction %llu %s '%s'", parse->file->name,
	      parse->prog->section, insn, what, name);
	return -EINVAL;
}

static int add_reloc(const struct parse *parse, const GElf_Rel *rel)
{
	struct obj_prog *prog = parse->prog;
	struct obj_reloc *reloc = &prog->relocs[prog->reloc_count];
	__u64 n = rel->r_offset / sizeof(struct bpf_insn);
	const struct bpf_insn *insn = ld_imm64_at(prog, n);
	GElf_Sym symbol = { .st_shndx = SHN_ABS };
	const char *name = "";

	elf_symbol_at(parse->file, GELF_R_SYM(rel->r_info), &symbol, &name);
	if (GELF_R_TYPE(rel->r_info) == R_64_32)
		return reloc_wrong(parse, n,
				   "calls a function that is not part of it:",
				   name);
	memset(reloc, 0, sizeof(*reloc));
	if (GELF_R_TYPE(rel->r_info) != R_64_64 ||
	    !find_target(parse, &symbol, name, reloc))
		return reloc_wrong(parse, n, "refers to what is no map:", name);
	if (rel->r_offset % sizeof(struct bpf_insn) || !insn ||
	    !find_offset(parse, insn, &symbol, reloc))
		return reloc_wrong(parse, n, "cannot take map", name);
	reloc->insn = n;
	prog->reloc_count++;
	return 0;
}

/* Reads one section of relocations of the program. */
static int add_relocs(const struct parse *parse, struct elf_section *section)
{
	struct obj_prog *prog = parse->prog;
	struct obj_reloc *grown;
	GElf_Rel rel;
	size_t i, count;
	int err;

	if (section->header.sh_type == SHT_RELA) {
		warnx("%s: section '%s': relocations with addends",
		      parse->file->name, section->name);
		return -EINVAL;
	}
	err = elf_section_data(parse->file, section);
	if (err)
		return err;
	count = section->data->d_size / sizeof(Elf64_Rel);
	grown = realloc(prog->relocs,
			(prog->reloc_count + count + 1) * sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	prog->relocs = grown;
	for (i = 0; !err && i < count && gelf_getrel(section->data, i, &rel);
	     i++)
		err = add_reloc(parse, &rel);
	return err;
}

int obj_relocs_parse(const struct elf_file *file, size_t maps_section,
		     const struct object *obj, size_t prog_section,
		     struct obj_prog *prog)
{
	const struct parse parse = { file, maps_section, obj, prog };
	struct elf_section section;
	size_t i;
	int err = 0;

	for (i = 1; !err && i < file->section_count; i++) {
		err = elf_section_at(file, i, &section);
		if (!err && section.header.sh_info == prog_section &&
		    (section.header.sh_type == SHT_REL ||
		     section.header.sh_type == SHT_RELA))
			err = add_relocs(&parse, &section);
	}
	return err;
}
