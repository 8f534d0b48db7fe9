/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's stack behind an event (struct kernel_stack), when it is asked for. The kernel
 * finds it by the program's context. It begins at the probe, or within the BPF program
 * that asks: whoever reads it drops what belongs to that (loader/trace/stack.h).
 */
#ifndef STACK_H
#define STACK_H

#include "bpfpath.h"
#include "bytes.h"
#include "constants.h"
#include "helpers.h"

/* With with_stack: is the stack of a step with that verdict asked for? */
static always_inline int wants_stack(int verdict)
{
	return VALUE(with_stack) == STACKS_ALL || verdict != VERDICT_NONE;
}

/* Where it begins: bytes behind the event. */
static always_inline __u64 stack_at(void)
{
	return bytes_size();
}

static always_inline void take_stack(void *ctx, struct kernel_stack *to)
{
	long len = bpf_get_stack(ctx, to->frames, sizeof(to->frames), 0);

	to->count = len > 0 ? len / sizeof(to->frames[0]) : 0;
	to->zero = 0;
}

#endif /* STACK_H */
