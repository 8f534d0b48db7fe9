// SPDX-License-Identifier: GPL-2.0-only
/*
 * Form "records": the records again, grouped by packet and sorted, with the
 * columns of version 1 alone. What it prints, pathreport reads.
 */
#include "form.h"

#include <inttypes.h>

static void put_number(FILE *out, const struct number *n, bool hex)
{
	if (!n->known)
		putc('-', out);
	else if (hex)
		fprintf(out, "0x%" PRIx64, n->value);
	else
		fprintf(out, "%" PRIu64, n->value);
}

static void put_field(FILE *out, const struct record *rec,
		      const struct column *col)
{
	const void *member = (const char *)rec + col->offset;
	const char *string;

	switch (col->kind) {
	case KIND_TYPE:
		fputs(record_types[rec->type], out);
		break;
	case KIND_HOW:
		fputs(record_hows[rec->how], out);
		break;
	case KIND_STRING:
		string = *(const char *const *)member;
		fputs(string ? string : "-", out);
		break;
	case KIND_HEX64:
		put_number(out, member, true);
		break;
	case KIND_DEC32:
	case KIND_DEC64:
		put_number(out, member, false);
		break;
	}
}

static void put_record(FILE *out, const struct record *rec)
{
	int i;

	for (i = 0; i < COLUMNS; i++) {
		if (i)
			putc('\t', out);
		put_field(out, rec, &record_columns[i]);
	}
	putc('\n', out);
}

/* Prints the header line. */
void rewrite_begin(const struct output *o)
{
	int i;

	fputs(RECORDS_HEADER RECORDS_VERSION, o->file);
	for (i = 0; i < COLUMNS; i++)
		fprintf(o->file, "\t%s", record_columns[i].name);
	putc('\n', o->file);
}

/* Prints a note as it came. */
void rewrite_note(const struct output *o, const struct note *note)
{
	fprintf(o->file, "# %s: %s\n", note->name, note->value);
}

/* Prints the records of a packet; an end that did not come is not made up. */
void rewrite_packet(const struct output *o, const struct path *p)
{
	size_t i;

	if (p->select)
		put_record(o->file, p->select);
	for (i = 0; i < p->count; i++)
		put_record(o->file, p->steps[i]);
	if (p->end)
		put_record(o->file, p->end);
}
