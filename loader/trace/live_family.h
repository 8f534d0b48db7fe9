/* SPDX-License-Identifier: GPL-2.0-only */
/* What the tracker knows of families that are under way, by their numbers. */
#ifndef LIVE_FAMILY_H
#define LIVE_FAMILY_H

#include <stdbool.h>
#include <stdint.h>

#include "../../bpf/bpfpath.h"

#define LIVE_BUCKETS	4096
#define LIVE_FEW	16	/* so many members are searched one by one */

/* An sk_buff: the one that was selected, or one that was made of it. */
struct member {
	struct member *next;
	struct member *same;	/* the next one in its place of family->places */
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
struct live_family {
	struct live_family *next;
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

struct live_families {
	uint32_t count;
	struct live_family *buckets[LIVE_BUCKETS];
};

/* The pointer to the family of that number, which is made if need be. NULL: no memory. */
struct live_family **live_family_get(struct live_families *families, uint32_t number);

/* Takes the family away with its members; *at is then the next one there. */
void live_family_free(struct live_families *families, struct live_family **at);
void live_families_free(struct live_families *families);

/* The member of that number, or NULL. */
struct member *live_family_member(const struct live_family *family, uint32_t id);

/* Adds a member, of which @event is all that is known. NULL: no memory. */
struct member *live_family_add(struct live_family *family, const struct event *event);

/* Notes the kernel's counts, now or of an earlier moment; NO_COUNT: not known. */
void live_family_counted(struct live_family *family, uint32_t derived, uint32_t lost);

/* Has no event of any member come since @until (ns)? */
bool live_family_is_idle(const struct live_family *family, uint64_t until);

/* Have all members ended, those that are known here and those that the kernel counted? */
bool live_family_is_over(const struct live_family *family);

#endif /* LIVE_FAMILY_H */
