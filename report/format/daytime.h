/* SPDX-License-Identifier: GPL-2.0-only */
/* The time of day of a moment that records tell by CLOCK_MONOTONIC. */
#ifndef DAYTIME_H
#define DAYTIME_H

#include "../input/record.h"
#include "../input/records.h"

#define DAYTIME_ROOM	64	/* bytes */

bool daytime_offset(const struct notes *notes, int64_t *offset);
const char *daytime_utc(char buf[DAYTIME_ROOM], const struct notes *notes,
			struct number ns);
const char *daytime_local(char buf[DAYTIME_ROOM], const struct notes *notes,
			  struct number ns);

#endif /* DAYTIME_H */
