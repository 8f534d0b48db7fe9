/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A member's part of a route: its path, cut down to what can be compared with that of
 * another run. Strings belong to a struct names, so that equal ones are the same pointer.
 */
#ifndef BRANCH_H
#define BRANCH_H

#include "hist.h"
#include "names.h"
#include "../path/path.h"
#include "../diagnose/diagnose.h"

/*
 * Interfaces and namespaces are numbered 1, 2, … as the packet meets them, 0
 * is not known: in another run, names and inode numbers may differ.
 */
struct branch_step {
	const char *func, *ifname;
	const char *addresses;	/* flow_lasting(); NULL: not known */
	unsigned int iface, netns_no;
	struct number netns, mark, len;
	struct number delay;	/* since the step before; ns */
	uint64_t gap;		/* steps that are missing right before it */
	const char *waited;	/* the queue that it was in until then; NULL: none */
};

struct branch {
	uint64_t member;	/* 0: the selected packet */
	char *line;		/* of descent */
	uint64_t parent;	/* number of the member that it is made of */
	bool begins;		/* origin is known */
	const char *after;	/* its parent's last step before; NULL: none */
	struct branch_step origin;
	struct branch_step *step;
	size_t count;
	uint64_t gap;		/* steps that are missing after the last one */
	enum end_how how;
	bool ends;		/* the last step is its end */
	const char *end_func, *reason;
	const char *location;	/* symbol+0xoffset */
	const char *symbol;	/* the same without the offset */
	const char *rule;	/* as struct why has it, of the first packet */
	const char *kind, *what, *verdict, *cause, *next;
	bool done, unanswered;	/* as struct why has them */
	bool loss;		/* the end is a loss, or somebody waits for an answer */
	struct number time, lost, missed;
	enum path_state state;

	/* of all packets that took this route, when they are counted */
	bool flows;		/* their addresses are not all the same */
	struct hist total;
	struct hist *delays;	/* of each step */
};

/*
 * Fills t from a path that has been judged and named, and why it ended; data, which may be
 * NULL, tells where it has waited. Returns 0 or -ENOMEM; branch_free() is to follow in
 * both cases.
 */
int branch_make(struct branch *t, const struct data *data, const struct path *p,
	       const struct why *why, struct names *names);

/*
 * 0 when both branches are the same: the same functions, at interfaces of the same
 * names, in namespaces that change at the same points, and the same end. Otherwise less
 * or greater than 0, as tsearch(3) wants it. With offsets, places in a function are the
 * same when their offsets are.
 */
int branch_order(const struct branch *a, const struct branch *b, bool offsets);

/* Of two members of one route: are both relatives, and their branches the same? */
bool branch_is_sibling(const struct branch *a, const struct branch *b);

/* Did both end in the same way? offsets: also at that offset in a function. */
bool branch_ends_alike(const struct branch *a, const struct branch *b,
		      bool offsets);

/*
 * Adds the times of one, which is the same branch, to those of sum; one may be sum
 * itself. Returns 0 or -ENOMEM.
 */
int branch_count(struct branch *sum, const struct branch *one);

/* Gives back what belongs to t; its names stay. */
void branch_free(struct branch *t);

#endif /* BRANCH_H */
