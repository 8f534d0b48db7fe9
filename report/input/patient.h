/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Writing to a reader that may not read. The driver sends SIGUSR1 when a signal ends
 * the run: from then on a write fails with EINTR when the reader takes nothing for
 * PATIENCE_SEC.
 */
#ifndef PATIENT_H
#define PATIENT_H

#include <stddef.h>
#include <stdio.h>

#define PATIENCE_SEC 10

/* Writes all of buf. Returns 0 or -errno; -EINTR: the reader was given up. */
int patient_write(int fd, const char *buf, size_t size);

/*
 * Opens standard output, written by patient_write(). The handlers are set without
 * SA_RESTART, so that a write(2) that waits returns. NULL and errno: it failed.
 */
FILE *patient_open(void);

#endif /* PATIENT_H */
