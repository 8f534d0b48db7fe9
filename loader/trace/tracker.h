/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which packets are under way with all that was made of them, and when the last
 * one of such a family has ended: events in, records (Documentation/records.md)
 * out. Pure: times come in as arguments.
 */
#ifndef TRACKER_H
#define TRACKER_H

#include <stdint.h>
#include <stdio.h>

#include "../../bpf/bpfpath.h"
#include "../lib/clock.h"
#include "../plan/plan.h"
#include "../syms/names.h"

/* A packet without events for so long has left us unseen. */
#define TRACKER_IDLE_NS	(5 * NS_PER_SEC)

struct tracker;

/* What the tracker has to ask of the kernel. */
struct tracker_ops {
	/*
	 * Has it forget a member of a family that ends here and not there, whose
	 * address is @skb, or 0 when that is not known; gives 0 and *steps, how
	 * many steps it counted, or -errno when it does not know that sk_buff
	 * any more.
	 */
	int (*forget)(void *ctx, uint32_t number, uint32_t member, uint64_t skb,
		      uint32_t *steps);
	/* What the kernel has of a family: 0, or -errno, when it has nothing. */
	int (*family)(void *ctx, uint32_t number, struct family *family);
	/* Has it forget a family whose members have all ended. */
	void (*disband)(void *ctx, uint32_t number);
	/* How many probes were missed until before or after @ns: 0 or -errno. */
	int (*missed_before)(void *ctx, uint64_t ns, uint64_t *total);
	int (*missed_after)(void *ctx, uint64_t ns, uint64_t *total);
	/*
	 * What that function has returned, as RESULT_LEN characters at most
	 * (results.h). NULL: nobody knows.
	 */
	void (*result)(void *ctx, uint32_t num, uint64_t value, char *out);
};

/*
 * Writes to @out, names functions by @plan; @ops are called with @ctx. NULL:
 * no memory.
 */
struct tracker *tracker_new(const struct plan *plan, FILE *out,
			    const struct tracker_ops *ops, void *ctx);

/* Has it name places and reasons by @names, which stays as long as the tracker. */
void tracker_name_by(struct tracker *tracker, struct kernel_names *names);

/*
 * A struct capture follows events (bpf/bpfpath.h says which), of so many bytes at most.
 */
void tracker_expect_bytes(struct tracker *tracker, size_t bytes);
void tracker_free(struct tracker *tracker);

/*
 * The function of that number is seen to return: a packet is not over before, or
 * not for a second.
 */
void tracker_returns(struct tracker *tracker, uint32_t num);

/* An event has come in, at time @now (ns). Its record is written at once. */
void tracker_event(struct tracker *tracker, const struct event *event,
		   uint64_t now);

/*
 * The kernel has members of that family, and events of it were lost: perhaps all
 * of them. So it is under way here, too, as one that was heard of at @now.
 */
void tracker_meet(struct tracker *tracker, uint32_t number, uint64_t now);

/*
 * The kernel has no member of that family any more, and all events of it have
 * come in: what has not ended was lost, and ends as "unknown".
 */
void tracker_over(struct tracker *tracker, uint32_t number);

/* Ends sk_buffs that were idle for too long as "unknown". */
void tracker_expire(struct tracker *tracker, uint64_t now);

/* The run is over: ends what is still under way as "timeout". */
void tracker_finish(struct tracker *tracker);

/* Packets, each with all that was made of it: under way, ended so far. */
uint32_t tracker_live(const struct tracker *tracker);
uint32_t tracker_ended(const struct tracker *tracker);

/* How many records it has written so far. May be called from any thread. */
unsigned long tracker_written(const struct tracker *tracker);

#endif /* TRACKER_H */
