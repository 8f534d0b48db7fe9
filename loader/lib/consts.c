// SPDX-License-Identifier: GPL-2.0-only
#include "consts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../../lib/digits.h"
#include "../../lib/grow.h"
#include "headed.h"

/* Where @name stands in the list, or would; *there: it does. */
static uint32_t find(const struct consts *consts, const char *name, int *there)
{
	uint32_t from = 0, to = consts->count;

	while (from < to) {
		uint32_t middle = (from + to) / 2;

		if (strcmp(name, consts->list[middle].name) > 0)
			from = middle + 1;
		else
			to = middle;
	}
	*there = from < consts->count &&
		 !strcmp(name, consts->list[from].name);
	return from;
}

static int insert(struct consts *consts, uint32_t at, const char *name,
		  uint64_t value)
{
	struct constant *list = grow(consts->list, consts->count,
				     sizeof(*list));

	if (!list)
		return -ENOMEM;
	consts->list = list;
	memmove(list + at + 1, list + at, (consts->count - at) * sizeof(*list));
	list[at] = (struct constant){ strdup(name), value };
	if (list[at].name) {
		consts->count++;
		return 0;
	}
	memmove(list + at, list + at + 1, (consts->count - at) * sizeof(*list));
	return -ENOMEM;
}

int consts_set(struct consts *consts, const char *name, uint64_t value)
{
	int there;
	uint32_t at = find(consts, name, &there);

	if (!there)
		return insert(consts, at, name, value);
	consts->list[at].value = value;
	return 0;
}

int consts_get(const struct consts *consts, const char *name, uint64_t *value)
{
	int there;
	uint32_t at = find(consts, name, &there);

	if (!there)
		return -ENOENT;
	*value = consts->list[at].value;
	return 0;
}

/* 0, -EINVAL: it is none, -ENOMEM. */
static int take_line(void *ctx, char *line)
{
	char *value = strchr(line, '\t');
	uint64_t number;

	if (!value || value == line)
		return -EINVAL;
	*value++ = '\0';
	if (digits_read(value, 10, UINT64_MAX, &number))
		return -EINVAL;
	return consts_set(ctx, line, number);
}

int consts_read(struct consts *consts, const char *path)
{
	return headed_read(path, CONSTS_HEADER, "no constant", take_line,
			   consts);
}

int consts_write(const struct consts *consts, FILE *out)
{
	errno = 0;
	fprintf(out, "%s\n", CONSTS_HEADER);
	for (uint32_t i = 0; i < consts->count; i++)
		fprintf(out, "%s\t%llu\n", consts->list[i].name,
			(unsigned long long)consts->list[i].value);
	if (fflush(out) || ferror(out))
		return errno ? -errno : -EIO;
	return 0;
}

void consts_free(struct consts *consts)
{
	for (uint32_t i = 0; i < consts->count; i++)
		free(consts->list[i].name);
	free(consts->list);
	memset(consts, 0, sizeof(*consts));
}
