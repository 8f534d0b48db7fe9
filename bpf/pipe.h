/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lines of trace_pipe in the place of events: first for people, the function and the
 * time. What follows the # tells the loader which packet of which run this is, and
 * then, in the upper half, its member, in the lower one which step or, of a derivation, the
 * parent: a line has room for three values.
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
