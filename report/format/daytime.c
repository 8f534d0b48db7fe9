// SPDX-License-Identifier: GPL-2.0-only
#include "daytime.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define SECOND	1000000000	/* ns */

bool daytime_offset(const struct notes *notes, int64_t *offset)
{
	const char *note = notes_find(notes, "realtime");
	char *end;

	if (!note)
		return false;
	errno = 0;
	*offset = strtoll(note, &end, 10);
	return !errno && !*end && end != note;
}

static bool find(struct timespec *day, const struct notes *notes,
		 struct number ns)
{
	int64_t offset;
	uint64_t time;

	if (!ns.known || !daytime_offset(notes, &offset))
		return false;
	time = ns.value + (uint64_t)offset;
	*day = (struct timespec){ (time_t)(time / SECOND), time % SECOND };
	return true;
}

const char *daytime_utc(char buf[DAYTIME_ROOM], const struct notes *notes,
			struct number ns)
{
	struct timespec day;
	struct tm parts;
	size_t len;

	if (!find(&day, notes, ns) || !gmtime_r(&day.tv_sec, &parts))
		return NULL;
	len = strftime(buf, DAYTIME_ROOM, "%Y-%m-%dT%H:%M:%S", &parts);
	snprintf(buf + len, DAYTIME_ROOM - len, ".%09ldZ", day.tv_nsec);
	return buf;
}

const char *daytime_local(char buf[DAYTIME_ROOM], const struct notes *notes,
			  struct number ns)
{
	struct timespec day;
	struct tm parts;
	size_t len;

	if (!find(&day, notes, ns) || !localtime_r(&day.tv_sec, &parts))
		return NULL;
	len = strftime(buf, DAYTIME_ROOM, "%Y-%m-%d %H:%M:%S", &parts);
	len += snprintf(buf + len, DAYTIME_ROOM - len, ".%06ld ",
			day.tv_nsec / 1000);
	strftime(buf + len, DAYTIME_ROOM - len, "%z", &parts);
	return buf;
}
