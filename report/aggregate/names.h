/* SPDX-License-Identifier: GPL-2.0-only */
/* Strings that are kept once each: two that are equal are the same pointer. */
#ifndef AGGREGATE_NAMES_H
#define AGGREGATE_NAMES_H

#include <stdbool.h>

struct names {
	void *root;	/* of tsearch(3) */
	bool failed;	/* there was no memory for one of them */
};

/*
 * The one string that is equal to name and lives as long as names; NULL for
 * NULL. Without memory NULL as well, and names->failed is set.
 */
const char *names_keep(struct names *names, const char *name);

/* Gives back all strings. */
void names_free(struct names *names);

#endif /* AGGREGATE_NAMES_H */
