/* SPDX-License-Identifier: GPL-2.0-only */
/* A stack of the kernel's, by names: the column "stack" of records. */
#ifndef TRACE_STACK_H
#define TRACE_STACK_H

#include <stddef.h>
#include <stdint.h>

#include "../../bpf/bpfpath.h"
#include "../plan/plan.h"

struct kernel_names;

#define STACK_TEXT_LEN	16384	/* with the NUL; what is longer is cut */

/*
 * How many frames the kernel gives at most (sysctl kernel.perf_event_max_stack), and
 * STACK_FRAMES at most: a stack of so many may go on.
 */
uint32_t stack_limit(void);

/*
 * Writes what ran at the probe, innermost first: "symbol+0xoffset", with "[module]" behind
 * it for one of a module, separated by spaces; "..." as the last one where the stack
 * goes on, or may. Offsets are those of return addresses, as in the kernel's own stacks.
 * What belongs to the probe itself is left out: the first one is the probed function, or
 * the one in which the tracepoint is. Returns @out; NULL: nothing is known.
 */
const char *stack_text(const struct kernel_stack *stack, uint32_t limit,
		       const struct probe *probe, struct kernel_names *names,
		       char out[STACK_TEXT_LEN]);

#endif /* TRACE_STACK_H */
