/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Keeps the programs of a run armed: they select packets until a time that is put
 * off again and again, so that what a killed run leaves behind soon stops. A thread
 * keeps them armed, since the run itself may wait for the reader of its output.
 *
 * The thread also takes the signals that end a run. The first one disarms at once.
 * If the reader then takes nothing for ARM_PATIENCE_SEC, or a second signal comes,
 * standard output is given up: a write(2) that waits gets EINTR, and what follows goes
 * nowhere.
 */
#ifndef ARM_H
#define ARM_H

#include <linux/types.h>
#include <pthread.h>
#include <stdint.h>

#define ARM_PATIENCE_SEC	15	/* longer than the report's (patient.h) */

struct arm {
	/* The caller's to set. */
	volatile __u64 *until;	/* CLOCK_MONOTONIC, ns; shared with the programs */
	int signal_fd;		/* of signals_open() */
	unsigned long (*written)(const void *ctx);	/* grows while output is taken */
	const void *ctx;

	int news_fd;		/* poll(2) it: a signal has come */
	volatile int given_up;	/* output is lost */

	/* The thread's. */
	pthread_t thread, owner;
	pthread_mutex_t lock;	/* of until and disarmed */
	int disarmed;
	int end_fd;
	uint64_t signalled;	/* when the first signal came; 0: none has */
	unsigned long last;	/* written() at the last look … */
	int idle;		/* … and for how many seconds it is the same */
};

/* Arms the programs, which stop at *until, and keeps them armed. 0 or -errno. */
int arm_start(struct arm *arm);

/* Disarms the programs. The thread still takes signals. */
void arm_stop(struct arm *arm);

/* Ends the thread, when all is written. */
void arm_end(struct arm *arm);

#endif /* ARM_H */
