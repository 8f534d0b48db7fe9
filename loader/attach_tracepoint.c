// SPDX-License-Identifier: GPL-2.0-only
/* Raw tracepoints: need neither kprobes nor ftrace, only CONFIG_TRACEPOINTS. */
#include "attach.h"
#include "sys.h"

static int tracepoint_attach(const struct probe *probe, int prog_fd)
{
	return sys_raw_tracepoint(probe->symbol, prog_fd);
}

const struct attach_ops attach_tracepoint = {
	.attach = tracepoint_attach,
};
