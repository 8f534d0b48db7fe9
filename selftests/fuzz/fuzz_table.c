// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as a table of names and texts, and names looked up in it. Built and
 * run with
 *
 *	clang -g -D_GNU_SOURCE -fsanitize=fuzzer,address,undefined -o fuzz \
 *		selftests/fuzz/fuzz_table.c $(find report -name '*.c' ! -name main.c)
 *	./fuzz CORPUS data
 */
#include "../../report/why/table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct memory {
	const uint8_t *at;
	size_t left;
};

static ssize_t memory_read(void *source, char *buf, size_t size)
{
	struct memory *m = source;
	size_t got = m->left < size ? m->left : size;

	memcpy(buf, m->at, got);
	m->at += got;
	m->left -= got;
	return got;
}

static void read_table(const uint8_t *data, size_t size, size_t keys)
{
	static const char *const names[TABLE_KEYS] = { "ip_rcv", "-" };
	const struct table_entry *found;
	struct memory m = { data, size };
	struct table t = { .count = 0 };
	struct lines *l = malloc(sizeof(*l));
	char error[TABLE_ERROR];

	lines_init(l, memory_read, &m);
	if (table_read(&t, keys, l, error) > 0)
		abort();
	found = table_find(&t, names);
	if (found && (!found->texts[0] || !found->keys[keys - 1]))
		abort();
	table_free(&t);
	free(l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	read_table(data, size, 1);
	read_table(data, size, 2);
	return 0;
}
