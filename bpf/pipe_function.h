/* SPDX-License-Identifier: GPL-2.0-only */
/* A line of trace_pipe that has the name of the probe's function. */
#ifndef PIPE_FUNCTION_H
#define PIPE_FUNCTION_H

#include "constants.h"
#include "helpers.h"
#include "pipe.h"

/* An array in .rodata, the loader does not have. */
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

#endif /* PIPE_FUNCTION_H */
