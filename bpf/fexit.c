// SPDX-License-Identifier: GPL-2.0-only
/*
 * The probe of a merge site, where the function returns: the program gets the
 * arguments and, behind them, the result as number KP_RESULT. KP_IS_BOOL tells
 * which result means that argument 1 has taken in what argument 2 holds: 0: the result 0;
 * 1: any other. From then on argument 1 is a relative; argument 2 is to end, or waits
 * in the list of argument 1 until that ends.
 */
#include "derived.h"
#include "helpers.h"
#include "maps.h"
#include "read.h"
#include "target.h"

/* The result is an int or a bool: the rest of its register means nothing. */
static always_inline int is_joined(__u64 *args)
{
	__u64 result = nth(args, KP_RESULT);

	return KP_IS_BOOL ? (__u8)result : !(__u32)result;
}

SEC("fexit/" STRING(KP_NAME))
int probe(__u64 *args)
{
	if (state.tracked && is_joined(args))
		track_derived(KP_NUM, 0, nth(args, 1), nth(args, 2), 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
