/* SPDX-License-Identifier: GPL-2.0-only */
/* The record stream: Documentation/records.md describes it. */
#ifndef INPUT_RECORDS_H
#define INPUT_RECORDS_H

#include "lines.h"
#include "record.h"

#define RECORDS_HEADER	"#bpfpath-records-"
#define RECORDS_VERSION	"1"

struct note {
	char *name, *value;
};

/* The notes about the run, in the order in which they came. */
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
	int *column;		/* by field: its place in record_columns; or -1 */
	struct notes notes;
	char error[RECORD_ERROR];	/* what is wrong, when not errno */
};

/* A stream that reads from source by way of read, or NULL: no memory. */
struct records *records_new(lines_read_fn read, void *source);

/*
 * Reads the header line. Returns 0 or -errno; -EINVAL with a message in
 * r->error: the line is no header or lacks a column.
 */
int records_open(struct records *r);

/*
 * Reads on to the next note or record. Returns RECORDS_EOF, RECORDS_NOTE,
 * RECORDS_RECORD with *rec, which is the caller's then, or -errno; -EINVAL
 * with a message in r->error for a line that is no record. The line's number
 * is r->lines.number.
 */
int records_next(struct records *r, struct record **rec);

/* Gives back r, which may be NULL. */
void records_free(struct records *r);

/* The last note called name, or NULL. */
const char *notes_find(const struct notes *notes, const char *name);

#endif /* INPUT_RECORDS_H */
