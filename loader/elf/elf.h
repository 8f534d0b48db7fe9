/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ELF objects for the BPF machine, as far as object.c needs them: sections
 * and symbols, on top of libelf. See elf(5).
 */
#ifndef ELF_H
#define ELF_H

#include <gelf.h>
#include <stddef.h>

struct elf_file {
	const char *name;	/* for messages */
	Elf *elf;
	size_t section_count;
	size_t names;		/* index of the sections' names */
	Elf_Data *symbols;	/* NULL: none */
	size_t symbol_names;	/* index of their names */
};

struct elf_section {
	size_t index;
	const char *name;
	GElf_Shdr header;
	Elf_Data *data;		/* NULL until elf_section_data() */
};

/*
 * Opens @size bytes, which must stay while the file is used, and which messages call
 * @name. It takes only relocatable objects of this machine's byte order. 0 and *file, to
 * be closed by elf_close(); or -EINVAL, and has said why.
 */
int elf_open(const char *name, const void *bytes, size_t size,
	     struct elf_file *file);
void elf_close(struct elf_file *file);

/* The section of that index or name. 0; -ENOENT: none; -EINVAL, and said. */
int elf_section_at(const struct elf_file *file, size_t index,
		   struct elf_section *section);
int elf_section_find(const struct elf_file *file, const char *name,
		     struct elf_section *section);

/* Fetches the section's content. 0 (@section->data) or -EINVAL, and said. */
int elf_section_data(const struct elf_file *file,
		     struct elf_section *section);

/*
 * The symbol of that index, and its name: a section's own symbol has that
 * section's, a damaged one "". 0, or -ENOENT beyond the last one.
 */
int elf_symbol_at(const struct elf_file *file, size_t index, GElf_Sym *symbol,
		  const char **name);

#endif /* ELF_H */
