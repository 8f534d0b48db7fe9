/* SPDX-License-Identifier: GPL-2.0-only */
/* Where a packet has waited: in a queueing discipline, a backlog, a socket's queue. */
#ifndef WAITS_H
#define WAITS_H

#include "data.h"
#include "../path/path.h"

#define WAIT_ROOM	256	/* room for the names of queues, bytes */

struct wait {
	char queue[WAIT_ROOM];		/* "fq_codel of eth0" */
	const struct record *from;	/* the step that put it into the queue */
	const struct record *until;	/* the step that has it again */
	uint64_t ns;			/* the time between the two */
	bool is_read;			/* until's thread (comm, pid) reads the packet by a
					   system call of its own */
	size_t next;			/* for waits_next() */
};

/*
 * Finds the first wait of p, all zero before, or the next one (data/waits.list). False:
 * there is no other. data may be NULL: then there is none.
 */
bool waits_next(struct wait *wait, const struct data *data, const struct path *p);

#endif /* WAITS_H */
