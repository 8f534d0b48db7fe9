/* SPDX-License-Identifier: GPL-2.0-only */
/* Which thread an event tells of. */
#ifndef WHO_H
#define WHO_H

#include "bpfpath.h"
#include "helpers.h"

/* The thread that runs: in an interrupt, the one that is interrupted. */
static always_inline void who_runs(struct event *event)
{
#ifndef CLASSIFIER	/* the kernel lets a classifier not ask */
	event->pid = bpf_get_current_pid_tgid();	/* lower half */
	bpf_get_current_comm(event->comm, sizeof(event->comm));
#else
	(void)event;
#endif
}

#endif /* WHO_H */
