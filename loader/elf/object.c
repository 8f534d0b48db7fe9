// SPDX-License-Identifier: GPL-2.0-only
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "elf.h"
#include "../lib/file.h"
#include "obj_maps.h"
#include "obj_relocs.h"
#include "object.h"

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
	if (err)
		return err;
	return obj_relocs_parse(&parse->file, parse->maps_section, parse->obj,
				section->index, prog);
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

/* The sections of variables, each of which is a map. */
static int parse_data(struct parse *parse)
{
	struct elf_section section;
	size_t i;
	int err = 0;

	for (i = 1; !err && i < parse->file.section_count; i++) {
		err = elf_section_at(&parse->file, i, &section);
		if (err || strncmp(section.name, DATA_PREFIX,
				   strlen(DATA_PREFIX)))
			continue;
		err = elf_section_data(&parse->file, &section);
		if (!err)
			err = obj_maps_add_data(parse->file.name, &section,
						parse->obj);
	}
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
		err = parse_data(&parse);
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

void object_resize(struct object *obj, const char *map, __u32 entries)
{
	for (__u32 i = 0; i < obj->map_count; i++)
		if (!strcmp(obj->maps[i].name, map))
			obj->maps[i].max_entries = entries;
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
