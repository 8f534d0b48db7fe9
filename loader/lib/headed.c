// SPDX-License-Identifier: GPL-2.0-only
#include "headed.h"

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int read_lines(FILE *file, const char *header, size_t *number,
		      int (*take)(void *ctx, char *line), void *ctx)
{
	char *line = NULL;
	size_t size = 0;
	int err = 0;

	while (!err && getline(&line, &size, file) >= 0) {
		line[strcspn(line, "\n")] = '\0';
		if (!(*number)++)
			err = strcmp(line, header) ? -EINVAL : 0;
		else
			err = take(ctx, line);
	}
	free(line);
	if (!err && ferror(file))
		err = -EIO;
	return !err && !*number ? -EINVAL : err;
}

int headed_read(const char *path, const char *header, const char *wrong,
		int (*take)(void *ctx, char *line), void *ctx)
{
	FILE *file = fopen(path, "re");
	size_t number = 0;
	int err = -errno;

	if (!file) {
		warnx("%s: %s", path, strerror(-err));
		return err;
	}
	err = read_lines(file, header, &number, take, ctx);
	fclose(file);
	if (err)
		warnx("%s: line %zu: %s", path, number,
		      err == -EINVAL ? wrong : strerror(-err));
	return err;
}
