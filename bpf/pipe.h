/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lines of trace_pipe in the place of events: first, for people, the function and the
 * time. Then, for the loader, two numbers behind a #, since a line has room for three
 * values: the packet and its run; and the member in the upper half, with its step, or,
 * of a derivation, its parent in the lower.
 */
#ifndef PIPE_H
#define PIPE_H

#include "helpers.h"
#include "maps.h"

#define PIPE_LINE	": %llu ns #%llx.%llx"

static always_inline void print_line(const char *format, __u32 size,
				     __u32 number, __u32 member, __u32 low)
{
	__u64 tag = state.run << 32 | number;
	__u64 step = (__u64)member << 32 | low;

	bpf_trace_printk(format, size, bpf_ktime_get_ns(), tag, step);
}

/* @name: a string literal. */
#define print_named(name, number, member, low)				\
	do {								\
		char format[] = name PIPE_LINE;				\
									\
		print_line(format, sizeof(format), number, member, low);	\
	} while (0)

#endif /* PIPE_H */
