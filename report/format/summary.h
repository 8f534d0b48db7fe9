/* SPDX-License-Identifier: GPL-2.0-only */
/* What was traced and what was lost, in one line when all is printed. */
#ifndef SUMMARY_H
#define SUMMARY_H

#include "../path/family.h"
#include "../input/records.h"

#include <stdio.h>

/* How many families are complete, incomplete, not known to be either. */
struct tally {
	uint64_t complete, incomplete, not_known;
};

/* Counts f, which is judged and printed. */
void tally_family(struct tally *t, const struct family *f);

/*
 * Says in one line how many packets were selected, how many of them are recorded
 * without gaps, and what was lost. quiet: only if something is missing.
 */
void summary_print(FILE *out, const struct tally *t, const struct notes *notes,
		   bool quiet);

/* The same on standard error, in lines that fit if that is a terminal. */
void summary_show(const struct tally *t, const struct notes *notes, bool quiet);

#endif /* SUMMARY_H */
