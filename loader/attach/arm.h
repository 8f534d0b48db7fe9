/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Keeps the programs of a run armed: they select packets until a time that is put
 * off again and again, so that what a killed run leaves behind soon stops. A
 * thread does it, for the run may have to wait: for whoever reads what it writes.
 *
 * The thread takes the signals that end a run as well. The first disarms at once.
 * From then on what is still to be written has to be taken by its reader; if
 * nothing is for ARM_PATIENCE_SEC, or on a second signal, standard output is given up:
 * whoever waits in write(2) gets EINTR, and what follows goes nowhere.
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
	unsigned long (*written)(const void *ctx);	/* grows as long as output is taken */
	const void *ctx;

	int news_fd;		/* poll(2) it: a signal has come */
	volatile int given_up;	/* output is lost */

	/* The thread's. */
	pthread_t thread, owner;
	pthread_mutex_t lock;	/* of until and disarmed */
	int disarmed;
	int end_fd;
	uint64_t signalled;	/* the first signal has come then; 0: none has */
	unsigned long last;	/* written then … */
	int idle;		/* … and seconds since */
};

/* Arms what stops at *until, and keeps it so. 0 or -errno. */
int arm_start(struct arm *arm);

/* Disarms it. Signals are still taken. */
void arm_stop(struct arm *arm);

/* The last of it: all is written. */
void arm_end(struct arm *arm);

#endif /* ARM_H */
