// SPDX-License-Identifier: GPL-2.0-only
#include "results.h"
#include "../../lib/digits.h"

#include <string.h>

/* Word n, from 0, of words; false: there is none, or it is "-". */
static bool word_at(const char *words, uint64_t n, char buf[RESULT_ROOM])
{
	size_t len = strcspn(words, " ");

	while (n-- && *words) {
		words += len;
		words += *words == ' ';
		len = strcspn(words, " ");
	}
	if (!len || len >= RESULT_ROOM || (len == 1 && *words == '-'))
		return false;
	memcpy(buf, words, len);
	buf[len] = '\0';
	return true;
}

const char *result_name(const struct data *data, const struct record *ret,
			char buf[RESULT_ROOM])
{
	const struct table_entry *entry = NULL;
	uint64_t value;

	if (data && ret->ret)
		entry = table_find_func(&data->results, ret->func);
	if (!entry || !entry->texts[0])
		return ret->ret;
	if (entry->texts[1] && !strcmp(ret->ret, "-EPERM"))
		return entry->texts[1];
	if (!digits_read(ret->ret, 10, UINT64_MAX, &value) &&
	    word_at(entry->texts[0], value, buf))
		return buf;
	return ret->ret;
}
