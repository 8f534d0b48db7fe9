// SPDX-License-Identifier: GPL-2.0-only
/* The tracker's families whose ends were not seen: by time, or as the kernel tells. */
#include "../lib/clock.h"
#include "tracker_own.h"

#define RETURN_NS	NS_PER_SEC	/* a return comes by then, or not */

/* Ends what was not seen to end: the kernel may know more of it. */
static void member_abandon(struct tracker *tracker, struct live_family *family,
			   struct member *member, const char *how)
{
	uint32_t steps;
	int err = tracker->ops->forget(tracker->ctx, family->number,
					 member->last.member, member->last.skb,
					 &steps);

	family->abandoned = 1;
	tracker_member_end(tracker, family, member, how, err ? NULL : &steps, UINT64_MAX);
}

/* Members that the kernel has counted. */
static void add_missing(struct tracker *tracker, struct live_family *family)
{
	if (family->derived == NO_COUNT)
		return;
	for (uint32_t member = 0; member <= family->derived; member++)
		tracker_member_unseen(tracker, family, member);
}

/* Ends those that we have not heard of since @until. */
static void family_abandon(struct tracker *tracker, struct live_family *family,
			   const char *how, uint64_t until)
{
	struct member *member;
	struct family_counts known;

	if (live_family_is_idle(family, until)) {
		if (!tracker->ops->family(tracker->ctx, family->number, &known))
			live_family_counted(family, known.derived, known.lost);
		add_missing(tracker, family);
		family->abandoned = 1;
		family->open = 0;
	}
	for (member = family->members; member; member = member->next)
		if (!member->ended && member->seen <= until)
			member_abandon(tracker, family, member, how);
}

static void abandon(struct tracker *tracker, const char *how, uint64_t until)
{
	for (int i = 0; i < LIVE_BUCKETS; i++) {
		struct live_family **at = &tracker->families.buckets[i];

		while (*at) {
			family_abandon(tracker, *at, how, until);
			if (!tracker_family_end(tracker, at))
				at = &(*at)->next;
		}
	}
}

void tracker_over(struct tracker *tracker, uint32_t number)
{
	struct live_family **at;

	if (tracker->done[number % REMEMBERED] == number) {
		tracker->ops->disband(tracker->ctx, number);
		return;
	}
	at = live_family_get(&tracker->families, number);
	if (!at)
		return;
	family_abandon(tracker, *at, "unknown", UINT64_MAX);
	tracker_family_end(tracker, at);
}

/* Families that were over by @until, and wait for functions that do not return. */
static void stop_waiting(struct tracker *tracker, uint64_t until)
{
	for (int i = 0; i < LIVE_BUCKETS; i++) {
		struct live_family **at = &tracker->families.buckets[i];

		while (*at) {
			if (live_family_is_over(*at) && live_family_is_idle(*at, until))
				(*at)->open = 0;
			if (!tracker_family_end(tracker, at))
				at = &(*at)->next;
		}
	}
}

void tracker_expire(struct tracker *tracker, uint64_t now)
{
	if (tracker->with_returns && now >= RETURN_NS)
		stop_waiting(tracker, now - RETURN_NS);
	if (now >= TRACKER_IDLE_NS)
		abandon(tracker, "unknown", now - TRACKER_IDLE_NS);
}

void tracker_finish(struct tracker *tracker)
{
	abandon(tracker, "timeout", UINT64_MAX);
}
