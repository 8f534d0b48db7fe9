/* SPDX-License-Identifier: GPL-2.0-only */
/* The file descriptor that records come from, and the one to copy them to. */
#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct input {
	const char *name;	/* for messages */
	int fd;
	int watch;		/* descriptor whose reader must stay */
	const char *copy_name;	/* NULL: no copy */
	int copy;		/* -1: none, or it failed */
	int copy_error;		/* 0 or -errno */
	bool cut;		/* what was read ends in the middle of a line */
};

/*
 * Opens the file called name, NULL or "-" for standard input, and, unless
 * copy_name is NULL, the file that everything read is copied to. Says what
 * fails. Returns 0 or -errno; input_close() is to follow in both cases.
 */
int input_open(struct input *in, const char *name, const char *copy_name);

/*
 * Reads up to size bytes into buf, and copies them: source is a struct input.
 * Returns how many, 0 at the end, or -errno (lines_read_fn).
 */
ssize_t input_read(void *source, char *buf, size_t size);

/* Ends the copy with a whole line, when nobody wants to read more. */
void input_finish(struct input *in);

/* Closes both files. Returns 0, or -errno when the copy is not whole. */
int input_close(struct input *in);

#endif /* INPUT_H */
