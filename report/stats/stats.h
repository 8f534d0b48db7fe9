/* SPDX-License-Identifier: GPL-2.0-only */
/* What many packets did: their routes, their times, their ends. */
#ifndef STATS_H
#define STATS_H

#include "../aggregate/routes.h"
#include "../format/format.h"
#include "../input/records.h"

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

/* The forms that are made of it (struct form). */
int stats_family(struct output *o, const struct family *f);
void stats_close(struct output *o);
int stats_text(const struct output *o);
int stats_json(const struct output *o);
int prometheus_print(const struct output *o);

/* Form "folded" keeps sums of its own. */
int folded_family(struct output *o, const struct family *f);
void folded_close(struct output *o);
int folded_print(const struct output *o);

#endif /* STATS_H */
