/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is written to somebody who may not read. The driver sends SIGUSR1 when a
 * signal ends the run: from then on what is written fails with EINTR when nothing is
 * taken for PATIENCE_SEC.
 */
#ifndef PATIENT_H
#define PATIENT_H

#include <stddef.h>
#include <stdio.h>

#define PATIENCE_SEC 10

/* Writes all of it. Returns 0 or -errno; -EINTR: nobody takes it, nor any more. */
int patient_write(int fd, const char *buf, size_t size);

/*
 * Standard output, written so. The handlers are set without SA_RESTART: who waits
 * in write(2) is to look. Returns NULL, errno, when it cannot be had.
 */
FILE *patient_open(void);

#endif /* PATIENT_H */
