// SPDX-License-Identifier: GPL-2.0-only
/*
 * The relocations of a BPF object (Documentation/bpf/llvm_reloc.rst). What a
 * program refers to is taken into its ld_imm64 instructions later (reloc.c);
 * what such an instruction holds in the file is added to the symbol's place.
 */
#include "obj_relocs.h"

#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "insn.h"

#define R_64_64	1		/* R_BPF_64_64: an ld_imm64 */
#define R_64_32	10		/* R_BPF_64_32: a call */

/* One function while it is read. */
struct reloc_parse {
	const struct elf_file *file;
	size_t maps_section;
	const struct object *obj;
	const struct elf_section *section;	/* that it lies in */
	struct obj_prog *prog;
};

/* The ld_imm64 that a relocation may change; NULL when there is none. */
static const struct bpf_insn *ld_imm64_at(const struct obj_prog *prog,
					  uint64_t n)
{
	const struct bpf_insn *insn;

	if (prog->insn_count < 2 || n > prog->insn_count - 2)
		return NULL;
	insn = prog->insns + n;
	return insn[0].code == LD_IMM64 && !insn[1].code &&
			       !insn[0].src_reg && !insn[1].imm ?
		       insn :
		       NULL;
}

/* 0: it is too long, or there is none. */
static int set_name(struct obj_reloc *reloc, const char *name)
{
	size_t len = strlen(name);

	if (!len || len >= sizeof(reloc->name))
		return 0;
	memcpy(reloc->name, name, len);
	return 1;
}

