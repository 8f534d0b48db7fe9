// SPDX-License-Identifier: GPL-2.0-only
#include "data.h"
#include "func_base.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* lines_read_fn that reads from the descriptor that source points to. */
static ssize_t read_file(void *source, char *buf, size_t size)
{
	ssize_t got;

	do
		got = read(*(int *)source, buf, size);
	while (got < 0 && errno == EINTR);
	return got < 0 ? -errno : got;
}

/* Returns 0 or -errno; *number is of the line that is wrong, 0: of none. */
static int load_file(struct table *t, size_t keys, int *fd,
		     unsigned long *number, char error[TABLE_ERROR])
{
	struct lines *l = malloc(sizeof(*l));
	int err;

	if (!l)
		return -ENOMEM;
	lines_init(l, read_file, fd);
	err = table_read(t, keys, l, error);
	*number = l->number;
	free(l);
	return err;
}

/* What cannot be read is said, and is not in the table. */
static void load_table(struct table *t, size_t keys, const char *dir,
		       const char *name)
{
	char path[PATH_MAX], error[TABLE_ERROR] = "";
	unsigned long number = 0;
	int fd, err;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		warn("%s", path);
		return;
	}
	err = load_file(t, keys, &fd, &number, error);
	close(fd);
	errno = -err;
	if (err && error[0])
		warnx("%s:%lu: %s", path, number, error);
	else if (err)
		warn("%s:%lu", path, number);
}

void data_load(struct data *d, const char *dir)
{
	*d = (struct data){ .verdicts = { .count = 0 } };
	load_table(&d->verdicts, 2, dir, "verdicts.list");
	load_table(&d->ends, 1, dir, "ends.list");
	load_table(&d->consumed, 1, dir, "consumed.list");
	load_table(&d->hooks, 1, dir, "hooks.list");
	load_table(&d->layers, 1, dir, "layers.list");
	load_table(&d->directions, 1, dir, "directions.list");
	load_table(&d->deliveries, 1, dir, "deliveries.list");
	load_table(&d->readers, 1, dir, "readers.list");
	load_table(&d->caches, 1, dir, "caches.list");
	load_table(&d->waits, 1, dir, "waits.list");
	load_table(&d->results, 1, dir, "results.list");
}

bool data_probed(const struct data *d, const char *pattern)
{
	const char *names = d->notes ? notes_find(d->notes, "probed") : NULL;
	char name[FUNC_NAME];
	size_t len;

	for (; names && *names; names += len + (names[len] == ' ')) {
		len = strcspn(names, " ");
		func_word(name, names, len);
		if (!fnmatch(pattern, name, 0))
			return true;
	}
	return false;
}

void data_free(struct data *d)
{
	table_free(&d->verdicts);
	table_free(&d->ends);
	table_free(&d->consumed);
	table_free(&d->hooks);
	table_free(&d->layers);
	table_free(&d->directions);
	table_free(&d->deliveries);
	table_free(&d->readers);
	table_free(&d->caches);
	table_free(&d->waits);
	table_free(&d->results);
}
