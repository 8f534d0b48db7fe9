/* SPDX-License-Identifier: GPL-2.0-only */
/* What network namespaces are called, as notes "netns: INODE NAME". */
#ifndef SPACE_NAMES_H
#define SPACE_NAMES_H

#include <stdio.h>
#include <sys/types.h>

/*
 * Writes to @out what process 1's is called, "init", and those below /run/netns
 * of which it was not written yet. Where process 1 is not to be looked at, it has
 * no name.
 */
void space_names_look(FILE *out);

/* A packet is in that namespace: looks again if it was not there before. */
void space_names_meet(ino_t inode, FILE *out);

void space_names_free(void);

#endif /* SPACE_NAMES_H */
