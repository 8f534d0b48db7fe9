// SPDX-License-Identifier: GPL-2.0-only
#include "answers.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Takes the record of an echo message apart (ICMP: RFC 792, ICMPv6: RFC 4443).
 * The key is the same for a request and its reply. False: it is none.
 */
static bool find_echo(char key[HEADERS_ROOM], bool *reply,
		      const struct record *rec)
{
	unsigned int type, code, id, sequence;

	if (!rec->icmp || !rec->saddr || !rec->daddr ||
	    sscanf(rec->icmp, "%u/%u/%u/%u", &type, &code, &id,
		   &sequence) != 4)
		return false;
	*reply = type == 0 || type == 129;
	if (!*reply && type != 8 && type != 128)
		return false;
	snprintf(key, HEADERS_ROOM, "%s %s %u %u",
		 *reply ? rec->daddr : rec->saddr,
		 *reply ? rec->saddr : rec->daddr, id, sequence);
	return true;
}

static bool find_key(char key[HEADERS_ROOM], bool *reply,
		     const struct record *rec)
{
	return find_echo(key, reply, rec) ||
	       headers_question(key, reply, rec);
}

int answers_note(struct answers *a, const struct record *select)
{
	struct answer one = { .packet = select->packet.value };

	if (!find_key(one.key, &one.reply, select))
		return 0;
	if (!a->kept)
		a->kept = calloc(ANSWERS_KEPT, sizeof(*a->kept));
	if (!a->kept)
		return -ENOMEM;
	one.ns = select->ns.value;
	a->kept[a->next] = one;
	a->next = (a->next + 1) % ANSWERS_KEPT;
	a->count += a->count < ANSWERS_KEPT;
	return 0;
}

/* A question comes before its answer; of several that next to it in time. */
static bool is_nearer(const struct answer *one, const struct answer *best,
		      bool reply, uint64_t ns)
{
	if (one->reply != reply || (reply ? one->ns < ns : one->ns > ns))
		return false;
	if (!best)
		return true;
	return reply ? one->ns < best->ns : one->ns > best->ns;
}

static const struct answer *find_nearest(const struct answers *a,
					 const char *key, bool reply,
					 uint64_t ns)
{
	const struct answer *best = NULL;
	size_t i;

	for (i = 0; i < a->count; i++)
		if (!strcmp(a->kept[i].key, key) &&
		    is_nearer(&a->kept[i], best, reply, ns))
			best = &a->kept[i];
	return best;
}

const struct answer *answers_find(const struct answers *a,
				  const struct path *p)
{
	const struct answer *found = NULL;
	char key[HEADERS_ROOM];
	bool reply;
	size_t i;

	if (!p->origin || p->origin->type != RECORD_SELECT)
		return NULL;
	if (find_key(key, &reply, p->origin))
		found = find_nearest(a, key, !reply, p->origin->ns.value);
	for (i = p->count; i-- && !found;)
		if (find_key(key, &reply, p->steps[i]))
			return find_nearest(a, key, !reply,
					    p->origin->ns.value);
	return found;
}

void answers_free(struct answers *a)
{
	free(a->kept);
	*a = (struct answers){ .count = 0 };
}
