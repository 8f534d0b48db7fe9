/* SPDX-License-Identifier: GPL-2.0-only */
/* What many packets did: their routes, their times, their ends. */
#ifndef STATS_H
#define STATS_H

#include "../input/records.h"
#include "../aggregate/routes.h"

/* An end, and how many packets and how many relatives had it. */
struct end {
	enum how how;
	bool done;		/* dropped, but no loss */
	bool unanswered;	/* as struct why has it */
	const char *func, *reason, *location, *rule, *kind, *verdict;
	uint64_t packets, relatives;
};

struct stats {
	struct names names;
	struct routes routes;	/* of the complete ones */
	struct hist total;	/* time of the packets of all these */
	struct end *end;	/* of all of them */
	size_t ends;
};

struct end stats_end(const struct branch *t);

#endif /* STATS_H */
