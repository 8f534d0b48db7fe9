// SPDX-License-Identifier: GPL-2.0-only
#include "process.h"
#include "func_base.h"
#include "waits.h"

#include <string.h>

/*
 * Is the step one of __dev_queue_xmit() behind tc's egress hook, before the packet can
 * wait for anybody?
 */
static bool is_before_queue(const struct record *step)
{
	static const char *const ends[] = { "net_dev_queue", "_enqueue" };
	char base[FUNC_NAME];
	size_t i, len;

	func_base(base, step->func);
	for (i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		len = strlen(ends[i]);
		if (strlen(base) >= len && !strcmp(base + strlen(base) - len, ends[i]))
			return true;
	}
	return false;
}

const struct record *process_maker(const struct path *p)
{
	const struct record *select = p->origin;

	if (!select || !select->func || p->member)
		return NULL;
	if (!strcmp(select->func, "output"))
		return select;
	if (!select->call || strcmp(select->call, CALL_LOCAL) || !p->count ||
	    path_gap(p, 0) || !is_before_queue(p->steps[0]))
		return NULL;
	return p->steps[0]->call ? p->steps[0] : NULL;
}

/* Does the step, or who has the packet freed in it, read? */
static bool is_reader(const struct data *data, const struct path *p, size_t i)
{
	char base[FUNC_NAME];

	if (!call_reads(p->steps[i]))
		return false;
	if (table_find_func(&data->readers, p->steps[i]->func))
		return true;
	if (i + 1 != p->count || !p->end || !p->end->location)
		return false;
	func_base(base, p->end->location);
	return table_find_func(&data->readers, base) != NULL;
}

const struct record *process_reader(const struct data *data, const struct path *p)
{
	const struct record *reader = NULL;
	struct wait wait = { .next = 0 };
	size_t i;

	if (!data)
		return NULL;
	for (i = p->count; i-- > 0;)
		if (is_reader(data, p, i))
			return p->steps[i];
	while (waits_next(&wait, data, p))
		if (wait.is_read)
			reader = wait.until;
	return reader;
}
