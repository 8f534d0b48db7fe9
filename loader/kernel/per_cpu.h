/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PER_CPU_H
#define PER_CPU_H

#include <stdint.h>

/*
 * The address of __per_cpu_offset[], which says where each CPU's copy of a per-CPU
 * variable lies (linux/percpu.h); 0: there can be one CPU only, or symbols are hidden.
 */
uint64_t per_cpu_offsets(void);

/*
 * Where each CPU has its struct bpf_redirect_info (net/core/filter.c, before Linux 6.11),
 * as struct state's redirect_info and redirect_offsets tell it. 0 or -ENOENT.
 */
int per_cpu_redirect(uint64_t *info, uint64_t *offsets);

/*
 * How many CPUs this machine may ever have, and so how many values a lookup in a
 * per-CPU map gives (bpf(2)); at least 1.
 */
int per_cpu_count(void);

/*
 * The last number of a list like "0-3,8-11" (admin-guide/cputopology), or -1: it has
 * none.
 */
int per_cpu_last(const char *list);

#endif /* PER_CPU_H */
