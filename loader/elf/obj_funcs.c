// SPDX-License-Identifier: GPL-2.0-only
#include "obj_funcs.h"

#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "../../lib/grow.h"

#define INSN_SIZE	sizeof(struct bpf_insn)

static int section_wrong(const struct elf_file *file,
			 const struct elf_section *section, const char *what)
{
	warnx("%s: section '%s': %s", file->name, section->name, what);
	return -EINVAL;
}

void obj_func_clear(struct obj_prog *func)
{
	free(func->section);
	free(func->name);
	free(func->insns);
	free(func->relocs);
}

int obj_func_init(struct obj_prog *func, const char *section, const char *name,
		  const void *insns, uint32_t count)
{
	*func = (struct obj_prog){
		.section = strdup(section),
		.name = strdup(name),
		.insns = calloc(count, INSN_SIZE),
		.insn_count = count,
	};
	if (!func->section || !func->name || !func->insns) {
		obj_func_clear(func);
		return -ENOMEM;
	}
	memcpy(func->insns, insns, count * INSN_SIZE);
	return 0;
}

/* Does the symbol's function lie within its section, whole instructions of it? */
static bool is_within(const GElf_Sym *symbol, const struct elf_section *section)
{
	size_t size = section->data->d_size;

	return symbol->st_size && !(symbol->st_value % INSN_SIZE) &&
	       !(symbol->st_size % INSN_SIZE) && symbol->st_value < size &&
	       symbol->st_size <= size - symbol->st_value;
}

static int add_func(const struct elf_file *file,
		    const struct elf_section *section, const GElf_Sym *symbol,
		    const char *name, struct object *obj)
{
	bool is_text = !strcmp(section->name, ".text");
	struct obj_prog **list = is_text ? &obj->funcs : &obj->progs;
	uint32_t *count = is_text ? &obj->func_count : &obj->prog_count;
	struct obj_prog *grown, *func;
	int err;

	if (!is_within(symbol, section))
		return section_wrong(file, section, "not whole instructions");
	grown = grow(*list, *count, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	*list = grown;
	func = &grown[*count];
	err = obj_func_init(func, section->name, name,
			    (const char *)section->data->d_buf +
				    symbol->st_value,
			    symbol->st_size / INSN_SIZE);
	if (err)
		return err;
	func->start = symbol->st_value / INSN_SIZE;
	++*count;
	return 0;
}

int obj_funcs_add(const struct elf_file *file,
		  const struct elf_section *section, struct object *obj)
{
	const char *name;
	GElf_Sym symbol;
	size_t found = 0;
	int err = 0;

	for (size_t i = 0; !err && !elf_symbol_at(file, i, &symbol, &name);
	     i++) {
		if (GELF_ST_TYPE(symbol.st_info) != STT_FUNC ||
		    symbol.st_shndx != section->index)
			continue;
		if (found++ && strcmp(section->name, ".text"))
			return section_wrong(file, section,
					     "more than one function in it");
		err = add_func(file, section, &symbol, name, obj);
	}
	return !err && !found ?
		       section_wrong(file, section, "no function in it") :
		       err;
}
