/* SPDX-License-Identifier: GPL-2.0-only */
/* Packets as they were at an interface: the records that show them there. */
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

/*
 * Adds the crossings of p. Returns 0 or -ENOMEM; crossings_free() is to follow in both
 * cases.
 */
int crossings_add(struct crossings *all, const struct data *data,
		  const struct path *p);

/* Puts them in the order of their times. */
void crossings_sort(struct crossings *all);

/* Gives back the list; its records are those of the paths. */
void crossings_free(struct crossings *all);

#endif /* CROSSING_H */
