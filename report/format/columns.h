/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What stands in the lines of a path's table, and which of it is shown (-C). The
 * columns of records are in ../input/record.c.
 */
#ifndef COLUMNS_H
#define COLUMNS_H

#include "../path/fields.h"
#include "../path/path.h"
#include "../input/records.h"

#include <stdio.h>

#define COLUMN_ROOM	192	/* for a cell's text, bytes */
#define TEXT_COLUMNS	18
#define FIELD_COLUMNS	24
#define MOST_COLUMNS	(TEXT_COLUMNS + FIELD_COLUMNS)

/* A step of a path. */
struct row {
	const struct notes *notes;
	const struct path *path;
	uint64_t start;		/* what times are counted from, ns */
	size_t i;
	const struct record *step, *before;	/* before: NULL at the first */
};

struct text_column {
	const char *name;	/* by which -C chooses it */
	const char *title;
	/* gives the text, in buf or elsewhere; NULL: not known. Without it: a field
	   (../path/fields.h) of that name */
	const char *(*cell)(const struct row *row, char buf[COLUMN_ROOM]);
	size_t most;		/* a wider cell breaks its line's alignment */
	bool left;		/* aligned left */
	enum { SHOWN, VERBOSE, RARE, ASKED } when;
};

extern const struct text_column text_columns[TEXT_COLUMNS];

/* What is shown, from left to right. */
struct columns {
	size_t count;
	struct {
		const struct text_column *column;
		bool rare;	/* only where a step has it */
	} shown[MOST_COLUMNS];
	struct text_column fields[FIELD_COLUMNS];	/* fields that were asked for … */
	char names[FIELD_COLUMNS][FIELD_ROOM];	/* … by these names */
	size_t field_count;
	bool rules;		/* between steps, what rules of firewalls said */
};

/* What is shown when nobody chooses. */
void columns_default(struct columns *c, bool verbose);

/*
 * Takes a list like "time,flow,module", or "+flow,-cpu", which changes the
 * default: NAME and +NAME add a column on the right, -NAME takes one away. A name may be
 * that of a field or a group, or "rules". *c must stay where it is.
 * Returns 0 or -EINVAL, and says what is wrong.
 */
int columns_choose(struct columns *c, const char *list, bool verbose);

/* Is the column of that name shown? */
bool columns_have(const struct columns *c, const char *name);

/* The text of a cell, "-" where it is not known. */
const char *columns_cell(const struct text_column *col, const struct row *row,
			 char buf[COLUMN_ROOM]);

#endif /* COLUMNS_H */
