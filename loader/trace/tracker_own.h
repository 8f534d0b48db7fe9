/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files tracker*.c have in common. */
#ifndef TRACKER_OWN_H
#define TRACKER_OWN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "live_family.h"
#include "tracker.h"

#define REMEMBERED	4096	/* families that ended lately */

struct tracker {
	const struct probe *probes[MAX_FUNCS];	/* by number */
	uint8_t returns[MAX_FUNCS];	/* it is seen to return */
	bool with_returns;		/* any function is */
	bool by_hops;			/* tracepoints alone are probed */
	uint32_t freed;			/* plan_freed() */
	FILE *out;
	const struct tracker_ops *ops;
	void *ctx;
	struct kernel_names *names;
	atomic_ulong written;	/* records */
	struct live_families families;
	size_t bytes;		/* of a packet that come with an event */
	const struct fields *fields;	/* … behind these */
	enum stacks stacks;	/* that come with an event, behind these */
	uint32_t stack_limit;	/* frames at most */
	uint32_t ended;		/* families */
	uint32_t done[REMEMBERED];	/* numbers, by number % REMEMBERED */
};

/* The function of that number, or NULL. */
const struct probe *tracker_probe(const struct tracker *tracker, uint32_t num);

/* Is the event neither a selection nor a derivation? */
bool tracker_is_step(const struct event *event);

/* The event is that of memory which is free: it can tell nothing of the packet. */
bool tracker_is_free(const struct tracker *tracker, const struct event *event);

/*
 * Ends the member: probes that were missed until @ns may have been its steps. @steps: how
 * many it has made, NULL: not known. Where returns are seen the end's record is held back
 * until the functions of the family have returned, since returns behind the last end would
 * come too late.
 */
void tracker_member_end(struct tracker *tracker, struct live_family *family,
			struct member *member, const char *how, const uint32_t *steps,
			uint64_t ns);

/* A member of which no event has come, or of which one has; NULL: no memory. */
struct member *tracker_member_unseen(struct tracker *tracker,
				     struct live_family *family, uint32_t member);

/*
 * 1: no member is left, and the family has ended, too. Members whose derivation was lost
 * may still be under way.
 */
int tracker_family_end(struct tracker *tracker, struct live_family **at);

/* Writes the record of a member's end, which then is no longer held back. */
void tracker_write_end(struct tracker *tracker, const struct live_family *family,
		       struct member *member);

/*
 * Writes the record of a selection, a derivation or a step. @came is the event with
 * what follows it; @event is a copy, in which the parent may be another one.
 */
void tracker_write_event(struct tracker *tracker,
			 const struct live_family *family, struct member *member,
			 struct event *event, const struct event *came);

struct rule_event;

/* Writes the record of what conntrack has said of a packet. */
void tracker_write_conntrack(struct tracker *tracker, const struct ct_event *ct);

/* Writes the record of a firewall's rule that has decided. */
void tracker_write_rule(struct tracker *tracker,
			const struct rule_event *rule);

/* Writes the record of a function that returns. */
void tracker_write_return(struct tracker *tracker,
			  const struct event *event);

#endif /* TRACKER_OWN_H */
