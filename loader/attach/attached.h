/* SPDX-License-Identifier: GPL-2.0-only */
/* What attaching a plan (attach.h) has led to: counts it, tells it, undoes it. */
#ifndef ATTACHED_H
#define ATTACHED_H

#include <stdbool.h>
#include <stdint.h>

#include "../plan/plan.h"

/* A program and what attaches it. */
struct attachment {
	int prog_fd, fd;
	bool is_return;		/* when it is missed, no step is missing … */
	bool is_free;		/* … or hardly ever one of a packet */
};

/* What has become of a plan. */
struct attached {
	const struct plan *plan;
	int *errors;		/* by probe: 0, or -errno of the attempt */
	char *refused;		/* by probe: 1: the kernel takes a program there, but not this one */
	struct attachment *attachments;
	uint32_t attachment_count;
	uint32_t count;		/* numbers (functions) that are attached … */
	uint32_t total;		/* … of those in the plan that are here */
	uint32_t absent;	/* … and of those that are not */
	uint32_t returns;	/* … and are seen to return */
};

/* Fills in count, total, absent and returns, by the plan and errors. */
void attached_count(struct attached *attached);

/* Takes all probes away. */
void attached_undo(struct attached *attached);

/* Says on stderr how many are probed; with @names also which are not, and why. */
void attached_summary(const struct attached *attached, bool names);

/*
 * Says on stderr, a line for each kind, what the run will not tell since the kernel
 * refuses probes that it could have. Functions that are not there, or that cannot be
 * probed, are named by attached_summary() alone.
 */
void attached_refusals(const struct attached *attached);

/*
 * The names of the functions that are probed, separated by spaces: a string to be
 * freed. NULL: no memory.
 */
char *attached_names(const struct attached *attached);

/*
 * How often probes were reached and not run, since a program was running on that CPU
 * already. kmem_cache_free is left out: it is reached all the time, and hardly ever is
 * what was missed there a packet's end. 0 and *total; -errno: this kernel does not count
 * it for each of the probes (fentry from 5.12 on, kprobes and kprobe.multi from 6.7).
 */
int attached_missed(const struct attached *attached, uint64_t *total);

#endif /* ATTACHED_H */
