// SPDX-License-Identifier: GPL-2.0-only
#include "path.h"
#include "../../lib/grow.h"

#include <errno.h>
#include <stdlib.h>

static int list_add(struct record_list *list, struct record *rec)
{
	struct record **grown = grow(list->records, list->count,
				     sizeof(*list->records));

	if (!grown)
		return -ENOMEM;
	list->records = grown;
	grown[list->count++] = rec;
	return 0;
}

static void list_free(struct record_list *list)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		record_free(list->records[i]);
	free(list->records);
}

static int add_step(struct path *p, struct record *rec)
{
	int err = list_add(&p->walked, rec);

	p->steps = p->walked.records;
	p->count = p->walked.count;
	return err;
}

int path_add(struct path *p, struct record *rec)
{
	struct record **once = rec->type == RECORD_END ? &p->end : &p->origin;

	if (rec->type == RECORD_STEP)
		return add_step(p, rec);
	if (record_is_extra(rec))
		return list_add(&p->extras, rec);
	if (*once)
		return -EEXIST;
	*once = rec;
	return 0;
}

static int compare(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int by_seq(const void *a, const void *b)
{
	const struct record *x = *(struct record *const *)a;
	const struct record *y = *(struct record *const *)b;
	int order = compare(x->seq.value, y->seq.value);

	return order ? order : compare(x->line, y->line);
}

static int by_time(const void *a, const void *b)
{
	return record_by_time(*(struct record *const *)a,
			      *(struct record *const *)b);
}

static void list_sort(struct record_list *list,
		      int (*order)(const void *, const void *))
{
	if (list->count)
		qsort(list->records, list->count, sizeof(*list->records),
		      order);
}

static bool all_numbered(const struct path *p)
{
	size_t i;

	for (i = 0; i < p->count && p->steps[i]->seq.known; i++)
		;
	return i == p->count;
}

bool path_is_twice(const struct path *p, size_t i)
{
	return p->numbered && i && i < p->count &&
	       p->steps[i]->seq.value == p->steps[i - 1]->seq.value;
}

static size_t count_twice(const struct path *p)
{
	size_t i, twice = 0;

	for (i = 0; i < p->count; i++)
		twice += path_is_twice(p, i);
	return twice;
}

/* How many steps the records that are there prove. */
static uint64_t proven(const struct path *p)
{
	if (p->numbered && p->count)
		return p->steps[p->count - 1]->seq.value + 1;
	return p->count;
}

/*
 * Is the number of missing steps not known? So it is when no last function was seen, and
 * the kernel, which forgets a packet there, did not know it any more: then the step that
 * ended it is one of those missing.
 */
static bool is_uncounted(const struct path *p)
{
	return p->numbered && p->end && !p->end->seq.known &&
	       (p->end->how == HOW_UNKNOWN || p->end->how == HOW_TIMEOUT);
}

static enum path_state judge(const struct path *p)
{
	if (!p->origin || !p->end || p->twice || p->surplus || p->uncounted ||
	    p->lost.value || path_missed(p).value)
		return PATH_INCOMPLETE;
	return p->lost.known ? PATH_COMPLETE : PATH_NOT_KNOWN;
}

void path_judge(struct path *p)
{
	bool counted = p->end && p->end->seq.known;

	p->numbered = all_numbered(p);
	list_sort(&p->walked, p->numbered ? by_seq : by_time);
	list_sort(&p->extras, by_time);
	p->twice = count_twice(p);
	p->surplus = counted && proven(p) > p->end->seq.value;
	p->uncounted = is_uncounted(p);
	p->total.known = counted || p->numbered;
	p->total.value = counted && !p->surplus ? p->end->seq.value : proven(p);
	p->lost.known = p->total.known;
	p->lost.value = p->total.value - (p->count - p->twice);
	p->state = judge(p);
}

uint64_t path_gap(const struct path *p, size_t i)
{
	uint64_t next, seen;

	if (!p->numbered)
		return i == p->count ? p->lost.value : 0;
	if (path_is_twice(p, i))
		return 0;
	next = i < p->count ? p->steps[i]->seq.value : p->total.value;
	seen = i ? p->steps[i - 1]->seq.value + 1 : 0;
	return next - seen;
}

/* The record of its selection or derivation, else of its first step, or NULL. */
static const struct record *first_record(const struct path *p)
{
	if (p->origin)
		return p->origin;
	return p->count ? p->steps[0] : NULL;
}

struct number path_start(const struct path *p)
{
	const struct record *first = first_record(p);

	return first ? first->ns : (struct number){ .known = false };
}

struct number path_start_cpu(const struct path *p)
{
	const struct record *first = first_record(p);

	return first ? first->cpu : (struct number){ .known = false };
}

struct number path_stop(const struct path *p)
{
	enum end_how how = path_how(p);

	if (p->end && p->end->ns.known &&
	    (how == HOW_CONSUMED || how == HOW_DROPPED))
		return p->end->ns;
	if (p->count)
		return p->steps[p->count - 1]->ns;
	return (struct number){ .known = false };
}

struct number path_skb(const struct path *p)
{
	const struct record *first = first_record(p);

	if (first)
		return first->skb;
	return p->end ? p->end->skb : (struct number){ .known = false };
}

struct number path_missed(const struct path *p)
{
	return p->end ? p->end->missed : (struct number){ .known = false };
}

enum end_how path_how(const struct path *p)
{
	if (p->end)
		return p->end->how;
	return p->origin || p->count ? HOW_TIMEOUT : HOW_UNKNOWN;
}

const char *path_last_func(const struct path *p)
{
	if (p->end && p->end->func)
		return p->end->func;
	return p->count ? p->steps[p->count - 1]->func : NULL;
}

void path_free(struct path *p)
{
	if (!p)
		return;
	list_free(&p->walked);
	list_free(&p->extras);
	free(p->line);
	free(p->parent);
	record_free(p->origin);
	record_free(p->end);
	free(p);
}
