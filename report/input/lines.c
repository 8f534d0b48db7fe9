// SPDX-License-Identifier: GPL-2.0-only
#include "lines.h"

#include <errno.h>
#include <string.h>

void lines_init(struct lines *l, lines_read_fn read, void *source)
{
	l->read = read;
	l->source = source;
	l->number = 0;
	l->error = NULL;
	l->eof = false;
	l->start = l->end = 0;
}

static int refuse(struct lines *l, const char *error)
{
	l->error = error;
	return -EINVAL;
}

/* Reads more behind what is there. Returns 0 or -errno. */
static int fill(struct lines *l)
{
	ssize_t got;

	memmove(l->buf, l->buf + l->start, l->end - l->start);
	l->end -= l->start;
	l->start = 0;
	got = l->read(l->source, l->buf + l->end, sizeof(l->buf) - l->end);
	if (got < 0)
		return got;
	l->eof = !got;
	l->end += got;
	return 0;
}

static int take(struct lines *l, char *newline, char **line)
{
	*line = l->buf + l->start;
	l->start = newline + 1 - l->buf;
	*newline = '\0';
	if (strlen(*line) != (size_t)(newline - *line))
		return refuse(l, "the line holds a NUL byte");
	return 1;
}

int lines_next(struct lines *l, char **line)
{
	char *newline;
	int err;

	l->error = NULL;
	l->number++;
	for (;;) {
		newline = memchr(l->buf + l->start, '\n', l->end - l->start);
		if (newline)
			return take(l, newline, line);
		if (l->eof && l->start == l->end)
			return 0;
		if (l->eof)
			return refuse(l, "the last line has no newline");
		if (l->end - l->start == sizeof(l->buf))
			return refuse(l, "the line is longer than 65535 bytes");
		err = fill(l);
		if (err)
			return err;
	}
}
