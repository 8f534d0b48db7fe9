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
	int watch;		/* whose reader must stay */
	const char *copy_name;	/* NULL: no copy */
	int copy;		/* -1: none, or it failed */
	int copy_error;		/* 0 or -errno */
	bool cut;		/* what was read ends in the middle of a line */
};

int input_open(struct input *in, const char *name, const char *copy_name);
ssize_t input_read(void *source, char *buf, size_t size);
void input_finish(struct input *in);
int input_close(struct input *in);

#endif /* INPUT_H */
