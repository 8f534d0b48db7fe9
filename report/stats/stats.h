/* SPDX-License-Identifier: GPL-2.0-only */
/* What many packets did: their routes, their times, their ends. */
#ifndef STATS_H
#define STATS_H

#include "../aggregate/routes.h"
#include "../format/format.h"
#include "../input/records.h"

/* An end, and how many packets and how many relatives had it. */
struct end {
	enum end_how how;
	bool done;		/* dropped, but no loss */
	bool unanswered;	/* as struct why has it */
	const char *func, *reason, *location, *rule, *kind, *verdict;
	uint64_t packets, relatives;
};

/* How long packets and relatives have waited in a queue (diagnose/waits.h). */
struct queue_time {
	const char *queue;
	struct hist ns;
};

struct stats {
	struct names names;
	struct routes routes;	/* those of complete families */
	struct hist total;	/* times of the packets of all these */
	struct end *end;	/* the ends of all of them */
	size_t ends;
	struct queue_time *queue;	/* of all of them, too */
	size_t queues;
};

/* The end of a branch, with counts of 0. */
struct end stats_end(const struct branch *t);

/* Counts a packet and its relatives. Returns 0 or -ENOMEM. */
int stats_family(struct output *o, const struct family *f);

/* Gives back what was kept. */
void stats_close(struct output *o);

/*
 * Prints how many packets there were, each route with its times, and the drops;
 * with -v also the times of each step as bars, with -q no times.
 */
int stats_text(const struct output *o);

/* Prints all as one line. */
int stats_json(const struct output *o);

/* Prints all metrics. */
int prometheus_print(const struct output *o);

/* Counts the times of a packet and its relatives. Returns 0 or -ENOMEM. */
int folded_family(struct output *o, const struct family *f);

/* Gives back what was kept. */
void folded_close(struct output *o);

/* Prints all stacks that took time. */
int folded_print(const struct output *o);

#endif /* STATS_H */
