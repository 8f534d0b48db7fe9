// SPDX-License-Identifier: GPL-2.0-only
/*
 * The probe of one kernel function where it returns, by way of its trampoline:
 * programs get the same arguments as where it begins, at the same place, and
 * behind them, as number KP_RESULT, the result.
 */
#include "helpers.h"
#include "leave.h"
#include "maps.h"
#include "read.h"
#include "target.h"

SEC("fexit/" STRING(KP_NAME))
int probe(__u64 *args)
{
	if (state.entered)
		leave((__u64)args, KP_NUM, KP_ARG, nth(args, KP_RESULT));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
