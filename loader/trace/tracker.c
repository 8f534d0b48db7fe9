// SPDX-License-Identifier: GPL-2.0-only
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "live_family.h"
#include "prog_text.h"
#include "strangers.h"
#include "tracker_own.h"


static int by_hops(const struct plan *plan)
{
	uint32_t i = 0;

	while (i < plan->count && (plan->probes[i].how == HOW_TRACEPOINT ||
				   plan->probes[i].how == HOW_SKIP))
		i++;
	return i == plan->count;
}

struct tracker *tracker_new(const struct plan *plan, FILE *out,
			    const struct tracker_ops *ops, void *ctx)
{
	struct tracker *tracker = calloc(1, sizeof(*tracker));

	if (tracker) {
		for (uint32_t i = plan->count; i-- > 0;)
			if (plan->probes[i].num < MAX_FUNCS)
				tracker->probes[plan->probes[i].num] =
					&plan->probes[i];
		tracker->by_hops = by_hops(plan);
		tracker->freed = plan_freed(plan);
		tracker->out = out;
		tracker->ops = ops;
		tracker->ctx = ctx;
	}
	return tracker;
}

void tracker_add(struct tracker *tracker, const struct probe *probe)
{
	tracker->probes[probe->num] = probe;
}

void tracker_name_by(struct tracker *tracker, struct kernel_names *names)
{
	tracker->names = names;
}

unsigned long tracker_written(const struct tracker *tracker)
{
	return tracker->written;
}

void tracker_expect_bytes(struct tracker *tracker, size_t bytes)
{
	tracker->bytes = bytes;
}

void tracker_expect_fields(struct tracker *tracker, const struct fields *fields)
{
	tracker->fields = fields;
}

void tracker_expect_stacks(struct tracker *tracker, enum stacks stacks,
			   uint32_t limit)
{
	tracker->stacks = stacks;
	tracker->stack_limit = limit;
}

void tracker_free(struct tracker *tracker)
{
	if (!tracker)
		return;
	live_families_free(&tracker->families);
	free(tracker);
}

/* It, or a new one, which is as old as its event. NULL: no memory. */
static struct member *member_get(struct tracker *tracker,
				 struct live_family *family,
				 const struct event *event)
{
	struct member *member = live_family_member(family, event->member);

	if (member)
		return member;
	member = live_family_add(family, event);
	if (member)
		member->has_missed = !tracker->ops->missed_before(
			tracker->ctx, event->ns, &member->missed);
	return member;
}

static bool is_prog(const struct tracker *tracker, const struct event *event)
{
	const struct probe *probe = tracker_probe(tracker, event->func);

	return tracker_is_step(event) && probe && probe->role == PROBE_PROG;
}

static int verdict_of(const struct tracker *tracker, const struct event *event)
{
	const struct probe *probe = tracker_probe(tracker, event->func);

	if (!tracker_is_step(event) || !probe)
		return VERDICT_NONE;
	if (probe->role == PROBE_XDP)
		return probe->xdp.verdict;
	return probe->role == PROBE_PROG && event->at_ingress ?
		       prog_ends(probe->prog.type, event->reason) :
		       probe_verdict(probe);
}

void tracker_member_end(struct tracker *tracker, struct live_family *family,
			struct member *member, const char *how, const uint32_t *steps,
			uint64_t ns)
{
	member->how = how;
	member->has_steps = steps != NULL;
	member->steps = steps ? *steps : 0;
	member->has_missed_after =
		member->has_missed &&
		!tracker->ops->missed_after(tracker->ctx, ns,
					    &member->missed_after);
	member->ended = 1;
	family->live--;
	if (!tracker->with_returns)
		tracker_write_end(tracker, family, member);
}

static void write_held(struct tracker *tracker, const struct live_family *family)
{
	struct member *member;

	for (member = family->members; member; member = member->next)
		if (member->how)
			tracker_write_end(tracker, family, member);
}

int tracker_family_end(struct tracker *tracker, struct live_family **at)
{
	struct live_family *family = *at;

	if (!live_family_is_over(family) || family->open)
		return 0;
	write_held(tracker, family);
	if (family->abandoned || (family->lost && family->lost != NO_COUNT))
		tracker->ops->disband(tracker->ctx, family->number);
	tracker->done[family->number % REMEMBERED] = family->number;
	tracker->ended++;
	live_family_free(&tracker->families, at);
	return 1;
}

/* Events of different CPUs may come in another order than they happened. */
static int newer(const struct event *event, const struct event *than)
{
	if (!tracker_is_step(event))
		return 0;
	return !tracker_is_step(than) || event->seq > than->seq;
}

/*
 * 1: the member has ended unseen, and its memory is another packet's. That it ended is
 * all that is known.
 */
static int member_left(struct tracker *tracker, struct live_family *family,
		       struct member *member, const struct event *event)
{
	uint32_t steps;

