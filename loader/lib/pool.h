/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef POOL_H
#define POOL_H

#include <stdint.h>

/*
 * Calls job(ctx, 0) … job(ctx, count - 1), several at a time, and returns when
 * all are done. The first job runs alone: what is wrong with all of them is said once.
 */
void pool_run(uint32_t count, void (*job)(void *ctx, uint32_t i), void *ctx);

#endif /* POOL_H */
