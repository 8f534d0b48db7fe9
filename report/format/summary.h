/* SPDX-License-Identifier: GPL-2.0-only */
/* What was traced and what was lost, in one line when all is printed. */
#ifndef SUMMARY_H
#define SUMMARY_H

#include "../path/family.h"
#include "../input/records.h"

#include <stdio.h>

/* How many packets have families that are complete, are not, may be. */
struct tally {
	uint64_t complete, incomplete, not_known;
};

void tally_family(struct tally *t, const struct family *f);
void summary_print(FILE *out, const struct tally *t, const struct notes *notes,
		   bool quiet);
void summary_show(const struct tally *t, const struct notes *notes, bool quiet);

#endif /* SUMMARY_H */
