// SPDX-License-Identifier: GPL-2.0-only
#include "file.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIRST_ROOM	65536

/* What to allocate at first: the size as far as stat() knows it. */
static size_t file_room(int fd)
{
	struct stat st;

	if (fstat(fd, &st) || st.st_size < FIRST_ROOM || st.st_size > FILE_MAX)
		return FIRST_ROOM;
	return st.st_size + 2;
}

/* Doubles the buffer; -errno when it may not or cannot. */
static int file_grow(char **bytes, size_t *room)
{
	char *grown;

	if (*room > FILE_MAX)
		return -EFBIG;
	grown = realloc(*bytes, *room * 2);
	if (!grown)
		return -ENOMEM;
	*bytes = grown;
	*room *= 2;
	return 0;
}

/* With *bytes, also when it fails. */
static int read_all(int fd, char **bytes, size_t *size)
{
	size_t room = file_room(fd);
	ssize_t got;
	int err;

	*size = 0;
	*bytes = malloc(room);
	if (!*bytes)
		return -ENOMEM;
	for (;;) {
		got = read(fd, *bytes + *size, room - 1 - *size);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (!got)
			break;
		*size += got;
		if (*size < room - 1)
			continue;
		err = file_grow(bytes, &room);
		if (err)
			return err;
	}
	(*bytes)[*size] = '\0';
	return 0;
}

int file_read_fd(int fd, char **bytes, size_t *size)
{
	int err = read_all(fd, bytes, size);

	if (err) {
		free(*bytes);
		*bytes = NULL;
	}
	return err;
}

int file_read(const char *path, char **bytes, size_t *size)
{
	int fd, err;

	*bytes = NULL;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	err = file_read_fd(fd, bytes, size);
	close(fd);
	return err;
}

int file_load(const char *path, char **bytes, size_t *size)
{
	int err = file_read(path, bytes, size);

	if (err)
		warnx("%s: %s", path, strerror(-err));
	return err;
}
