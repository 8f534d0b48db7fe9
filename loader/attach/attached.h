/* SPDX-License-Identifier: GPL-2.0-only */
/* What attaching a plan (attach.h) came to: counted, said, and undone. */
#ifndef ATTACHED_H
#define ATTACHED_H

#include <stdint.h>

#include "../plan/plan.h"

/* A program and what attaches it. */
struct attachment {
	int prog_fd, fd;
	int is_return;		/* a miss of it is no step that is missing … */
	int is_free;		/* … or hardly ever that of a packet */
};

/* What a plan came to. */
struct attached {
	const struct plan *plan;
	int *errors;		/* by probe: 0, or -errno of the attempt */
	char *refused;		/* … 1: the kernel could have it, but refuses ours */
	struct attachment *attachments;
	uint32_t attachment_count;
	uint32_t count;		/* numbers (functions) that are attached … */
	uint32_t total;		/* … of those in the plan that are here */
	uint32_t absent;		/* … and of those that are not */
	uint32_t returns;		/* … and are seen to return */
};

/* Fills in count, total, absent and returns, by the plan and errors. */
void attached_count(struct attached *attached);

/* Takes all probes away. */
void attached_undo(struct attached *attached);

/* Says on stderr how many are probed; with @names also which are not, and why. */
void attached_summary(const struct attached *attached, int names);

/*
 * Says on stderr, a line for each kind, what is not told since the kernel refuses
 * probes that it could have. What it cannot have, as a function is not there or not to
 * be probed, only attached_summary() names.
 */
void attached_refusals(const struct attached *attached);

/*
 * The names of the functions that are probed, separated by spaces, in text: a
 * malloc'ed string, or NULL: no memory.
 */
char *attached_names(const struct attached *attached);

/*
 * How often a probe was reached and not run, since a program was running on
 * that CPU already. Not of kmem_cache_free, which is reached all the time: that it
 * was a packet's end that was missed is hardly ever so. 0 and *total, or -errno: this
 * kernel does not count it of all of them (fentry from 5.12 on, kprobes and
 * kprobe.multi from 6.7).
 */
int attached_missed(const struct attached *attached, uint64_t *total);

#endif /* ATTACHED_H */
