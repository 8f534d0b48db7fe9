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

int patient_write(int fd, const char *buf, size_t size);
FILE *patient_open(void);

#endif /* PATIENT_H */
