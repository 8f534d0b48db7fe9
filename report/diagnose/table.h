/* SPDX-License-Identifier: GPL-2.0-only */
/* Tables of names and what to say of them, from files that anyone can extend. */
#ifndef TABLE_H
#define TABLE_H

#include "../input/lines.h"

#define TABLE_KEYS	2	/* the most that a head has */
#define TABLE_TEXTS	3	/* the most that stand below it */
#define TABLE_ERROR	128	/* room for a message, bytes */

struct table_entry {
	char *keys[TABLE_KEYS];		/* patterns, each with its NUL; "" */
	char *texts[TABLE_TEXTS];	/* NULL: not there */
};

struct table {
	struct table_entry *entry;
	size_t count;
};

/* Does a pattern of that key, 0 or 1, match what table_find() was given? */
typedef bool (*table_fn)(const void *what, size_t key, const char *pattern);

int table_read(struct table *t, size_t keys, struct lines *l,
	       char error[TABLE_ERROR]);
const struct table_entry *table_find(const struct table *t, table_fn matches,
				     const void *what);
const struct table_entry *table_find_func(const struct table *t,
					  const char *func);
void table_free(struct table *t);

#endif /* TABLE_H */
