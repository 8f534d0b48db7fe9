// SPDX-License-Identifier: GPL-2.0-only
/*
 * fentry: the program was loaded for one function (BTF id) and goes where the
 * function calls ftrace, through a trampoline that hands over its arguments:
 * the cheapest probe. fexit is the same where it returns, and has the result as
 * well. See kernel/bpf/trampoline.c.
 */
#include "attach.h"
#include "../kernel/sys.h"

static int fentry_attach(int prog_fd, const struct probe *const *probes,
			 uint32_t count)
{
	(void)probes;
	(void)count;
	return sys_raw_tracepoint(NULL, prog_fd);
}

const struct attach_ops attach_fentry = {
	.attach = fentry_attach,
};
