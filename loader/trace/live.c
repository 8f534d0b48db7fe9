// SPDX-License-Identifier: GPL-2.0-only
#include "live.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../lib/clock.h"

#define ERASE		"\r\033[K"	/* to the end of the line: console_codes(4) */

static bool is_terminal(int fd)
{
	const char *name = getenv("TERM");

	return isatty(fd) && name && *name && strcmp(name, "dumb");
}

void live_begin(struct live *live, const struct seen *seen, uint64_t now,
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

void live_event(struct live *live, uint64_t now)
{
	live_erase(live);
	live->last = now;
}

/* How many characters of @line fit on the terminal, whose width may change any time. */
static int room(size_t size)
{
	struct winsize window;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &window) || !window.ws_col ||
	    window.ws_col > size)
		return size;
	return window.ws_col - 1;
}

/* The cursor stays in the first column, for whoever else writes there. */
static void draw(struct live *live, uint64_t seconds, uint64_t seen,
		 uint64_t matched)
{
	char line[160], of[32] = "";

	/* a few more may be selected before the programs know that it is enough */
	if (live->count && matched > live->count)
		matched = live->count;
	if (live->count)
		snprintf(of, sizeof(of), " of %lu", live->count);
	snprintf(line, sizeof(line),
		 "%llu:%02llu, %llu packet%s seen, %llu%s matched, waiting (Ctrl-C ends it)",
		 (unsigned long long)seconds / 60,
		 (unsigned long long)seconds % 60, (unsigned long long)seen,
		 seen == 1 ? "" : "s", (unsigned long long)matched, of);
	fprintf(stderr, ERASE "%.*s\r", room(sizeof(line)), line);
	live->drawn = 1;
}

/* What has just come is being printed by somebody else: leave it a second. */
void live_idle(struct live *live, uint64_t now, uint64_t matched)
{
	if (live->on && now - live->last >= NS_PER_SEC)
		draw(live, (now - live->start) / NS_PER_SEC,
		     seen_count(live->seen), matched);
}
