// SPDX-License-Identifier: GPL-2.0-only
#include "match.h"
#include "delivered.h"

#include <fnmatch.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define NO_REASON	"NOT_SPECIFIED"

void match_init(struct match *m, const struct data *data,
		const struct family *f, const struct path *p)
{
	*m = (struct match){
		.data = data, .family = f, .path = p, .reason = REASON_UNKNOWN,
	};
	if (p->end->reason && strcmp(p->end->reason, NO_REASON))
		m->reason = p->end->reason;
	func_base(m->func, p->end->how == HOW_DROPPED ? p->end->location :
							 p->end->func);
}

/* Does the record's function, without suffixes, match? */
static bool is_func(const struct record *rec, const char *pattern)
{
	char func[FUNC_NAME];

	func_base(func, rec->func);
	return !fnmatch(pattern, func, 0);
}

/* Was it on the interface, in the namespace, where it ended? */
static bool at_the_end(const struct path *p, const struct record *step)
{
	const struct record *end = p->end;

	return record_same_number(step->ifindex, end->ifindex) &&
	       step->netns.value == end->netns.value;
}

/* Did it come to such a function before, on the interface where it ended? */
static bool came_to(const struct path *p, const char *pattern)
{
	size_t i;

	for (i = p->count; i-- && at_the_end(p, p->steps[i]);)
		if (is_func(p->steps[i], pattern))
			return true;
	return false;
}

/* The same on any interface. */
static bool passed(const struct path *p, const char *pattern)
{
	size_t i;

	for (i = p->count; i--;)
		if (is_func(p->steps[i], pattern))
			return true;
	return false;
}

/* Did such a function work for it without having it? */
static bool worked_for(const struct path *p, const char *pattern)
{
	size_t i;

	for (i = 0; i < p->extras.count; i++)
		if (p->extras.records[i]->type == RECORD_CALLEE &&
		    is_func(p->extras.records[i], pattern))
			return true;
	return false;
}

const char *match_last(const struct path *p)
{
	size_t i = p->count;

	if (i && record_same_text(p->steps[i - 1]->func, p->end->func) &&
	    !path_gap(p, i))
		i--;
	return i && !path_gap(p, i) ? p->steps[i - 1]->func : NULL;
}

/* Does a name as the kernel has it, which may be NULL, match without suffixes? */
static bool is_name(const char *name, const char *pattern)
{
	char base[FUNC_NAME];

	func_base(base, name);
	return name && !fnmatch(pattern, base, 0);
}

const struct record *match_flow(const struct path *p)
{
	size_t i;

	for (i = p->count; i-- && !p->end->saddr;)
		if (p->steps[i]->saddr)
			return p->steps[i];
	return p->end;
}

const char *match_interface(const struct path *p)
{
	size_t i;

	if (p->end->ifname)
		return p->end->ifname;
	for (i = p->count; i--;)
		if (p->steps[i]->ifname)
			return p->steps[i]->ifname;
	return NULL;
}

const char *match_interface_before(const struct path *p)
{
	size_t i;

	for (i = p->count; i--;)
		if (p->steps[i]->ifname && !at_the_end(p, p->steps[i]))
			return p->steps[i]->ifname;
	return NULL;
}

/* "8" of "8/0/7/1"; NULL: it is no message of ICMP. */
static const char *icmp_type(char type[FUNC_NAME], const struct record *flow)
{
	const char *icmp = flow->icmp;

	if (!icmp)
		return NULL;
	func_word(type, icmp, strcspn(icmp, "/"));
	return type;
}

/* How many bytes there are at the end; NULL: not known. */
static const char *length(char bytes[FUNC_NAME], const struct record *end)
{
	if (!end->len.known)
		return NULL;
	snprintf(bytes, FUNC_NAME, "%" PRIu64, end->len.value);
	return bytes;
}

/* Has the packet a value of that name ("saddr=…") that matches? */
static bool has_value(const struct match *m, const char *condition,
		      const char *pattern)
{
	const struct record *flow = match_flow(m->path);
	char type[FUNC_NAME], bytes[FUNC_NAME];
	const struct {
		const char *name, *value;
	} values[] = {
		{ "saddr=", flow->saddr }, { "daddr=", flow->daddr },
		{ "proto=", flow->proto }, { "icmp=", icmp_type(type, flow) },
		{ "dev=", match_interface(m->path) },
		{ "len=", length(bytes, m->path->end) },
	};
	size_t i, len = pattern - condition;

	for (i = 0; i < sizeof(values) / sizeof(*values); i++)
		if (strlen(values[i].name) == len &&
		    !strncmp(values[i].name, condition, len))
			return values[i].value &&
			       !fnmatch(pattern, values[i].value, 0);
	return false;
}

/* May events of the family be lost that are no steps, and so no gaps? */
static bool may_lack(const struct family *f)
{
	return f && f->lost.value > f->gaps;
}

/*
 * Is it certain that the packet did not come to such a function, and that none
 * worked for it?
 */
static bool never_came(const struct match *m, const char *pattern)
{
	return m->path->state == PATH_COMPLETE && data_probed(m->data, pattern) &&
	       !may_lack(m->family) && !passed(m->path, pattern) &&
	       !worked_for(m->path, pattern);
}

/* What stands before the place in an entry; data/verdicts.list tells it. */
static bool holds(const struct match *m, const char *condition)
{
	const char *pattern = strchr(condition, '=');

	if (*condition == '!')
		return never_came(m, condition + 1);
	if (!strcmp(condition, "ip"))
		return m->path->end->proto;
	if (!strcmp(condition, "relative"))
		return m->path->member;
	if (!strcmp(condition, "delivered"))
		return delivered_path(m->data, m->path);
	if (!strcmp(condition, "copy"))
		return delivered_other(m->data, m->family, m->path);
	if (!pattern)
		return came_to(m->path, condition);
	pattern++;
	if (!strncmp(condition, "last=", pattern - condition))
		return is_name(match_last(m->path), pattern);
	if (!strncmp(condition, "in=", pattern - condition))
		return is_name(m->path->end->location, pattern);
	if (!strncmp(condition, "path=", pattern - condition))
		return passed(m->path, pattern);
	if (!strncmp(condition, "callee=", pattern - condition))
		return worked_for(m->path, pattern);
	return has_value(m, condition, pattern);
}

/* "a/b/place": the place first, as most entries are for others. */
static bool place_matches(const struct match *m, const char *pattern)
{
	const char *place = strrchr(pattern, '/');
	char conditions[FUNC_NAME], *rest = conditions, *one;

	if (fnmatch(place ? place + 1 : pattern, m->func, 0))
		return false;
	if (!place)
		return true;
	func_word(conditions, pattern, place - pattern);
	while ((one = strsep(&rest, "/")))
		if (!holds(m, one))
			return false;
	return true;
}

static bool reason_matches(const struct match *m, const char *pattern)
{
	const char *given = m->path->end->reason;

	return !fnmatch(pattern, m->reason, 0) ||
	       (given && !fnmatch(pattern, given, 0));
}

/* table_fn */
static bool key_matches(const void *match, size_t key, const char *pattern)
{
	return key ? reason_matches(match, pattern) :
		     place_matches(match, pattern);
}

const struct table_entry *match_drop(const struct match *m)
{
	return table_find(&m->data->verdicts, key_matches, m);
}

const struct table_entry *match_end(const struct match *m)
{
	return table_find(&m->data->ends, key_matches, m);
}

const struct table_entry *match_consumed(const struct match *m)
{
	return table_find(&m->data->consumed, key_matches, m);
}
