// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "live.h"

#define NS_PER_SEC	1000000000ULL
#define ERASE		"\r\033[K"	/* to the end of the line: console_codes(4) */

static int is_terminal(int fd)
{
	const char *name = getenv("TERM");

	return isatty(fd) && name && *name && strcmp(name, "dumb");
}

void live_begin(struct live *live, const struct seen *seen, __u64 now,
		unsigned long count)
{
	*live = (struct live){
		.on = is_terminal(STDERR_FILENO),
		.seen = seen,
		.start = now,
		.count = count,
	};
}

void live_erase(struct live *live)
{
	if (!live->drawn)
		return;
	fputs(ERASE, stderr);
	live->drawn = 0;
}

void live_event(struct live *live, __u64 now)
{
	live_erase(live);
	live->last = now;
}

/* The cursor stays in the first column, for whoever else writes there. */
static void draw(struct live *live, __u64 seconds, __u64 seen, __u64 matched)
{
	/* a few more may be selected before the programs know that it is enough */
	if (live->count && matched > live->count)
		matched = live->count;
	fprintf(stderr, ERASE "%llu:%02llu, %llu packet%s seen, %llu",
		(unsigned long long)seconds / 60,
		(unsigned long long)seconds % 60, (unsigned long long)seen,
		seen == 1 ? "" : "s", (unsigned long long)matched);
	if (live->count)
		fprintf(stderr, " of %lu", live->count);
	fprintf(stderr, " matched, waiting (Ctrl-C ends it)\r");
	live->drawn = 1;
}

/* What has just come is being printed by somebody else: leave it a second. */
void live_idle(struct live *live, __u64 now, __u64 matched)
{
	if (live->on && now - live->last >= NS_PER_SEC)
		draw(live, (now - live->start) / NS_PER_SEC,
		     seen_count(live->seen), matched);
}
