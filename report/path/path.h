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
	uint64_t member;		/* 0: the selected packet */
	struct record *origin;	/* select, born of a relative; or NULL */
	struct record *end;	/* NULL: the input ended first */
	struct record_list walked, extras;
	struct record **steps;	/* those walked */
	size_t count;		/* of steps */

	/* descent_name() finds these */
	char *line, *parent;	/* parent: NULL: no birth is recorded */
	size_t children;	/* that have their line by it */

	/* path_judge() finds these */
	bool numbered;		/* every step has a seq */
	struct number total;	/* steps that the packet took */
	struct number lost;	/* those of them that are not there */
	size_t twice;		/* steps with the seq of the step before */
	bool surplus;		/* there are more than the end counts */
	bool uncounted;		/* who knows how many after the last one */
	enum path_state state;
};

int path_add(struct path *p, struct record *rec);
void path_judge(struct path *p);
uint64_t path_gap(const struct path *p, size_t i);
bool path_is_twice(const struct path *p, size_t i);
struct number path_start(const struct path *p);
struct number path_start_cpu(const struct path *p);
struct number path_stop(const struct path *p);
struct number path_skb(const struct path *p);
struct number path_missed(const struct path *p);
enum how path_how(const struct path *p);
const char *path_last_func(const struct path *p);
void path_free(struct path *p);

#endif /* PATH_H */
