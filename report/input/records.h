/* SPDX-License-Identifier: GPL-2.0-only */
/* The record stream: Documentation/records.md describes it. */
#ifndef RECORDS_H
#define RECORDS_H

#include "lines.h"
#include "record.h"

#define RECORDS_HEADER	"#bpfpath-records-"
#define RECORDS_VERSION	"1"

struct note {
	char *name, *value;
};

/* What the stream says about the run, in the order in which it came. */
struct notes {
	struct note *note;
	size_t count;
};

enum records_what {
	RECORDS_EOF,
	RECORDS_NOTE,	/* the last one of notes is new */
	RECORDS_RECORD,
};

struct records {
	struct lines lines;
	size_t fields;		/* of a line */
	int *column;		/* of record_columns, for each field; or -1 */
	struct notes notes;
	char error[RECORD_ERROR];	/* what is wrong, when not errno */
};

struct records *records_new(lines_read_fn read, void *source);
int records_open(struct records *r);
int records_next(struct records *r, struct record **rec);
void records_free(struct records *r);
const char *notes_find(const struct notes *notes, const char *name);

#endif /* RECORDS_H */
