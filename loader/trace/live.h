/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A line on stderr, if that is a terminal: while nothing comes it tells that the run
 * waits, and for what. It is gone before anything else is written.
 */
#ifndef LIVE_H
#define LIVE_H

#include <stdint.h>

#include "seen.h"

struct live {
	int on;			/* stderr is a terminal */
	int drawn;
	const struct seen *seen;
	uint64_t start, last;	/* ns: of the run, of the last event */
	unsigned long count;	/* packets that are waited for; 0: no end */
};

/* Begins to wait at @now (ns) for @count packets of those that @seen counts. */
void live_begin(struct live *live, const struct seen *seen, uint64_t now,
		unsigned long count);

/* Something has come: the line goes away for a moment. */
void live_event(struct live *live, uint64_t now);

/* Nothing has come this time; @matched packets have been selected so far. */
void live_idle(struct live *live, uint64_t now, uint64_t matched);

/* Takes the line away. */
void live_erase(struct live *live);

#endif /* LIVE_H */
