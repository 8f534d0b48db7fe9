// SPDX-License-Identifier: GPL-2.0-only
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "elf.h"
#include "file.h"
#include "obj_maps.h"
#include "object.h"
#include "reloc.h"

#define R_64_64	1		/* R_BPF_64_64: an ld_imm64 */
#define R_64_32	10		/* R_BPF_64_32: a call */

/* An object while it is being taken apart. */
struct parse {
	struct elf_file file;
	size_t maps_section;	/* index of ".maps", 0: none */
	struct object *obj;
};

static int is_program(const struct elf_section *section)
{
	return section->header.sh_type == SHT_PROGBITS &&
	       section->header.sh_flags & SHF_EXECINSTR &&
	       section->header.sh_size;
}

/* The one function that a section of instructions holds. */
static int find_function(const struct parse *parse,
			 const struct elf_section *section, const char **func)
{
	const char *name, *what = NULL;
	GElf_Sym symbol;
	size_t i;

	*func = NULL;
	for (i = 0; !elf_symbol_at(&parse->file, i, &symbol, &name); i++) {
		if (GELF_ST_TYPE(symbol.st_info) != STT_FUNC ||
		    symbol.st_shndx != section->index)
			continue;
		if (*func)
			what = "more than one function";
		*func = name;
	}
	if (!*func)
		what = "no function";
	if (!what)
		return 0;
	warnx("%s: section '%s': %s in it", parse->file.name, section->name,
	      what);
	return -EINVAL;
}

static int copy_program(const struct elf_section *section, const char *func,
			struct obj_prog *prog)
{
	size_t size = section->data->d_size;

	prog->section = strdup(section->name);
	prog->name = strdup(func);
	prog->insns = malloc(size);
	if (!prog->section || !prog->name || !prog->insns)
		return -ENOMEM;
	memcpy(prog->insns, section->data->d_buf, size);
	prog->insn_count = size / sizeof(struct bpf_insn);
	return 0;
}

/* Whether the instruction is an ld_imm64 with nothing in it yet. */
static int is_empty_ld_imm64(const struct obj_prog *prog, __u64 n)
{
	const struct bpf_insn *insn;

	if (prog->insn_count < 2 || n > prog->insn_count - 2)
		return 0;
	insn = prog->insns + n;
	return insn[0].code == (BPF_LD | BPF_IMM | BPF_DW) && !insn[1].code &&
	       !insn[0].src_reg && !insn[0].imm && !insn[1].imm;
}

static int find_map(const struct parse *parse, const GElf_Sym *symbol,
		    const char *name)
{
	__u32 i;

	if (!parse->maps_section || symbol->st_shndx != parse->maps_section)
		return -1;
	for (i = 0; i < parse->obj->map_count; i++)
		if (!strcmp(parse->obj->maps[i].name, name))
			return i;
	return -1;
}

static int reloc_wrong(const struct parse *parse, const struct obj_prog *prog,
		       __u64 insn, const char *what, const char *name)
{
	warnx("%s: section '%s': instruction %llu %s '%s'", parse->file.name,
	      prog->section, insn, what, name);
	return -EINVAL;
}

static int add_reloc(const struct parse *parse, struct obj_prog *prog,
		     const GElf_Rel *rel)
{
	__u64 insn = rel->r_offset / sizeof(struct bpf_insn);
	struct obj_reloc *reloc = &prog->relocs[prog->reloc_count];
	const char *name = "";
	GElf_Sym symbol = { .st_shndx = SHN_UNDEF };
	int map;

	elf_symbol_at(&parse->file, GELF_R_SYM(rel->r_info), &symbol, &name);
	if (GELF_R_TYPE(rel->r_info) == R_64_32)
		return reloc_wrong(parse, prog, insn,
				   "calls a function that is not part of it:",
				   name);
	map = find_map(parse, &symbol, name);
	if (GELF_R_TYPE(rel->r_info) != R_64_64 || map < 0)
		return reloc_wrong(parse, prog, insn,
				   "refers to what is no map:", name);
	if (rel->r_offset % sizeof(struct bpf_insn) ||
	    !is_empty_ld_imm64(prog, insn))
		return reloc_wrong(parse, prog, insn, "cannot take map", name);
	reloc->insn = insn;
	reloc->map = map;
	prog->reloc_count++;
	return 0;
}

/* Reads one section of relocations of the program. */
static int add_relocs(const struct parse *parse, struct obj_prog *prog,
		      struct elf_section *section)
{
	struct obj_reloc *grown;
	GElf_Rel rel;
	size_t i, count;
	int err;

	if (section->header.sh_type == SHT_RELA) {
		warnx("%s: section '%s': relocations with addends",
		      parse->file.name, section->name);
		return -EINVAL;
	}
	err = elf_section_data(&parse->file, section);
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
		err = add_reloc(parse, prog, &rel);
	return err;
}

