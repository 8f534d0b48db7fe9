/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef POOL_H
#define POOL_H

#include <linux/types.h>

/*
 * Calls job(ctx, 0) … job(ctx, count - 1), several at a time, and returns when
 * all are done. The first goes alone: what is wrong with all is said once.
 */
void pool_run(__u32 count, void (*job)(void *ctx, __u32 i), void *ctx);

#endif /* POOL_H */
