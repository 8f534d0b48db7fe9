/* SPDX-License-Identifier: GPL-2.0-only */
/* The time, as bpf_ktime_get_ns() has it: CLOCK_MONOTONIC (clock_gettime(2)). */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>
#include <time.h>

#define NS_PER_SEC	1000000000ULL
#define NS_PER_MS	1000000ULL

/* Now, ns. */
static inline uint64_t clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * NS_PER_SEC + now.tv_nsec;
}

#endif /* CLOCK_H */
