/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tracker knows which packets are under way, with all that was made of them, and
 * when the last member of such a family has ended: events in, records
 * (Documentation/records.md) out. It reads no clock: times come in as arguments.
 */
#ifndef TRACKER_H
#define TRACKER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "../../bpf/bpfpath.h"
#include "../lib/clock.h"
#include "../plan/plan.h"
#include "../syms/names.h"

/* A packet without events for so long has ended unseen. */
#define TRACKER_IDLE_NS	(5 * NS_PER_SEC)

struct tc_progs;
struct tracker;

/* What the tracker has to ask of the kernel. */
struct tracker_ops {
	/*
	 * Makes the kernel's maps forget a member that the tracker ends, whose
	 * address is @skb; 0: not known. 0 and *steps, how many steps were counted;
	 * -errno: the maps do not know that sk_buff any more.
	 */
	int (*forget)(void *ctx, uint32_t number, uint32_t member, uint64_t skb,
		      uint32_t *steps);
	/* What the kernel's maps have of a family: 0; -errno: nothing. */
	int (*family)(void *ctx, uint32_t number, struct family_counts *family);
	/* Makes the kernel's maps forget a family whose members have all ended. */
	void (*disband)(void *ctx, uint32_t number);
	/* How many probes were missed until before or after @ns: 0 or -errno. */
	int (*missed_before)(void *ctx, uint64_t ns, uint64_t *total);
	int (*missed_after)(void *ctx, uint64_t ns, uint64_t *total);
	/*
	 * Writes what that function has returned, RESULT_LEN characters at most
	 * (results.h). The pointer may be NULL: nobody knows.
	 */
	void (*result)(void *ctx, uint32_t num, uint64_t value, char *out);
	/*
	 * Writes the name of that interface of a namespace (inode number), IF_NAMESIZE
	 * characters at most: 0 or -errno. The pointer may be NULL, too.
	 */
	int (*ifname)(void *ctx, uint32_t netns, uint32_t ifindex, char *out);
	/*
	 * The programs at a hook of tc (kernel/tc_progs.h), as they were a second ago at
	 * most; NULL: not known. The pointer may be NULL, too.
	 */
	const struct tc_progs *(*tc_progs)(void *ctx, uint32_t netns, uint32_t ifindex,
					   bool is_egress);
	/* Are there programs that cannot be steps? The pointer may be NULL. */
	bool (*has_unseen)(void *ctx);
};

/*
 * Makes a tracker that writes to @out, names functions by @plan and calls @ops with
 * @ctx. NULL: no memory.
 */
struct tracker *tracker_new(const struct plan *plan, FILE *out,
			    const struct tracker_ops *ops, void *ctx);

/* Lets it name places and reasons by @names, which lives as long as the tracker. */
void tracker_name_by(struct tracker *tracker, struct kernel_names *names);

/*
 * A struct capture follows events (bpf/bpfpath.h says which), of so many bytes at most.
 */
void tracker_expect_bytes(struct tracker *tracker, size_t bytes);

/*
 * The values of @fields follow the same events, behind that. @fields, or
 * NULL, must live as long as the tracker.
 */
struct fields;
void tracker_expect_fields(struct tracker *tracker, const struct fields *fields);

/*
 * A struct kernel_stack follows the events of steps that @stacks says, with so many frames at
 * most.
 */
void tracker_expect_stacks(struct tracker *tracker, enum stacks stacks,
			   uint32_t limit);
/*
 * @probe, which lives as long as the tracker and has a number that no other has, is one
 * more that may be reached.
 */
void tracker_add(struct tracker *tracker, const struct probe *probe);
void tracker_free(struct tracker *tracker);

/*
 * Tells it that returns of the function of that number are seen: a family is over only
 * when that has returned, or after a second.
 */
void tracker_returns(struct tracker *tracker, uint32_t num);

/* An event has come in, at time @now (ns). Its record is written at once. */
void tracker_event(struct tracker *tracker, const struct event *event,
		   uint64_t now);

/*
 * The kernel has members of that family, and events of it were lost: perhaps all
 * of them. So the tracker counts it as under way, last seen at @now.
 */
void tracker_meet(struct tracker *tracker, uint32_t number, uint64_t now);

/*
 * The kernel has no member of that family any more, and all its events have come in:
 * a member that has not ended lost its end, and ends as "unknown".
 */
void tracker_over(struct tracker *tracker, uint32_t number);

/* Ends sk_buffs that were idle for too long as "unknown". */
void tracker_expire(struct tracker *tracker, uint64_t now);

/* The run is over: ends what is still under way as "timeout". */
void tracker_finish(struct tracker *tracker);

/* How many families are under way; how many have ended so far. */
uint32_t tracker_live(const struct tracker *tracker);
uint32_t tracker_ended(const struct tracker *tracker);

/* How many records it has written so far. May be called from any thread. */
unsigned long tracker_written(const struct tracker *tracker);

#endif /* TRACKER_H */
