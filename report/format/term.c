// SPDX-License-Identifier: GPL-2.0-only
#include "term.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define NARROWEST	20	/* no terminal is to be taken for less */

/* Colours are wanted unless NO_COLOR says otherwise (no-color.org). */
static bool has_colour(void)
{
	const char *no = getenv("NO_COLOR"), *name = getenv("TERM");

	return !(no && *no) && name && *name && strcmp(name, "dumb");
}

/* COLUMNS, else what the terminal says (ioctl_tty(2)). */
static size_t find_width(int fd)
{
	const char *columns = getenv("COLUMNS");
	size_t width = columns ? strtoul(columns, NULL, 10) : 0;
	struct winsize size;

	if (!width && !ioctl(fd, TIOCGWINSZ, &size))
		width = size.ws_col;
	return width && width < NARROWEST ? NARROWEST : width;
}

void term_find(struct term *t, int fd)
{
	*t = (struct term){ .fd = fd };
	if (!isatty(fd))
		return;
	t->any = true;
	t->colour = has_colour();
	t->width = find_width(fd);
}

void term_resize(struct term *t)
{
	if (t->any)
		t->width = find_width(t->fd);
}

void term_begin(const struct term *t, FILE *out, enum colour colour)
{
	static const char *const codes[] = {
		[COLOUR_BAD] = "\033[31m",
		[COLOUR_GOOD] = "\033[32m",
		[COLOUR_CHANGE] = "\033[36m",
		[COLOUR_DOUBT] = "\033[33m",
	};

	if (t->colour)
		fputs(codes[colour], out);
}

void term_end(const struct term *t, FILE *out)
{
	if (t->colour)
		fputs("\033[0m", out);
}
