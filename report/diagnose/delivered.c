// SPDX-License-Identifier: GPL-2.0-only
#include "delivered.h"
#include "func_base.h"

#include <string.h>

static bool is_kind(const struct table_entry *found, const char *kind)
{
	return found && !strcmp(found->texts[0], kind);
}

/* It came to a socket's queue, to no capture, and was freed from there. */
static bool was_queued(const struct data *data, const struct path *p)
{
	const struct table_entry *found;
	bool queued = false;
	size_t i;

	for (i = 0; i < p->count; i++) {
		found = table_find_func(&data->deliveries, p->steps[i]->func);
		if (is_kind(found, "a capture"))
			return false;
		queued |= found != NULL;
	}
	return queued;
}

bool delivered_path(const struct data *data, const struct path *p)
{
	const struct table_entry *found;
	char base[FUNC_NAME];

	if (!data || !p->end)
		return false;
	/* a clone may be made behind packet_rcv(): then who reads it tells */
	func_base(base, p->end->location);
	found = table_find_func(&data->deliveries, base);
	if (path_how(p) == HOW_DROPPED)
		return is_kind(found, "a reader");
	return path_how(p) == HOW_CONSUMED && !is_kind(found, "a capture") &&
	       was_queued(data, p);
}

bool delivered_other(const struct data *data, const struct family *f,
		     const struct path *p)
{
	size_t i;

	for (i = 0; f && i < f->members.count; i++)
		if (family_member(f, i) != p &&
		    delivered_path(data, family_member(f, i)))
			return true;
	return false;
}
