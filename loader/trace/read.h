/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How events come out of the kernel. Each mechanism is a file read_NAME.c with one
 * struct read_ops; all hand over the same struct event.
 */
#ifndef TRACE_READ_H
#define TRACE_READ_H

#include <stdint.h>

#include "../../bpf/bpfpath.h"
#include "../plan/plan.h"

struct reader {
	const struct read_ops *ops;
	int fd;			/* poll(2) it for input; -1: look every 50 ms */
	void (*event)(void *ctx, const struct event *event);
	void *ctx;		/* of event() */
	const struct plan *plan;
	uint32_t run;		/* struct state: run */
	int hasty;		/* events are lost unless they are read at once */
	void *own;		/* the mechanism's own state */
};

struct read_ops {
	const char *name;	/* as in -r NAME */
	/* Opens what is pinned in @dir. 0 or -errno, and has said why. */
	int (*open)(struct reader *reader, const char *dir);
	/* Hands all that is there now to reader->event(). 0 or -errno. */
	int (*read)(struct reader *reader);
	/*
	 * At the end: how many events did not come through. @counted: how many
	 * found no room, as the programs counted. 0; -errno: not known.
	 */
	int (*lost)(const struct reader *reader, uint64_t counted,
		    uint64_t *lost);
	void (*close)(struct reader *reader);
};

extern const struct read_ops read_ring;
extern const struct read_ops read_map;
extern const struct read_ops read_pipe;

/* The mechanism of that name, or NULL. */
const struct read_ops *read_ops_find(const char *name);

#endif /* TRACE_READ_H */
