// SPDX-License-Identifier: GPL-2.0-only
/* Any bytes as a list of columns: what is taken is there, and there once. */
#include "../../../report/format/columns.h"
#include "../fuzz.h"

static void check(const struct columns *c)
{
	size_t i, n;

	fuzz_check(c->count <= MOST_COLUMNS);
	for (i = 0; i < c->count; i++) {
		fuzz_check(columns_have(c, c->shown[i].column->name));
		for (n = 0; n < i; n++)
			fuzz_check(strcmp(c->shown[n].column->name,
					  c->shown[i].column->name));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *list = fuzz_text(data, size);
	struct columns columns;

	if (!columns_choose(&columns, list, false))
		check(&columns);
	if (!columns_choose(&columns, list, true))
		check(&columns);
	free(list);
	return 0;
}
