/* SPDX-License-Identifier: GPL-2.0-only */
/* A record stream printed in every form, and what must be so then. */
#ifndef PRINTING_H
#define PRINTING_H

#include "../../../report/forms.h"
#include "../../../report/report.h"
#include "formats.h"
#include "memory.h"

static struct columns columns;
static struct data tables;

static inline void printing_prepare(void)
{
	if (columns.count)
		return;
	columns_choose(&columns, "+flow,netns,module,icmp,comm", true);
	data_load(&tables, "data");
	fuzz_check(tables.verdicts.count > 0);
}

/* What is printed, to be freed; as for a terminal. NULL: no tables. */
static inline char *print(const void *bytes, size_t size,
			  const struct form *form, const struct data *data,
			  size_t *printed)
{
	struct memory m = { bytes, size };
	struct records *r = records_new(memory_read, &m);
	struct data with = data ? *data : (struct data){ .notes = NULL };
	char *text;
	struct output o = {
		.file = open_memstream(&text, printed),
		.data = data ? &with : NULL,
		.columns = data ? &columns : NULL,
		.term = { .colour = true, .width = 60 },
		.verbose = data != NULL,
	};

	with.notes = &r->notes;
	report_run(r, "fuzz", form, &o);
	fuzz_check(o.tally.complete + o.tally.incomplete + o.tally.not_known <=
		   o.families);
	summary_print(stderr, &o.tally, &r->notes, false);
	records_free(r);
	fclose(o.file);
	return text;
}

static inline void print_checked(const void *bytes, size_t size,
				 const struct form *form,
				 const struct data *data)
{
	size_t printed;
	char *text = print(bytes, size, form, data, &printed);

	if (strstr(form->name, "json"))
		check_json(text, printed);
	else if (!strcmp(form->name, "pcapng"))
		check_pcapng(text, printed);
	free(text);
}

/*
 * In every form; and what the form "records" prints must, read again, be printed
 * the same.
 */
static inline void print_all(const void *bytes, size_t size,
			     const struct data *data)
{
	const struct form *form, *rewrite = form_find("records");
	size_t once, twice;
	char *first, *second;

	for (form = forms; form->name; form++)
		print_checked(bytes, size, form, data);
	first = print(bytes, size, rewrite, NULL, &once);
	second = print(first, once, rewrite, NULL, &twice);
	fuzz_check(once == twice && !memcmp(first, second, once));
	free(first);
	free(second);
}

#endif /* PRINTING_H */
