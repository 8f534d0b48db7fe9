// SPDX-License-Identifier: GPL-2.0-only
#include "snapshot.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../lib/hash.h"
#include "../lib/file.h"

#define BOOT_ID		"/proc/sys/kernel/random/boot_id"
#define MODULES		"/proc/modules"
#define KEY_LEN		64

/*
 * Continues the hash by the name and the address in a line of /proc/modules, and by the
 * taint flags behind the address; use counts change all the time.
 */
static uint64_t hash_module(uint64_t hash, const char *line,
				      size_t size)
{
	const char *name_end = memchr(line, ' ', size);
	const char *addr = memmem(line, size, " 0x", 3);

	if (!name_end || !addr)
		return hash_bytes(hash, line, size);
	hash = hash_bytes(hash, line, name_end - line);
	return hash_bytes(hash, addr, line + size - addr);
}

/* This boot and these modules, as a line that begins a copy. 0 or -errno. */
static int make_key(char key[KEY_LEN])
{
	uint64_t hash = HASH_START;
	char *boot, *modules, *line, *eol;
	size_t size;
	int err = file_read(BOOT_ID, &boot, &size);

	if (err)
		return err;
	/* A kernel without modules has no such file. */
	if (file_read(MODULES, &modules, &size))
		modules = NULL;
	for (line = modules; line && *line; line = eol + 1) {
		eol = strchrnul(line, '\n');
		hash = hash_module(hash, line, eol - line);
		if (!*eol)
			break;
	}
	snprintf(key, KEY_LEN, "#%.36s %016" PRIx64 "\n", boot, hash);
	free(boot);
	free(modules);
	return 0;
}

/* Takes the copy when its first line is the key, which then is cut off. */
static int read_copy(const char *path, const char *key, char **bytes,
		     size_t *size)
{
	size_t len = strlen(key);
	int err = file_read(path, bytes, size);

	if (err)
		return err;
	if (*size < len || memcmp(*bytes, key, len)) {
		free(*bytes);
		*bytes = NULL;
		return -ESTALE;
	}
	*size -= len;
	memmove(*bytes, *bytes + len, *size + 1);
	return 0;
}

/* What begins with an address of 0 hides all of them. */
static bool is_hidden(const char *bytes)
{
	return !strncmp(bytes, "0000000000000000", 16);
}

/* Moves them together. */
int snapshot_keep_lines(bool (*keep)(const char *line), char *bytes,
			size_t *size)
{
	char *from = bytes, *to = bytes, *eol;

	while (*from) {
		eol = strchrnul(from, '\n');
		if (*eol)
			eol++;
		if (keep(from)) {
			memmove(to, from, eol - from);
			to += eol - from;
		}
		from = eol;
	}
	*to = '\0';
	*size = to - bytes;
	return is_hidden(bytes);
}

/* All or nothing: a reader never finds half a copy. */
static void write_copy(const char *path, const char *key, const char *bytes,
		       size_t size)
{
	char new[PATH_MAX];
	FILE *out;
	int fd, failed;

	if (snprintf(new, sizeof(new), "%s.XXXXXX", path) >= (int)sizeof(new))
		return;
	fd = mkstemp(new);
	if (fd < 0)
		return;
	out = fdopen(fd, "w");
	if (!out)
		close(fd);
	failed = !out || fputs(key, out) < 0 ||
		 fwrite(bytes, 1, size, out) != size;
	if (out && fclose(out))
		failed = 1;
	if (failed || rename(new, path))
		unlink(new);
}

int snapshot_read(const char *path, const char *copy,
		  int (*make)(char **bytes, size_t *size), char **bytes,
		  size_t *size)
{
	char key[KEY_LEN], after[KEY_LEN];
	int err, keyed = !make_key(key);

	if (keyed && !read_copy(copy, key, bytes, size))
		return 0;
	err = file_read(path, bytes, size);
	if (err)
		return err;
	err = make ? make(bytes, size) : is_hidden(*bytes);
	if (err < 0) {
		free(*bytes);
		*bytes = NULL;
		return err;
	}
	/* A module that came or went meanwhile spoils it. */
	if (keyed && !err && !make_key(after) && !strcmp(key, after))
		write_copy(copy, key, *bytes, *size);
	return 0;
}
