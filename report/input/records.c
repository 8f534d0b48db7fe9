// SPDX-License-Identifier: GPL-2.0-only
#include "records.h"
#include "../../lib/grow.h"
#include "utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OTHER_COLUMN	-1	/* of a later version */

/* Says in r->error what is wrong with the line. Returns -EINVAL. */
__attribute__((format(printf, 2, 3)))
static int refuse(struct records *r, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(r->error, sizeof(r->error), format, args);
	va_end(args);
	return -EINVAL;
}

/* lines_next() with its error made ours. */
static int next_line(struct records *r, char **line)
{
	int ret = lines_next(&r->lines, line);

	r->error[0] = '\0';
	if (ret < 0 && r->lines.error)
		return refuse(r, "%s", r->lines.error);
	return ret;
}

struct records *records_new(lines_read_fn read, void *source)
{
	struct records *r = calloc(1, sizeof(*r));

	if (r)
		lines_init(&r->lines, read, source);
	return r;
}

void records_free(struct records *r)
{
	size_t i;

	if (!r)
		return;
	for (i = 0; i < r->notes.count; i++) {
		free(r->notes.note[i].name);
		free(r->notes.note[i].value);
	}
	free(r->notes.note);
	free(r->column);
	free(r);
}

/* What a header line says from its version on; NULL: line is none. */
static char *header_rest(char *line)
{
	size_t len = strlen(RECORDS_HEADER);

	return strncmp(line, RECORDS_HEADER, len) ? NULL : line + len;
}

static int find_column(const char *name)
{
	int i;

	for (i = 0; i < COLUMNS; i++)
		if (!strcmp(record_columns[i].name, name))
			return i;
	return OTHER_COLUMN;
}

static bool has_column(const struct records *r, int column)
{
	size_t i;

	for (i = 0; i < r->fields && r->column[i] != column; i++)
		;
	return i < r->fields;
}

/* Notes that the header's next field is called name. */
static int add_column(struct records *r, const char *name)
{
	int column = find_column(name);
	char shown[UTF8_SHOWN];

	if (!*name)
		return refuse(r, "header: column %zu has no name",
			      r->fields + 1);
	if (column != OTHER_COLUMN && has_column(r, column))
		return refuse(r, "header: column '%s' stands twice",
			      utf8_shorten(shown, name));
	r->column[r->fields++] = column;
	return 0;
}

static size_t count_fields(const char *line)
{
	size_t count = 1;

	while ((line = strchr(line, '\t'))) {
		line++;
		count++;
	}
	return count;
}

/* names: NULL: there are none. */
static int parse_columns(struct records *r, char *names)
{
	char *name;
	int i, err;

	r->column = calloc(names ? count_fields(names) : 1, sizeof(*r->column));
	if (!r->column)
		return -ENOMEM;
	while ((name = strsep(&names, "\t"))) {
		err = add_column(r, name);
		if (err)
			return err;
	}
	for (i = 0; i < COLUMNS; i++)
		if (record_columns[i].need == NEEDED && !has_column(r, i))
			return refuse(r, "header: column '%s' is missing",
				      record_columns[i].name);
	return 0;
}

int records_open(struct records *r)
{
	char *line, *rest, shown[UTF8_SHOWN];
	int ret = next_line(r, &line);

	if (ret < 0)
		return ret;
	if (!ret)
		return refuse(r, "empty: no header line");
	rest = header_rest(line);
	if (!rest)
		return refuse(r, "not a header line of records: '%s'",
			      utf8_shorten(shown, line));
	line = strsep(&rest, "\t");
	if (strcmp(line, RECORDS_VERSION))
		return refuse(r, "header: version '%s' is not known, only "
			      RECORDS_VERSION, utf8_shorten(shown, line));
	return parse_columns(r, rest);
}

/* Takes "# NAME: VALUE". Other notes are passed over. */
static int add_note(struct records *r, const char *line)
{
	const char *colon = strstr(line, ": ");
	struct notes *notes = &r->notes;
	struct note *grown;

	if (strncmp(line, "# ", 2) || !colon)
		return 0;
	grown = grow(notes->note, notes->count, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	notes->note = grown;
	grown += notes->count;
	grown->name = strndup(line + 2, colon - (line + 2));
	grown->value = strdup(colon + 2);
	notes->count++;
	return grown->name && grown->value ? RECORDS_NOTE : -ENOMEM;
}

const char *notes_find(const struct notes *notes, const char *name)
{
	size_t i;

	for (i = notes->count; i--;)
		if (!strcmp(notes->note[i].name, name))
			return notes->note[i].value;
	return NULL;
}

/*
 * Cuts line into fields and points fields[] to those of record_columns. A
 * column that the header lacks is not known.
 */
static int split(struct records *r, char *line, const char *fields[COLUMNS])
{
	char *end;
	size_t n;
	int i;

	for (i = 0; i < COLUMNS; i++)
		fields[i] = "-";
	for (n = 0; line; n++, line = end) {
		end = strchr(line, '\t');
		if (end)
			*end++ = '\0';
		if (n < r->fields && r->column[n] != OTHER_COLUMN)
			fields[r->column[n]] = line;
	}
	if (n != r->fields)
		return refuse(r, "field count is %zu, the header's is %zu",
			      n, r->fields);
	return 0;
}

/* Makes a record of line. Returns 0 or -errno, then *rec is NULL. */
static int make_record(struct records *r, const char *line,
		       struct record **rec)
{
	const char *fields[COLUMNS];
	int err = -ENOMEM;

	*rec = calloc(1, sizeof(**rec));
	if (!*rec)
		return err;
	(*rec)->line = r->lines.number;
	(*rec)->text = strdup(line);
	if ((*rec)->text)
		err = split(r, (*rec)->text, fields);
	if (!err)
		err = record_parse(*rec, fields, r->error);
	if (err) {
		record_free(*rec);
		*rec = NULL;
	}
	return err;
}

/* A line that is neither header nor known note nor known record: 0. */
static int parse_line(struct records *r, char *line, struct record **rec)
{
	int err;

	if (header_rest(line))
		return refuse(r, "a second header line");
	if (*line == '#')
		return add_note(r, line);
	err = make_record(r, line, rec);
	if (err)
		return err;
	if ((*rec)->type != RECORD_OTHER)
		return RECORDS_RECORD;
	record_free(*rec);
	*rec = NULL;
	return 0;
}

int records_next(struct records *r, struct record **rec)
{
	char *line;
	int ret;

	*rec = NULL;
	do {
		ret = next_line(r, &line);
		if (ret <= 0)
			return ret;
		ret = parse_line(r, line, rec);
	} while (!ret);
	return ret;
}
