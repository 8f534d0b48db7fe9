/* SPDX-License-Identifier: GPL-2.0-only */
/* What many packets did: their ways, their times, their ends. */
#ifndef STATS_H
#define STATS_H

#include "../read/records.h"
#include "../ways/ways.h"

/* An end, and how many packets and how many relatives had it. */
struct end {
	enum how how;
	const char *func, *reason, *location;
	uint64_t packets, relatives;
};

struct stats {
	struct names names;
	struct ways ways;	/* of the complete ones */
	struct hist total;	/* time of the packets of all these */
	struct end *end;	/* of all of them */
	size_t ends;
};

#define STATS_NOTES	5

/* What the run itself has counted, in notes of these names. */
extern const char *const stats_notes[STATS_NOTES];

struct number stats_note(const struct notes *notes, const char *name);

#endif /* STATS_H */
