/* SPDX-License-Identifier: GPL-2.0-only */
/* What became of a packet, or of its family, in one line for a person. */
#ifndef VERDICT_H
#define VERDICT_H

#include "../path/family.h"
#include "../diagnose/diagnose.h"
#include "term.h"

#include <stdio.h>

#define US_ROOM	32	/* for us_format(), bytes */

/* The colour of an end: good when nothing is lost and nobody waits for an answer. */
enum colour verdict_colour(const struct path *p, const struct why *why);

/*
 * Prints how the packet ended, like "dropped in ip_rcv_core+0x1b7, reason
 * OTHERHOST".
 */
void verdict_how(FILE *out, const struct path *p, const struct why *why);

/*
 * Prints what became of the packet and whether its path is complete, a line
 * like "packet 1: consumed by icmp_rcv, after 7 steps and 12.345 us, complete".
 */
void verdict_print(FILE *out, const struct term *t, const struct path *p,
		   const struct why *why);

/*
 * Prints whether the family is recorded completely, a line like "packet 1 with 2
 * relatives: delivered to a socket (1.1), complete". data may be NULL.
 */
void verdict_family(FILE *out, const struct term *t, const struct data *data,
		    const struct family *f);

/*
 * Prints what became of the selected packet and whether the family is recorded
 * completely, a line like "packet 1: consumed by icmp_rcv, after 7 steps and 12.345
 * us, with 2 relatives, complete", and behind that why it was dropped.
 */
void verdict_brief(FILE *out, const struct term *t, const struct data *data,
		   const struct family *f);

/* The time from one moment to another, both in ns, as "12.345" us. */
const char *us_format(char us[US_ROOM], uint64_t from, uint64_t to);

#endif /* VERDICT_H */
