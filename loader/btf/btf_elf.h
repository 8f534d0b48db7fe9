/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BTF_ELF_H
#define BTF_ELF_H

#include <stdbool.h>
#include <stddef.h>

/* Do @size bytes begin as an ELF file does? */
bool btf_is_elf(const void *bytes, size_t size);

/*
 * Reads the section .BTF of an ELF file: a vmlinux, a module, a file of a BTF archive.
 * 0, *bytes, to be freed, and *size; or -errno, and has said why.
 */
int btf_elf_read(const char *path, char **bytes, size_t *size);

#endif /* BTF_ELF_H */
