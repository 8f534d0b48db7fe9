/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Keeps the programs of a run armed: they select packets until a time that is put
 * off again and again, so that what a killed run leaves behind soon stops. A
 * thread does it, for the run may have to wait: for whoever reads what it writes.
 */
#ifndef ARM_H
#define ARM_H

#include <linux/types.h>
#include <pthread.h>

struct arm {
	volatile __u64 *until;	/* CLOCK_MONOTONIC, ns; shared with the programs */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t end;
	int ended;
};

/*
 * Arms what stops at *@until, and keeps it so. The thread has the caller's signal
 * mask. 0 or -errno.
 */
int arm_start(struct arm *arm, volatile __u64 *until);

/* Disarms it. */
void arm_stop(struct arm *arm);

#endif /* ARM_H */
