// SPDX-License-Identifier: GPL-2.0-only
#include "object.h"

#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "elf.h"
#include "../lib/file.h"
#include "../../lib/grow.h"
#include "obj_funcs.h"
#include "obj_maps.h"
#include "obj_relocs.h"

/* An object while it is being taken apart. */
struct parse {
	struct elf_file file;
	size_t maps_section;	/* index of ".maps", 0: none */
	struct object *obj;
};

static bool is_program(const struct elf_section *section)
{
	return section->header.sh_type == SHT_PROGBITS &&
	       section->header.sh_flags & SHF_EXECINSTR &&
	       section->header.sh_size;
}

static int add_functions(struct parse *parse, struct elf_section *section)
{
	int err = elf_section_data(&parse->file, section);

	return err ? err : obj_funcs_add(&parse->file, section, parse->obj);
}

static int parse_functions(struct parse *parse)
{
	struct elf_section section;
	int err = 0;

	for (size_t i = 1; !err && i < parse->file.section_count; i++) {
		err = elf_section_at(&parse->file, i, &section);
		if (!err && is_program(&section))
			err = add_functions(parse, &section);
	}
	if (!err && !parse->obj->prog_count) {
		warnx("%s: no program in it", parse->file.name);
		return -EINVAL;
	}
	return err;
}

/* What those of one list refer to, when all functions are known. */
static int parse_relocs(struct parse *parse, struct obj_prog *funcs,
			uint32_t count)
{
	struct elf_section section;
	int err = 0;

	for (uint32_t i = 0; !err && i < count; i++) {
		err = elf_section_find(&parse->file, funcs[i].section,
				       &section);
		if (!err)
			err = obj_relocs_parse(&parse->file,
					       parse->maps_section, parse->obj,
					       &section, &funcs[i]);
	}
	return err;
}

static int parse_programs(struct parse *parse)
{
	struct object *obj = parse->obj;
	int err = parse_functions(parse);

	if (!err)
		err = parse_relocs(parse, obj->progs, obj->prog_count);
	if (!err)
		err = parse_relocs(parse, obj->funcs, obj->func_count);
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
	err = file_load(path, &bytes, &size);
	if (err)
		return err;
	err = object_parse(path, bytes, size, obj);
	free(bytes);
	return err;
}

void object_resize(struct object *obj, const char *map, uint32_t entries)
{
	for (uint32_t i = 0; i < obj->map_count; i++)
		if (!strcmp(obj->maps[i].name, map))
			obj->maps[i].max_entries = entries;
}

int object_add_function(struct object *obj, const struct obj_prog *func)
{
	struct obj_prog *grown = grow(obj->funcs, obj->func_count,
				      sizeof(*grown)), *copy;
	size_t size = func->reloc_count * sizeof(*func->relocs);
	int err;

	if (!grown)
		return -ENOMEM;
	obj->funcs = grown;
	copy = &grown[obj->func_count];
	err = obj_func_init(copy, func->section, func->name, func->insns,
			    func->insn_count);
	if (err)
		return err;
	obj->func_count++;
	copy->relocs = malloc(size + 1);
	if (!copy->relocs)
		return -ENOMEM;
	if (size)
		memcpy(copy->relocs, func->relocs, size);
	copy->reloc_count = func->reloc_count;
	return 0;
}

static int any_calls(const struct obj_prog *funcs, uint32_t count,
		     const char *name)
{
	for (uint32_t i = 0; i < count; i++)
		for (uint32_t n = 0; n < funcs[i].reloc_count; n++)
			if (funcs[i].relocs[n].kind == RELOC_CALL &&
			    !strcmp(funcs[i].relocs[n].name, name))
				return 1;
	return 0;
}

int object_calls(const struct object *obj, const char *name)
{
	return any_calls(obj->progs, obj->prog_count, name) ||
	       any_calls(obj->funcs, obj->func_count, name);
}

static void free_functions(struct obj_prog *funcs, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		obj_func_clear(&funcs[i]);
	free(funcs);
}

void object_free(struct object *obj)
{
	if (!obj)
		return;
	for (uint32_t i = 0; i < obj->map_count; i++)
		free(obj->maps[i].name);
	free_functions(obj->progs, obj->prog_count);
	free_functions(obj->funcs, obj->func_count);
	free(obj->maps);
	free(obj->license);
	free(obj);
}
