// SPDX-License-Identifier: GPL-2.0-only
#include "waits.h"
#include "func_base.h"
#include "../path/call.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

enum { QUEUE, TAKERS, READERS };	/* texts of waits.list */

#define NEXT_STEP	"*"

/* Has the list "a,b" a pattern that matches the function? NEXT_STEP is none. */
static bool is_in(const char *list, const char *func)
{
	char pattern[FUNC_NAME];
	size_t len;

	for (; list && *list; list += len + (list[len] == ',')) {
		len = strcspn(list, ",");
		func_word(pattern, list, len);
		if (strcmp(pattern, NEXT_STEP) && !fnmatch(pattern, func, 0))
			return true;
	}
	return false;
}

static bool has_next_step(const char *takers)
{
	const char *last = strrchr(takers, ',');

	return !strcmp(last ? last + 1 : takers, NEXT_STEP);
}

static bool is_taken_by(const char *takers, const struct record *step)
{
	char base[FUNC_NAME];

	func_base(base, step->func);
	return is_in(takers, base);
}

static const struct table_entry *queue_at(const struct data *data,
					  const struct path *p, size_t i)
{
	return table_find_func(&data->waits, p->steps[i]->func);
}

/* A drop is the last step: then it was not taken out to go on. */
static bool is_drop(const struct path *p, size_t i)
{
	return i + 1 == p->count && path_how(p) == HOW_DROPPED;
}

/* Is each function that the list names behind a '!' probed in this run? */
static bool has_others(const struct data *data, const char *takers)
{
	char pattern[FUNC_NAME];
	const char *at = takers;

	while ((at = strchr(at, '!'))) {
		at++;
		func_word(pattern, at, strcspn(at, ","));
		if (!data_probed(data, pattern))
			return false;
	}
	return true;
}

/* Does the packet come to one of those instead? */
static bool is_taken_elsewhere(const char *takers, const struct record *step)
{
	char pattern[FUNC_NAME + 1] = "!";

	if (!strchr(takers, '!'))
		return false;
	func_base(pattern + 1, step->func);
	return is_in(takers, pattern);
}

/*
 * The step that takes the packet out of the queue of step i; p->count: none, or it is
 * not known. A queue in which that one lies is passed over.
 */
static size_t find_taker(const struct data *data, const struct path *p, size_t i,
			 const char *takers)
{
	const struct table_entry *other;
	size_t j;

	if (!has_others(data, takers))
		return p->count;
	for (j = i + 1; j < p->count && !path_gap(p, j); j++) {
		if (is_taken_elsewhere(takers, p->steps[j]))
			return p->count;
		if (is_taken_by(takers, p->steps[j]))
			return is_drop(p, j) ? p->count : j;
		other = queue_at(data, p, j);
		if (other && (!other->texts[TAKERS] ||
			      strcmp(other->texts[TAKERS], takers)))
			break;
	}
	j = i + 1;
	return j < p->count && has_next_step(takers) && !path_gap(p, j) &&
			       !is_drop(p, j) ?
		       j :
		       p->count;
}

#define OF_DEV	" of {dev}"	/* ends the text of a queue of an interface */

/* Appends text; OF_DEV with the interface's name, where the outermost queue has it. */
static void put_queue(struct wait *w, const char *text, bool outermost)
{
	const char *of = strstr(text, OF_DEV), *name = w->from->ifname;
	size_t used = strlen(w->queue), room = sizeof(w->queue) - used;

	snprintf(w->queue + used, room, "%s%.*s%s%s", used ? " in " : "",
		 of ? (int)(of - text) : (int)strlen(text), text,
		 of && outermost ? " of " : "",
		 of && outermost ? (name ? name : "an interface") : "");
}

/* The queues that the packet was put into, the innermost first. */
static void name_queues(struct wait *w, const struct data *data,
			const struct path *p, size_t first, size_t taker)
{
	const struct table_entry *found;
	size_t i;

	for (i = taker; i-- > first;) {
		found = queue_at(data, p, i);
		if (found)
			put_queue(w, found->texts[QUEUE], i == first);
	}
}

/*
 * Does the step's own thread read the packet? Where its system call is known that tells;
 * what is freed in one that reads has been read. Who frees it may tell as well.
 */
static bool is_read(const struct path *p, size_t taker, const char *readers)
{
	const struct record *step = p->steps[taker];
	char base[FUNC_NAME];

	if (!readers || (step->call && !call_reads(step)))
		return false;
	func_base(base, step->func);
	if (is_in(readers, base) || (step->call && !strcmp(base, "__kfree_skb")))
		return true;
	if (taker + 1 != p->count || !p->end)
		return false;
	func_base(base, p->end->location);
	return is_in(readers, base);
}

bool waits_next(struct wait *wait, const struct data *data, const struct path *p)
{
	const struct table_entry *found;
	size_t i, taker;

	for (i = wait->next; data && i < p->count; i++) {
		found = queue_at(data, p, i);
		if (!found || !found->texts[TAKERS])
			continue;
		taker = find_taker(data, p, i, found->texts[TAKERS]);
		if (taker == p->count)
			continue;
		*wait = (struct wait){
			.from = p->steps[i],
			.until = p->steps[taker],
			.is_read = is_read(p, taker, found->texts[READERS]),
			.next = taker,
		};
		if (wait->until->ns.value > wait->from->ns.value)
			wait->ns = wait->until->ns.value - wait->from->ns.value;
		name_queues(wait, data, p, i, taker);
		return true;
	}
	return false;
}