/* A map by its variable, or by the section of its variables. */
static int find_map(const struct reloc_parse *parse, const GElf_Sym *symbol,
		    const char *name, struct obj_reloc *reloc)
{
	const struct obj_map *map = parse->obj->maps;
	uint32_t i;

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
static int find_target(const struct reloc_parse *parse, const GElf_Sym *symbol,
		       const char *name, struct obj_reloc *reloc)
{
	if (symbol->st_shndx != SHN_UNDEF)
		return find_map(parse, symbol, name, reloc);
	reloc->kind = RELOC_CONSTANT;
	return set_name(reloc, name);
}

/* Within a variable the instruction holds the offset; elsewhere nothing. */
static int find_offset(const struct reloc_parse *parse,
		       const struct bpf_insn *insn, const GElf_Sym *symbol,
		       struct obj_reloc *reloc)
{
	uint64_t offset = symbol->st_value + (uint32_t)insn->imm;

	if (reloc->kind != RELOC_VALUE)
		return !insn->imm;
	reloc->offset = offset;
	return offset < parse->obj->maps[reloc->map].value_size;
}

static int reloc_wrong(const struct reloc_parse *parse, uint64_t insn,
		       const char *what, const char *name)
{
	warnx("%s: section '%s': instruction %" PRIu64 " %s '%s'",
	      parse->file->name, parse->prog->section, insn, what, name);
	return -EINVAL;
}

/* The function of section @section that begins at instruction @start, or NULL. */
static const char *function_at(const struct reloc_parse *parse, size_t section,
			       uint64_t start)
{
	const struct object *obj = parse->obj;
	struct elf_section found;

	if (elf_section_at(parse->file, section, &found))
		return NULL;
	for (uint32_t i = 0; i < obj->func_count; i++)
		if (!strcmp(obj->funcs[i].section, found.name) &&
		    obj->funcs[i].start == start)
			return obj->funcs[i].name;
	return NULL;
}

/*
 * Finds what a call calls: a function that is not defined here; or one in another
 * section, whose place is the symbol's plus what the instruction holds
 * (tools/lib/bpf/libbpf.c, "sub-program").
 */
static int find_callee(const struct reloc_parse *parse, const GElf_Sym *symbol,
		       const char *name, const struct bpf_insn *insn,
		       struct obj_reloc *reloc)
{
	reloc->kind = RELOC_CALL;
	if (symbol->st_shndx != SHN_UNDEF)
		name = function_at(parse, symbol->st_shndx,
				   symbol->st_value / sizeof(*insn) +
					   insn->imm + 1);
	return name && set_name(reloc, name);
}

/* @insn: of the function, that the relocation is for. */
static int add_call(const struct reloc_parse *parse, const GElf_Sym *symbol,
		    const char *name, uint64_t n)
{
	struct obj_prog *prog = parse->prog;
	struct obj_reloc *reloc = &prog->relocs[prog->reloc_count];
	const struct bpf_insn *insn = prog->insns + n;

	memset(reloc, 0, sizeof(*reloc));
	if (n >= prog->insn_count || !insn_is_call(insn) ||
	    !find_callee(parse, symbol, name, insn, reloc))
		return reloc_wrong(parse, n, "calls what is no function:",
				   name);
	reloc->insn = n;
	prog->reloc_count++;
	return 0;
}

static int add_place(const struct reloc_parse *parse, const GElf_Rel *rel,
		     const GElf_Sym *symbol, const char *name, uint64_t n)
{
	struct obj_prog *prog = parse->prog;
	struct obj_reloc *reloc = &prog->relocs[prog->reloc_count];
	const struct bpf_insn *insn = ld_imm64_at(prog, n);

	memset(reloc, 0, sizeof(*reloc));
	if (GELF_R_TYPE(rel->r_info) != R_64_64 ||
	    !find_target(parse, symbol, name, reloc))
		return reloc_wrong(parse, n, "refers to what is no map:", name);
	if (!insn || !find_offset(parse, insn, symbol, reloc))
		return reloc_wrong(parse, n, "cannot take", name);
	reloc->insn = n;
	prog->reloc_count++;
	return 0;
}

/* A relocation of the section: of this function, or of another one there. */
static int add_reloc(const struct reloc_parse *parse, const GElf_Rel *rel)
{
	const struct obj_prog *prog = parse->prog;
	uint64_t n = rel->r_offset / sizeof(struct bpf_insn) - prog->start;
	GElf_Sym symbol = { .st_shndx = SHN_ABS };
	const char *name = "";

	if (n >= prog->insn_count &&
	    rel->r_offset < parse->section->header.sh_size)
		return 0;
	elf_symbol_at(parse->file, GELF_R_SYM(rel->r_info), &symbol, &name);
	if (n >= prog->insn_count || rel->r_offset % sizeof(struct bpf_insn))
		return reloc_wrong(parse, n, "cannot take", name);
	if (GELF_R_TYPE(rel->r_info) == R_64_32)
		return add_call(parse, &symbol, name, n);
	return add_place(parse, rel, &symbol, name, n);
}

static bool has_room(struct obj_prog *prog, size_t count)
{
	struct obj_reloc *grown = reallocarray(prog->relocs,
					       prog->reloc_count + count + 1,
					       sizeof(*grown));

	if (grown)
		prog->relocs = grown;
	return !!grown;
}

/* Reads one section of relocations. */
static int add_relocs(const struct reloc_parse *parse,
		      struct elf_section *section)
{
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
	if (!has_room(parse->prog, count))
		return -ENOMEM;
	for (i = 0; !err && i < count && gelf_getrel(section->data, i, &rel);
	     i++)
		err = add_reloc(parse, &rel);
	return err;
}

static bool is_related(const struct obj_prog *prog, uint32_t n)
{
	for (uint32_t i = 0; i < prog->reloc_count; i++)
		if (prog->relocs[i].insn == n)
			return true;
	return false;
}

/* The calls within a section need no relocation. */
static int add_near_calls(const struct reloc_parse *parse)
{
	struct obj_prog *prog = parse->prog;
	const GElf_Sym here = { .st_shndx = parse->section->index };
	int err = 0;

	for (uint32_t n = 0; !err && n < prog->insn_count; n++) {
		GElf_Sym symbol = here;

		if (!insn_is_call(&prog->insns[n]) || is_related(prog, n))
			continue;
		symbol.st_value =
			(prog->start + (uint64_t)n) * sizeof(struct bpf_insn);
		if (!has_room(prog, 1))
			return -ENOMEM;
		err = add_call(parse, &symbol, "", n);
	}
	return err;
}

int obj_relocs_parse(const struct elf_file *file, size_t maps_section,
		     const struct object *obj,
		     const struct elf_section *section, struct obj_prog *prog)
{
	const struct reloc_parse parse = { file, maps_section, obj, section, prog };
	struct elf_section relocs;
	int err = 0;

	for (size_t i = 1; !err && i < file->section_count; i++) {
		err = elf_section_at(file, i, &relocs);
		if (!err && relocs.header.sh_info == section->index &&
		    (relocs.header.sh_type == SHT_REL ||
		     relocs.header.sh_type == SHT_RELA))
			err = add_relocs(&parse, &relocs);
	}
	return err ? err : add_near_calls(&parse);
}
