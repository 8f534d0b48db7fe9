/* SPDX-License-Identifier: GPL-2.0-only */
/* The path of one packet, the selected one or a relative of it. */
#ifndef PATH_H
#define PATH_H

#include "../input/record.h"

enum path_state {
	PATH_COMPLETE,
	PATH_INCOMPLETE,	/* a record is missing, or may be */
	PATH_NOT_KNOWN,		/* what is missing would not show */
};

/* Records in the order of their arrival, then of path_judge(). */
struct record_list {
	struct record **records;
	size_t count;
};

struct path {
	uint64_t member;	/* 0: the selected packet */
	struct record *origin;	/* select, or derived of a relative; or NULL */
	struct record *end;	/* NULL: the input ended first */
	struct record_list walked, extras;
	struct record **steps;	/* the functions that it came to */
	size_t count;		/* of steps */

	/* descent_name() finds these */
	char *line, *parent;	/* parent: NULL: no derivation is recorded */
	size_t children;	/* relatives whose line continues this one */

	/* path_judge() finds these */
	bool numbered;		/* every step has a seq */
	struct number total;	/* steps that the packet took */
	struct number lost;	/* how many of them are not recorded */
	size_t twice;		/* steps with the seq of the step before */
	bool surplus;		/* there are more than the end counts */
	bool uncounted;		/* it is not known how many follow the last one */
	enum path_state state;
};

/*
 * Gives rec to the path. Returns 0, -ENOMEM, or -EEXIST for a second record
 * of a kind that a packet has once; on errors rec stays the caller's.
 */
int path_add(struct path *p, struct record *rec);

/*
 * Sorts the steps, by their numbers if all have one, else by time, and all other records
 * by time; and finds out what is missing. To be called when no more records come.
 */
void path_judge(struct path *p);

/*
 * How many steps are missing right before step i, or, with i == p->count,
 * after the last one. Steps without numbers: 0, or all with i == p->count.
 */
uint64_t path_gap(const struct path *p, size_t i);

/* Is step i, counted from 0, a second one of the same number? */
bool path_is_twice(const struct path *p, size_t i);

/* When the packet was selected or derived, else its first step; ns. */
struct number path_start(const struct path *p);

/* The CPU on which that happened. */
struct number path_start_cpu(const struct path *p);

/* When the packet ended, else the time of its last step; ns. */
struct number path_stop(const struct path *p);

/* The sk_buff's address, as the first record has it. */
struct number path_skb(const struct path *p);

/*
 * How many probes did not run while the packet was under way. Each may have been a step
 * of this packet, without a number. 0: not known.
 */
struct number path_missed(const struct path *p);

/*
 * How the packet ended. HOW_TIMEOUT: there is no record of its end; HOW_UNKNOWN: there
 * is no record at all.
 */
enum end_how path_how(const struct path *p);

/* The function that the packet reached last, or NULL. */
const char *path_last_func(const struct path *p);

/* Gives back the path with its records; p may be NULL. */
void path_free(struct path *p);

#endif /* PATH_H */
