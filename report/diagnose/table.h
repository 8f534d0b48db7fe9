/* SPDX-License-Identifier: GPL-2.0-only */
/* Tables of names and what to say of them, from files that anyone can extend. */
#ifndef TABLE_H
#define TABLE_H

#include "../input/lines.h"

#define TABLE_KEYS	2	/* keys in an entry's head, at most */
#define TABLE_TEXTS	3	/* texts below the head, at most */
#define TABLE_ERROR	128	/* room for a message, bytes */

struct table_entry {
	char *keys[TABLE_KEYS];		/* patterns, each with its NUL; "" */
	char *texts[TABLE_TEXTS];	/* NULL: not there */
};

struct table_memo;

struct table {
	struct table_entry *entry;
	size_t count;
	struct table_memo *memo;	/* what table_find_func() has found; NULL: no memory */
};

/* Does a pattern of that key, 0 or 1, match what table_find() was given? */
typedef bool (*table_fn)(const void *what, size_t key, const char *pattern);

/*
 * Reads a table. An entry is a head of one or more lines with that many keys (1 or 2),
 * each some patterns, and indented lines of text below it, at least one;
 * data/verdicts.list shows it. Returns 0 or -errno; -EINVAL with a message in error: a
 * line does not belong there, and the table has the entries before it.
 */
int table_read(struct table *t, size_t keys, struct lines *l,
	       char error[TABLE_ERROR]);

/*
 * The first entry of which each key has a pattern that matches what. NULL: there
 * is no such entry.
 */
const struct table_entry *table_find(const struct table *t, table_fn matches,
				     const void *what);

/*
 * The first entry, of a table with one key, that matches the function without
 * what the compiler has put behind its name (".isra.0"). NULL: there is none, or
 * func is NULL.
 */
const struct table_entry *table_find_func(const struct table *t,
					  const char *func);

/* Gives back what is in t. */
void table_free(struct table *t);

#endif /* TABLE_H */
