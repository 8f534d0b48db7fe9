// SPDX-License-Identifier: GPL-2.0-only
#include "elf.h"

#include <endian.h>
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <string.h>

#if __BYTE_ORDER == __LITTLE_ENDIAN
#define OUR_ORDER	ELFDATA2LSB
#else
#define OUR_ORDER	ELFDATA2MSB
#endif

static int elf_wrong(const struct elf_file *file, const char *what)
{
	warnx("%s: %s", file->name, what);
	return -EINVAL;
}

/* What libelf did not like. */
static int elf_damaged(const struct elf_file *file)
{
	warnx("%s: damaged or cut off: %s", file->name, elf_errmsg(-1));
	return -EINVAL;
}

static int elf_check_header(const struct elf_file *file)
{
	GElf_Ehdr header;

	if (elf_kind(file->elf) != ELF_K_ELF)
		return elf_wrong(file, "not an ELF file");
	if (!gelf_getehdr(file->elf, &header))
		return elf_damaged(file);
	if (header.e_machine != EM_BPF)
		return elf_wrong(file, "not for the BPF machine");
	if (header.e_ident[EI_CLASS] != ELFCLASS64)
		return elf_wrong(file, "not a 64-bit object");
	if (header.e_ident[EI_DATA] != OUR_ORDER)
		return elf_wrong(file, "for a machine of the other byte order");
	if (header.e_type != ET_REL)
		return elf_wrong(file, "not a relocatable object (clang -c)");
	return 0;
}

static int elf_find_symbols(struct elf_file *file)
{
	struct elf_section section;
	size_t i;
	int err;

	for (i = 1; i < file->section_count; i++) {
		err = elf_section_at(file, i, &section);
		if (err)
			return err;
		if (section.header.sh_type != SHT_SYMTAB)
			continue;
		err = elf_section_data(file, &section);
		if (err)
			return err;
		file->symbols = section.data;
		file->symbol_names = section.header.sh_link;
		break;
	}
	return 0;
}

int elf_open(const char *name, const void *bytes, size_t size,
	     struct elf_file *file)
{
	int err;

	memset(file, 0, sizeof(*file));
	file->name = name;
	elf_version(EV_CURRENT);
	/* libelf only reads what it is given here, though it has no const */
	file->elf = elf_memory((char *)bytes, size);
	if (!file->elf)
		return elf_damaged(file);
	err = elf_check_header(file);
	if (!err && (elf_getshdrnum(file->elf, &file->section_count) ||
		     elf_getshdrstrndx(file->elf, &file->names)))
		err = elf_damaged(file);
	if (!err)
		err = elf_find_symbols(file);
	if (err)
		elf_close(file);
	return err;
}

void elf_close(struct elf_file *file)
{
	elf_end(file->elf);
	file->elf = NULL;
}

int elf_section_at(const struct elf_file *file, size_t index,
		   struct elf_section *section)
{
	Elf_Scn *scn = elf_getscn(file->elf, index);

	section->index = index;
	section->data = NULL;
	if (!scn || !gelf_getshdr(scn, &section->header))
		return elf_damaged(file);
	section->name = elf_strptr(file->elf, file->names,
				   section->header.sh_name);
	return section->name ? 0 : elf_damaged(file);
}

int elf_section_find(const struct elf_file *file, const char *name,
		     struct elf_section *section)
{
	size_t i;
	int err;

	for (i = 1; i < file->section_count; i++) {
		err = elf_section_at(file, i, section);
		if (err || !strcmp(section->name, name))
			return err;
	}
	return -ENOENT;
}

int elf_section_data(const struct elf_file *file, struct elf_section *section)
{
	section->data = elf_getdata(elf_getscn(file->elf, section->index),
				    NULL);
	if (!section->data)
		return elf_damaged(file);
	if (!section->data->d_buf) {
		warnx("%s: section '%s' has no content", file->name,
		      section->name);
		return -EINVAL;
	}
	return 0;
}

/* The name of the section that a section's own symbol stands for. */
static const char *elf_symbol_section(const struct elf_file *file,
				      const GElf_Sym *symbol)
{
	Elf_Scn *scn = elf_getscn(file->elf, symbol->st_shndx);
	GElf_Shdr header;

	if (!scn || !gelf_getshdr(scn, &header))
		return NULL;
	return elf_strptr(file->elf, file->names, header.sh_name);
}

int elf_symbol_at(const struct elf_file *file, size_t index, GElf_Sym *symbol,
		  const char **name)
{
	if (!file->symbols || index > INT_MAX ||
	    !gelf_getsym(file->symbols, index, symbol))
		return -ENOENT;
	if (GELF_ST_TYPE(symbol->st_info) == STT_SECTION)
		*name = elf_symbol_section(file, symbol);
	else
		*name = elf_strptr(file->elf, file->symbol_names,
				   symbol->st_name);
	if (!*name)
		*name = "";
	return 0;
}
