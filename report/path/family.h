/* SPDX-License-Identifier: GPL-2.0-only */
/* A selected packet and its relatives: the paths that are printed together. */
#ifndef FAMILY_H
#define FAMILY_H

#include "path.h"
#include "sorted.h"

struct family {
	uint64_t packet;
	bool late;		/* more of a packet that was printed before … */
	enum path_state before;	/* … and was judged so then */
	struct sorted members;	/* struct path, by member id */
	bool followed;		/* the records tell relatives apart */
	uint64_t oldest;	/* the least time of its records, ns */
	size_t under_way;	/* members whose end has not come */
	struct number relatives;	/* relatives that the kernel counted */

	/* family_judge() finds these */
	uint64_t unseen;	/* members of which nothing is recorded */
	size_t underived;	/* relatives whose derivation is not recorded */
	size_t incomplete;	/* members whose path is not complete */
	uint64_t gaps;		/* missing records that its gaps show */
	struct number lost;	/* gaps, or the kernel's count of lost events */
	bool counted;		/* a lost relative would show */
	enum path_state state;	/* of the whole family */
};

/* A family without members, or NULL: no memory. */
struct family *family_new(uint64_t packet);

/*
 * Gives rec to its member, which is under way from its first record to its
 * end. Returns 0, -ENOMEM or what path_add() does; rec is the caller's on
 * errors only.
 */
int family_add(struct family *f, struct record *rec);

/*
 * Have all members ended, also those that only the kernel's count shows? bpfload writes
 * an end even of a member of which nothing else came.
 */
bool family_is_over(const struct family *f);

/*
 * Judges each member's path and the family. To be called once, when no more
 * records come.
 */
void family_judge(struct family *f);

/* Number i of the members, in the order of their derivation. */
struct path *family_member(const struct family *f, size_t i);

/* The packet that was selected; NULL: nothing of it is recorded. */
struct path *family_selected(const struct family *f);

/* How many members other than the selected one are recorded. */
size_t family_relatives(const struct family *f);

/* When the packet was selected, else the time of its first record; ns. */
struct number family_start(const struct family *f);

/* Gives back the family with its members; f may be NULL. */
void family_free(struct family *f);

#endif /* FAMILY_H */
