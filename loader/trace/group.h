/* SPDX-License-Identifier: GPL-2.0-only */
/* What the tracker knows of families that are under way, by their numbers. */
#ifndef GROUP_H
#define GROUP_H

#include <stdbool.h>
#include <stdint.h>

#include "../../bpf/bpfpath.h"

#define GROUP_BUCKETS	4096
#define GROUP_FEW	16	/* so many members are searched one by one */

/* An sk_buff: the one that was selected, or one that was made of it. */
struct member {
	struct member *next;
	struct member *same;	/* the next one in its place of group->places */
	struct event last;	/* the newest event in its own order */
	bool ended;
	uint8_t proto;		/* inside IP, when it was known last; 0: never */
	bool in_list;		/* derived as a fragment of a list, of … */
	uint32_t parent;	/* … this one */
	bool has_missed;		/* it is known how many probes were missed … */
	uint64_t missed;	/* … before it */
	uint64_t seen;		/* when its last event came, ns */
	/* Its end, of which the record may be held back. */
	const char *how;	/* NULL: there is none, or it is written */
	bool has_steps;
	uint32_t steps;
	bool has_missed_after;	/* … and until then */
	uint64_t missed_after;
};

/* A family: a packet and all that was made of it. */
struct live_group {
	struct live_group *next;
	struct member *members;
	struct member **places;	/* by number % place_count; NULL: there are few */
	uint32_t place_count;
	uint32_t number;
	uint32_t count;		/* members that are known here, … */
	uint32_t live;		/* … and that have not ended */
	uint32_t derived, lost;	/* as the kernel counts them; or NO_COUNT */
	bool abandoned;		/* one has ended unseen */
	uint32_t open;		/* functions whose return is waited for */
};

struct live_groups {
	uint32_t count;
	struct live_group *buckets[GROUP_BUCKETS];
};

/* The pointer to the family of that number, which is made if need be. NULL: no memory. */
struct live_group **group_get(struct live_groups *groups, uint32_t number);

/* Takes the family away with its members; *at is then the next one there. */
void group_free(struct live_groups *groups, struct live_group **at);
void groups_free(struct live_groups *groups);

/* The member of that number, or NULL. */
struct member *group_member(const struct live_group *group, uint32_t id);

/* Adds a member, of which @event is all that is known. NULL: no memory. */
struct member *group_add(struct live_group *group, const struct event *event);

/* Notes the kernel's counts, now or of an earlier moment; NO_COUNT: not known. */
void group_counted(struct live_group *group, uint32_t derived, uint32_t lost);

/* Has no event of any member come since @until (ns)? */
bool group_is_idle(const struct live_group *group, uint64_t until);

/* Have all members ended, those that are known here and those that the kernel counted? */
bool group_is_over(const struct live_group *group);

#endif /* GROUP_H */
