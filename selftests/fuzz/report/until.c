// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as a record stream, of whose packets each is compared with the
 * first one, with data/caches.list, until one differs; printed in both forms.
 */
#include "../../../report/report.h"
#include "../../../report/until.h"
#include "memory.h"

static void run(const uint8_t *data, size_t size, diff_print_fn print)
{
	struct memory m = { data, size };
	struct records *r = records_new(memory_read, &m);
	static struct data tables;
	struct until u = { .print = print, .data = &tables, .learn = 1 };
	enum diff_status status;
	char *text;
	size_t printed;
	struct output o = {
		.file = open_memstream(&text, &printed),
		.context = &u,
	};

	if (!tables.caches.count)
		data_load(&tables, "data");
	tables.notes = &r->notes;
	if (report_run(r, "fuzz", &until_form, &o) == REPORT_PRINTED) {
		status = until_print(&u, &o);
		fuzz_check((status == DIFF_OTHER) == (u.parted != NULL));
	}
	until_free(&u);
	records_free(r);
	fclose(o.file);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	run(data, size, diff_text);
	run(data, size, diff_json);
	return 0;
}