static int find_relocs(const struct parse *parse, struct obj_prog *prog,
		       size_t prog_section)
{
	struct elf_section section;
	size_t i;
	int err = 0;

	for (i = 1; !err && i < parse->file.section_count; i++) {
		err = elf_section_at(&parse->file, i, &section);
		if (!err && section.header.sh_info == prog_section &&
		    (section.header.sh_type == SHT_REL ||
		     section.header.sh_type == SHT_RELA))
			err = add_relocs(parse, prog, &section);
	}
	return err;
}

static int add_program(struct parse *parse, struct elf_section *section)
{
	struct obj_prog *prog = &parse->obj->progs[parse->obj->prog_count];
	const char *func;
	int err;

	err = elf_section_data(&parse->file, section);
	if (err)
		return err;
	if (!section->data->d_size ||
	    section->data->d_size % sizeof(struct bpf_insn)) {
		warnx("%s: section '%s': not whole instructions",
		      parse->file.name, section->name);
		return -EINVAL;
	}
	err = find_function(parse, section, &func);
	if (err)
		return err;
	parse->obj->prog_count++;
	err = copy_program(section, func, prog);
	return err ? err : find_relocs(parse, prog, section->index);
}

static int parse_programs(struct parse *parse)
{
	struct elf_section section;
	size_t i;
	int err = 0;

	parse->obj->progs = calloc(parse->file.section_count + 1,
				   sizeof(*parse->obj->progs));
	if (!parse->obj->progs)
		return -ENOMEM;
	for (i = 1; !err && i < parse->file.section_count; i++) {
		err = elf_section_at(&parse->file, i, &section);
		if (!err && is_program(&section))
			err = add_program(parse, &section);
	}
	if (!err && !parse->obj->prog_count) {
		warnx("%s: no program in it", parse->file.name);
		return -EINVAL;
	}
	return err;
}

static int parse_maps(struct parse *parse)
{
	const char *name = parse->file.name;
	struct elf_section section;
	struct btf *btf;
	int err;

	err = elf_section_find(&parse->file, ".maps", &section);
	if (err)
		return err == -ENOENT ? 0 : err;
	parse->maps_section = section.index;
	err = elf_section_find(&parse->file, ".BTF", &section);
	if (err == -ENOENT) {
		warnx("%s: maps without BTF (clang -g makes it)", name);
		return -EINVAL;
	}
	if (!err)
		err = elf_section_data(&parse->file, &section);
	if (!err)
		err = btf_parse(name, section.data->d_buf,
				section.data->d_size, NULL, &btf);
	if (err)
		return err;
	err = obj_maps_parse(name, btf, parse->obj);
	btf_free(btf);
	return err;
}

static int parse_license(struct parse *parse)
{
	struct elf_section section;
	const char *text;
	size_t size;
	int err;

	err = elf_section_find(&parse->file, "license", &section);
	if (err == -ENOENT) {
		warnx("%s: no section 'license'", parse->file.name);
		return -EINVAL;
	}
	if (!err)
		err = elf_section_data(&parse->file, &section);
	if (err)
		return err;
	text = section.data->d_buf;
	size = section.data->d_size;
	if (size < 2 || !*text || !memchr(text, '\0', size)) {
		warnx("%s: section 'license' is no text", parse->file.name);
		return -EINVAL;
	}
	parse->obj->license = strdup(text);
	return parse->obj->license ? 0 : -ENOMEM;
}

int object_parse(const char *name, const void *bytes, size_t size,
		 struct object **obj)
{
	struct parse parse = { .obj = calloc(1, sizeof(**obj)) };
	int err = -ENOMEM;

	*obj = NULL;
	if (!parse.obj)
		goto cleanup;
	err = elf_open(name, bytes, size, &parse.file);
	if (err)
		goto cleanup;
	err = parse_license(&parse);
	if (!err)
		err = parse_maps(&parse);
	if (!err)
		err = parse_programs(&parse);
	elf_close(&parse.file);
cleanup:
	if (err == -ENOMEM)
		warnx("%s: %s", name, strerror(ENOMEM));
	if (err)
		object_free(parse.obj);
	else
		*obj = parse.obj;
	return err;
}

int object_open(const char *path, struct object **obj)
{
	char *bytes;
	size_t size;
	int err;

	*obj = NULL;
	err = file_read(path, &bytes, &size);
	if (err) {
		warnx("%s: %s", path, strerror(-err));
		return err;
	}
	err = object_parse(path, bytes, size, obj);
	free(bytes);
	return err;
}

void object_free(struct object *obj)
{
	__u32 i;

	if (!obj)
		return;
	for (i = 0; i < obj->map_count; i++)
		free(obj->maps[i].name);
	for (i = 0; i < obj->prog_count; i++) {
		free(obj->progs[i].section);
		free(obj->progs[i].name);
		free(obj->progs[i].insns);
		free(obj->progs[i].relocs);
	}
	free(obj->maps);
	free(obj->progs);
	free(obj->license);
	free(obj);
}
