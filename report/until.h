/* SPDX-License-Identifier: GPL-2.0-only */
/* Packets as they come, until one takes another route than the good ones. */
#ifndef UNTIL_H
#define UNTIL_H

#include "diff_cmd.h"

/* Packets of one direction at one hook. */
struct until_kind {
	const char *hook;
	struct side good;	/* the good routes, and those that caches alone change */
	const char *said;	/* the last caches that were said to differ */
	uint64_t learnt;	/* packets that good routes were learnt from */
	uint64_t compared;	/* packets compared with these routes */
	uint64_t unknown;	/* packets for which no good route was known */
};

#define UNTIL_KINDS	8	/* both directions at each of a few hooks */

#define UNTIL_LEARN	3	/* packets of a kind, unless somebody says */

/* All zero but for the first members: nothing has come. */
struct until {
	diff_print_fn print;
	const struct data *data;	/* why packets were dropped; caches */
	const char *baseline;	/* the file of the good packets; NULL: none */
	const struct notes *notes;	/* of that file, once it is read */
	uint64_t learn;		/* from so many more packets of a kind */
	struct names names;
	struct until_kind kinds[UNTIL_KINDS];
	size_t count;
	char *there;		/* destination of the very first packet */
	struct until_kind *parted;	/* the kind of the packet in other, or NULL */
	struct side other;
};

extern const struct form until_form;	/* output->context: struct until */

/*
 * Makes what has come the baseline, packets of a file with these notes: from now on
 * packets are compared with it. False, and has said why: it cannot be compared with.
 */
bool until_compare(struct until *u, const struct notes *notes);

/*
 * Prints what is different, or that nothing is, when no more packets come.
 * Returns DIFF_TROUBLE when there was nothing to compare, and has said so.
 */
enum diff_status until_print(struct until *u, const struct output *o);

/* Gives back all that was kept. */
void until_free(struct until *u);

#endif /* UNTIL_H */
