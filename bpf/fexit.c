// SPDX-License-Identifier: GPL-2.0-only
/*
 * The probe of a function that joins two packets, where it returns: the program
 * gets its arguments and, behind them, its result. KP_LOCATION is the place of
 * that, and KP_FIN which one says that what argument 2 holds has become a part of
 * argument 1: 0, or 1: any other than 0. From there on argument 1 is a relative;
 * argument 2 is to end, or waits in its list until that one does.
 */
#include "derived.h"
#include "helpers.h"
#include "maps.h"
#include "read.h"
#include "target.h"

/* An int or a bool: it leaves the rest of the register as it was. */
static always_inline int is_joined(__u64 *args)
{
	__u64 result = nth(args, KP_LOCATION);

	return KP_FIN ? (__u8)result : !(__u32)result;
}

SEC("fexit/" STRING(KP_NAME))
int probe(__u64 *args)
{
	if (state.tracked && is_joined(args))
		derived(KP_NUM, 0, nth(args, 1), nth(args, 2), 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
