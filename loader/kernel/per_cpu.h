/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PER_CPU_H
#define PER_CPU_H

#include <linux/types.h>

/*
 * The address of __per_cpu_offset[], which says where each CPU has its own of
 * what the kernel keeps for each CPU (linux/percpu.h); 0: there can be one CPU
 * only, or symbols are hidden.
 */
__u64 per_cpu_offsets(void);

#endif /* PER_CPU_H */
