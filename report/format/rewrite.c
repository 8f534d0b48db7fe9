// SPDX-License-Identifier: GPL-2.0-only
/*
 * Form "records": the records again, grouped by family and sorted, with the
 * columns of version 1 alone. What it prints, pathreport reads. For a terminal, which
 * would obey them, control characters and stray bytes are escaped (utf8.c).
 */
#include "../../lib/digits.h"
#include "../input/utf8.h"
#include "format.h"

static void put_number(FILE *out, const struct number *n, bool hex)
{
	if (!n->known)
		putc('-', out);
	else if (hex)
		fputs("0x", out);
	if (n->known)
		digits_print(out, n->value, hex ? 16 : 10);
}

static void put_string(const struct output *o, const char *s)
{
	if (o->term.any)
		utf8_print(o->file, s);
	else
		fputs(s, o->file);
}

static void put_field(const struct output *o, const struct record *rec,
		      const struct column *col)
{
	FILE *out = o->file;
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
		put_string(o, string ? string : "-");
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

static void put_record(const struct output *o, const struct record *rec)
{
	int i;

	for (i = 0; i < COLUMNS; i++) {
		if (i)
			putc('\t', o->file);
		put_field(o, rec, &record_columns[i]);
	}
	putc('\n', o->file);
}

void rewrite_begin(const struct output *o)
{
	int i;

	fputs(RECORDS_HEADER RECORDS_VERSION, o->file);
	for (i = 0; i < COLUMNS; i++)
		fprintf(o->file, "\t%s", record_columns[i].name);
	putc('\n', o->file);
}

void rewrite_note(const struct output *o, const struct note *note)
{
	fputs("# ", o->file);
	put_string(o, note->name);
	fputs(": ", o->file);
	put_string(o, note->value);
	putc('\n', o->file);
}

static void put_route(const struct output *o, const struct path *p)
{
	size_t i;

	if (p->origin)
		put_record(o, p->origin);
	for (i = 0; i < p->count; i++)
		put_record(o, p->steps[i]);
	for (i = 0; i < p->extras.count; i++)
		put_record(o, p->extras.records[i]);
}

/* The member whose end came last, or NULL: none has an end. */
static const struct path *last_ended(const struct family *f)
{
	const struct path *p, *last = NULL;
	size_t i;

	for (i = 0; i < f->members.count; i++) {
		p = family_member(f, i);
		if (p->end && (!last || p->end->line > last->end->line))
			last = p;
	}
	return last;
}

int rewrite_family(struct output *o, const struct family *f)
{
	const struct path *p, *last = last_ended(f);
	size_t i;

	for (i = 0; i < f->members.count; i++)
		put_route(o, family_member(f, i));
	for (i = 0; i < f->members.count; i++) {
		p = family_member(f, i);
		if (p->end && p != last)
			put_record(o, p->end);
	}
	if (last)
		put_record(o, last->end);
	return 0;
}
