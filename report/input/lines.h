/* SPDX-License-Identifier: GPL-2.0-only */
/* Bytes in, lines out. */
#ifndef LINES_H
#define LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define LINES_LONGEST	65536	/* bytes of a line, its newline included */

/*
 * Where bytes come from: reads up to size bytes into buf. Returns how many,
 * 0 at the end, or -errno.
 */
typedef ssize_t (*lines_read_fn)(void *source, char *buf, size_t size);

struct lines {
	lines_read_fn read;
	void *source;
	unsigned long number;	/* of the line given out last, from 1 */
	const char *error;	/* what is wrong with it, when not errno */
	bool eof;
	size_t start, end;	/* what is read and not yet given out */
	char buf[LINES_LONGEST];
};

/* Prepares l to read lines from source by way of read. */
void lines_init(struct lines *l, lines_read_fn read, void *source);

/*
 * Points *line to the next line, without its newline; it lives until the next
 * call. Returns 1, 0 at the end of the input, or -errno; -EINVAL with l->error
 * set for a line that is too long, holds a NUL byte or has no newline.
 */
int lines_next(struct lines *l, char **line);

#endif /* LINES_H */
