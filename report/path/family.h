/* SPDX-License-Identifier: GPL-2.0-only */
/* A selected packet and its relatives: the paths that are printed together. */
#ifndef FAMILY_H
#define FAMILY_H

#include "path.h"
#include "sorted.h"

struct family {
	uint64_t packet;
	bool late;		/* the packet was printed before: more of it … */
	enum path_state before;	/* … which was judged so then */
	struct sorted members;	/* struct path, by member id */
	bool followed;		/* the records tell relatives apart */
	uint64_t oldest;	/* the least time of its records, ns */
	size_t under_way;	/* members whose end has not come */
	struct number relatives;	/* relatives that the kernel counted */

	/* family_judge() finds these */
	uint64_t unseen;	/* members of which nothing is recorded */
	size_t underived;		/* relatives whose birth is not recorded */
	size_t incomplete;	/* members whose path is not complete */
	uint64_t gaps;		/* records that its gaps show to be missing */
	struct number lost;	/* these, or the kernel's count of lost events */
	bool counted;		/* a lost relative would show */
	enum path_state state;	/* of all of it */
};

struct family *family_new(uint64_t packet);
int family_add(struct family *f, struct record *rec);
bool family_is_over(const struct family *f);
void family_judge(struct family *f);
struct path *family_member(const struct family *f, size_t i);
struct path *family_selected(const struct family *f);
size_t family_relatives(const struct family *f);
struct number family_start(const struct family *f);
void family_free(struct family *f);

#endif /* FAMILY_H */
