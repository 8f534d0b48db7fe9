/* SPDX-License-Identifier: GPL-2.0-only */
/* The packets that were at an interface: those of its records that show them. */
#ifndef CROSSING_H
#define CROSSING_H

#include "../diagnose/data.h"
#include "../path/path.h"

struct crossing {
	const struct path *path;
	const struct record *rec;	/* with the bytes */
	const char *direction;		/* "in", "out", NULL: not known */
	bool last;			/* of the path */
};

struct crossings {
	struct crossing *crossing;
	size_t count;
};

int crossings_add(struct crossings *all, const struct data *data,
		  const struct path *p);
void crossings_sort(struct crossings *all);
void crossings_free(struct crossings *all);

#endif /* CROSSING_H */
