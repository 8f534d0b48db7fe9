/* SPDX-License-Identifier: GPL-2.0-only */
/* The time of day of a moment that records tell by CLOCK_MONOTONIC. */
#ifndef DAYTIME_H
#define DAYTIME_H

#include "../input/record.h"
#include "../input/records.h"

#define DAYTIME_ROOM	64	/* bytes */

/* Finds what to add to a time to get CLOCK_REALTIME, ns. False: no note tells it. */
bool daytime_offset(const struct notes *notes, int64_t *offset);

/* "2026-11-29T10:05:01.123456789Z" (RFC 3339); NULL: not known. */
const char *daytime_utc(char buf[DAYTIME_ROOM], const struct notes *notes,
			struct number ns);

/* "2026-11-29 11:05:01.123456 +0100", as the clock on the wall; NULL: not known. */
const char *daytime_local(char buf[DAYTIME_ROOM], const struct notes *notes,
			  struct number ns);

#endif /* DAYTIME_H */