	if (tracker->by_hops &&
	    is_stranger(member->proto, event->flow.proto)) {
		/* It has counted steps of both. */
		tracker->ops->forget(tracker->ctx, family->number, event->member,
				     event->skb, &steps);
		family->abandoned = 1;
		tracker_member_end(tracker, family, member, "unknown", NULL, event->ns);
		return 1;
	}
	if (event->flow.proto)
		member->proto = event->flow.proto;
	return 0;
}

/*
 * Before 5.15 the tracepoint comes when the memory has been given back, and may have
 * been written to (kmem_cache_free(), mm/slub.c). So the packet is what it was last.
 */
static void keep_packet(struct event *event, const struct event *last)
{
	event->len = last->len;
	event->mark = last->mark;
	event->ifindex = last->ifindex;
	event->netns = last->netns;
	event->ident = last->ident;
	memcpy(event->ifname, last->ifname, sizeof(event->ifname));
	event->flow = last->flow;
	event->ct = last->ct;
	event->ct_mark = last->ct_mark;
	event->ct_zone = last->ct_zone;
	memcpy(event->tuples, last->tuples, sizeof(event->tuples));
}

static void member_event(struct tracker *tracker, struct live_family *family,
			 struct member *member, const struct event *came)
{
	int verdict = verdict_of(tracker, came);
	uint32_t steps = came->seq + 1;
	struct event event = *came;

	if (member_left(tracker, family, member, came))
		return;
	if (tracker_is_free(tracker, came))
		keep_packet(&event, &member->last);
	tracker_write_event(tracker, family, member, &event, came);
	if (tracker_is_step(&event))
		family->open += tracker->returns[event.func];
	if (newer(&event, &member->last))
		member->last = event;
	if (verdict == VERDICT_NONE)
		return;
	if (is_prog(tracker, &event))
		event.reason = 0;	/* that was the program's result */
	member->last = event;
	live_family_counted(family, event.derived, event.lost);
	tracker_member_end(tracker, family, member,
		   verdict == VERDICT_DROPPED ? "dropped" : "consumed", &steps,
		   event.ns);
}

/* A function that the member has reached returns; the member may have ended. */
static void member_return(struct tracker *tracker, struct live_family *family,
			  const struct event *event)
{
	tracker_write_return(tracker, event);
	if (family->open)
		family->open--;
}

/* What has not been heard of does not come into being by a return. */
static void take_return(struct tracker *tracker, const struct event *event,
			uint64_t now)
{
	struct live_family **at = live_family_get(&tracker->families, event->packet);
	struct member *member = at ? live_family_member(*at, event->member) : NULL;

	if (member) {
		member->seen = now;
		member_return(tracker, *at, event);
		tracker_family_end(tracker, at);
	} else if (at && !(*at)->members) {
		live_family_free(&tracker->families, at);
	}
}

void tracker_event(struct tracker *tracker, const struct event *event,
		   uint64_t now)
{
	struct live_family **at;
	struct member *member;

	if (tracker->done[event->packet % REMEMBERED] == event->packet)
		return;
	if (event->func & FUNC_RETURN) {
		take_return(tracker, event, now);
		return;
	}
	at = live_family_get(&tracker->families, event->packet);
	member = at ? member_get(tracker, *at, event) : NULL;
	if (!member || member->ended)
		return;
	member->seen = now;
	if (event->func & FUNC_RULE) {
		tracker_write_rule(tracker, (const struct rule_event *)event);
		return;
	}
	if (event->func & FUNC_CONNTRACK) {
		tracker_write_conntrack(tracker, (const struct ct_event *)event);
		return;
	}
	member_event(tracker, *at, member, event);
	tracker_family_end(tracker, at);
}

void tracker_returns(struct tracker *tracker, uint32_t num)
{
	tracker->returns[num] = 1;
	tracker->with_returns = 1;
}

struct member *tracker_member_unseen(struct tracker *tracker,
				     struct live_family *family, uint32_t member)
{
	const struct event nothing = {
		.packet = family->number,
		.member = member,
		.func = FUNC_SELECTED,
		.ident = NO_IDENT,
	};

	return member_get(tracker, family, &nothing);
}

void tracker_meet(struct tracker *tracker, uint32_t number, uint64_t now)
{
	struct live_family **at;
	struct member *member;

	if (tracker->done[number % REMEMBERED] == number)
		return;
	at = live_family_get(&tracker->families, number);
	if (!at || (*at)->members)
		return;
	member = tracker_member_unseen(tracker, *at, 0);
	if (member)
		member->seen = now;
}

uint32_t tracker_live(const struct tracker *tracker)
{
	return tracker->families.count;
}

uint32_t tracker_ended(const struct tracker *tracker)
{
	return tracker->ended;
}
