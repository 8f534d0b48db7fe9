/* SPDX-License-Identifier: GPL-2.0-only */
/* What became of a packet, or of its family, in one line for a person. */
#ifndef VERDICT_H
#define VERDICT_H

#include "../path/family.h"
#include "../diagnose/diagnose.h"
#include "term.h"

#include <stdio.h>

#define US_ROOM	32	/* for us_format(), bytes */

enum colour verdict_colour(const struct path *p, const struct why *why);
void verdict_how(FILE *out, const struct path *p, const struct why *why);
void verdict_print(FILE *out, const struct term *t, const struct path *p,
		   const struct why *why);
void verdict_family(FILE *out, const struct term *t, const struct data *data,
		    const struct family *f);
void verdict_brief(FILE *out, const struct term *t, const struct data *data,
		   const struct family *f);
const char *us_format(char us[US_ROOM], uint64_t from, uint64_t to);

#endif /* VERDICT_H */
