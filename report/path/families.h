/* SPDX-License-Identifier: GPL-2.0-only */
/* Records of many packets in, the family of each packet out. */
#ifndef PATH_FAMILIES_H
#define PATH_FAMILIES_H

#include "family.h"

#define FAMILIES_REMEMBERED	4096	/* families that ended lately */

/* The families that have not ended, by the numbers of their packets. */
struct families {
	struct sorted open;
	struct {
		uint64_t packet;	/* 0: none */
		enum path_state state;
	} ended[FAMILIES_REMEMBERED];
};

/*
 * Gives rec to its packet's family. When rec is the end with which the family is over,
 * *done is the family, which the caller owns then; else NULL. Returns 0 or what
 * family_add() does; rec is the caller's on errors only.
 */
int families_add(struct families *g, struct record *rec, struct family **done);

/* Remembers that f has ended. To be called when f is judged. */
void families_remember(struct families *g, const struct family *f);

/* Number i of the families that are open, in the order of their packets. */
struct family *families_at(const struct families *g, size_t i);

/*
 * The time of the oldest record of the families that are open, ns. Families that will be
 * opened may have older ones.
 */
uint64_t families_oldest(const struct families *g);

/* Gives back the families that are still open. */
void families_free(struct families *g);

#endif /* PATH_FAMILIES_H */
