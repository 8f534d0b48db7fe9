// SPDX-License-Identifier: GPL-2.0-only
/* Raw tracepoints: need neither kprobes nor ftrace, only CONFIG_TRACEPOINTS. */
#include "attach.h"
#include "../kernel/sys.h"

static int tracepoint_attach(int prog_fd, const struct probe *const *probes,
			     uint32_t count)
{
	(void)count;
	return sys_raw_tracepoint(probes[0]->symbol, prog_fd);
}

const struct attach_ops attach_tracepoint = {
	.attach = tracepoint_attach,
};
