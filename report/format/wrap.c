// SPDX-License-Identifier: GPL-2.0-only
#include "wrap.h"
#include "pad.h"
#include "../input/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define HANG	4	/* so much further right what is left of a line begins */

/* What a cookie's function says of a failure: fopencookie(3); musl wants another. */
#ifdef __GLIBC__
#define FAILED	0
#else
#define FAILED	(-1)
#endif

/* A stream that hands on whole lines. */
struct wrap {
	FILE *out;
	const struct term *term;
	char *line;		/* what came since the last newline */
	size_t used, room;
};

/* Columns of the character at *s, 0 for a colour; moves *s behind it. */
static size_t take_character(const char **s)
{
	uint32_t code;
	int len;

	if (**s == '\033') {	/* "ESC [ … m": term.c writes no other */
		*s += strcspn(*s, "m");
		*s += **s == 'm';
		return 0;
	}
	len = utf8_decode(*s, &code);
	*s += len ? len : 1;
	return len ? utf8_columns(code) : 1;
}

/* Columns of the text from s to end. */
static size_t columns(const char *s, const char *end)
{
	size_t count = 0;

	while (s < end)
		count += take_character(&s);
	return count;
}

/*
 * Does the command behind the space at s, which goes to the next ';' or to the
 * line's end, fit into room?
 */
static bool fits(const char *s, size_t room)
{
	return columns(s, s + strcspn(s, ";")) <= room;
}

/*
 * Where to break text so that its first part fits into room columns: behind a word; of
 * commands behind a command, if the next one fits into a line.
 */
static const char *find_break(const char *text, size_t room, bool commands,
			      size_t whole)
{
	const char *at = text + strspn(text, " "), *word = NULL, *command = NULL;
	size_t used = at - text;

	while (*at) {
		if (*at == ' ' && at[-1] != ' ') {
			if (used > room && word)
				break;
			word = at;
			if (at[-1] == ';' && used <= room)
				command = at;
		}
		used += take_character(&at);
	}
	if (used <= room || !word)
		return text + strlen(text);
	return commands && command && fits(command + 1, whole) ? command : word;
}

/* The columns of spaces that a line begins with, behind its colour. */
static size_t indent(const char *line)
{
	while (*line == '\033')
		take_character(&line);
	return strspn(line, " ");
}

/* Prints a line, without a newline, as several ones where it is too long. */
static void put_line(FILE *out, const char *line, size_t width)
{
	bool commands = !strncmp(line, WRAP_COMMANDS, strlen(WRAP_COMMANDS));
	size_t hang = indent(line) + HANG, room = width;
	const char *end;

	if (hang > width / 2)
		hang = HANG;
	for (;;) {
		end = find_break(line, room, commands, width - hang);
		fwrite(line, 1, end - line, out);
		putc('\n', out);
		line = end + strspn(end, " ");
		if (!*line)
			return;
		pad_spaces(out, hang);
		room = width - hang;
	}
}

/* The line has come to its end. */
static void finish_line(struct wrap *w)
{
	w->line[w->used] = '\0';
	if (w->term->width)
		put_line(w->out, w->line, w->term->width);
	else
		fprintf(w->out, "%s\n", w->line);
	w->used = 0;
}

/* Returns 0 or -ENOMEM. */
static int add(struct wrap *w, char c)
{
	size_t room = w->room ? 2 * w->room : 256;
	char *line;

	if (w->used + 1 >= w->room) {
		line = realloc(w->line, room);
		if (!line)
			return -ENOMEM;
		w->line = line;
		w->room = room;
	}
	w->line[w->used++] = c;
	return 0;
}

static ssize_t put(void *cookie, const char *buf, size_t size)
{
	struct wrap *w = cookie;
	size_t i;

	for (i = 0; i < size; i++) {
		if (add(w, buf[i])) {
			errno = ENOMEM;
			return FAILED;
		}
		if (buf[i] == '\n') {
			w->used--;
			finish_line(w);
		}
	}
	return fflush(w->out) ? FAILED : (ssize_t)size;
}

static int end(void *cookie)
{
	struct wrap *w = cookie;

	fwrite(w->line, 1, w->used, w->out);
	free(w->line);
	free(w);
	return 0;
}

FILE *wrap_begin(FILE *out, const struct term *t)
{
	const cookie_io_functions_t io = { .write = put, .close = end };
	struct wrap *w = t->any ? calloc(1, sizeof(*w)) : NULL;
	FILE *wrapped = w ? fopencookie(w, "w", io) : NULL;

	if (!wrapped) {
		free(w);
		return out;
	}
	*w = (struct wrap){ .out = out, .term = t };
	return wrapped;
}

void wrap_end(FILE *wrapped, FILE *out)
{
	if (wrapped != out)
		fclose(wrapped);
}
