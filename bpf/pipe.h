/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lines of trace_pipe in the place of events: first for people, the function and the
 * time. What follows the # tells the loader which packet of which run this is, and
 * then, in the upper half, its member, in the lower one which step or, of a derivation, the
 * parent: a line has room for three values.
 */
#ifndef PIPE_H
#define PIPE_H

#include "constants.h"
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

/* By the name of the probe's function. An array in .rodata, the loader does not have. */
hidden void print_function(__u32 number, __u32 member, __u32 low)
{
	__u64 format[12];

	format[0] = VALUE(kp_format0);
	format[1] = VALUE(kp_format1);
	format[2] = VALUE(kp_format2);
	format[3] = VALUE(kp_format3);
	format[4] = VALUE(kp_format4);
	format[5] = VALUE(kp_format5);
	format[6] = VALUE(kp_format6);
	format[7] = VALUE(kp_format7);
	format[8] = VALUE(kp_format8);
	format[9] = VALUE(kp_format9);
	format[10] = VALUE(kp_format10);
	format[11] = VALUE(kp_format11);
	print_line((const char *)format, VALUE(kp_format_len), number, member,
		   low);
}

#endif /* PIPE_H */
