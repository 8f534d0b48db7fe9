/* SPDX-License-Identifier: GPL-2.0-only */
/* How many packets the classifiers have looked at: the map "seen" (bpf/classifier.c). */
#ifndef SEEN_H
#define SEEN_H

#include <stdint.h>

struct seen {
	int fd;			/* of the map; -1: there is none */
	int cpus;
	uint64_t *values;	/* room for the values of all CPUs */
};

/* Opens the map that is pinned in @dir. 0 or -errno, and has said why. */
int seen_open(struct seen *seen, const char *dir);

/* The sum of all CPUs; 0 when it cannot be read. */
uint64_t seen_count(const struct seen *seen);

/* Closes the map that seen_open() has opened. */
void seen_close(struct seen *seen);

#endif /* SEEN_H */
