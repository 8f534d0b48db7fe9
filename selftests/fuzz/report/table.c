// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as a table of names and texts, and names looked up in it.
 */
#include "../../../report/diagnose/table.h"
#include "memory.h"

#include <fnmatch.h>

/* table_fn: what are names, for a key each */
static bool matches(const void *what, size_t key, const char *pattern)
{
	const char *const *names = what;

	return !fnmatch(pattern, names[key], 0);
}

static void read_table(const uint8_t *data, size_t size, size_t keys)
{
	static const char *const names[] = { "ip_rcv", "OTHERHOST" };
	const struct table_entry *found;
	struct memory m = { data, size };
	struct table t = { .count = 0 };
	struct lines *l = malloc(sizeof(*l));
	char error[TABLE_ERROR];
	size_t i;

	lines_init(l, memory_read, &m);
	fuzz_check(table_read(&t, keys, l, error) <= 0);
	for (i = 0; i < t.count; i++)
		fuzz_check(t.entry[i].texts[0] && t.entry[i].keys[keys - 1]);
	found = table_find(&t, matches, names);
	fuzz_check(!found || found->texts[0]);
	if (keys == 1)
		table_find_func(&t, "ip_rcv_core.isra.0");
	table_free(&t);
	free(l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	read_table(data, size, 1);
	read_table(data, size, 2);
	return 0;
}
