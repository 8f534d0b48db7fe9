// SPDX-License-Identifier: GPL-2.0-only
#include "btf_elf.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/file.h"

bool btf_is_elf(const void *bytes, size_t size)
{
	return size >= SELFMAG && !memcmp(bytes, ELFMAG, SELFMAG);
}

/* NULL: there is none, or the file is damaged. */
static Elf_Scn *find_section(Elf *elf, const char *wanted)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	const char *name;
	size_t names;

	if (elf_getshdrstrndx(elf, &names))
		return NULL;
	while ((section = elf_nextscn(elf, section))) {
		name = gelf_getshdr(section, &header) ?
			       elf_strptr(elf, names, header.sh_name) : NULL;
		if (name && !strcmp(name, wanted))
			break;
	}
	return section;
}

static int copy(const Elf_Data *data, char **bytes, size_t *size)
{
	if (data->d_size > FILE_MAX)
		return -EFBIG;
	*bytes = malloc(data->d_size + 1);
	if (!*bytes)
		return -ENOMEM;
	memcpy(*bytes, data->d_buf, data->d_size);
	*size = data->d_size;
	return 0;
}

static int read_section(const char *path, Elf *elf, char **bytes, size_t *size)
{
	Elf_Scn *section = elf ? find_section(elf, ".BTF") : NULL;
	Elf_Data *data = section ? elf_rawdata(section, NULL) : NULL;
	int err;

	if (!data || !data->d_buf || !data->d_size) {
		warnx("%s: an ELF file without a section .BTF, or damaged", path);
		return -EINVAL;
	}
	err = copy(data, bytes, size);
	if (err)
		warnx("%s: %s", path, strerror(-err));
	return err;
}

int btf_elf_read(const char *path, char **bytes, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), err;
	Elf *elf;

	if (fd < 0) {
		err = -errno;
		warnx("%s: %s", path, strerror(-err));
		return err;
	}
	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ_MMAP, NULL);
	err = read_section(path, elf, bytes, size);
	elf_end(elf);
	close(fd);
	return err;
}
