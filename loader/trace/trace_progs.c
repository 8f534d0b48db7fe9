// SPDX-License-Identifier: GPL-2.0-only
#include "trace.h"

#include <err.h>
#include <string.h>

#include "../kernel/per_cpu.h"

/* Since Linux 6.11 the program finds it by itself. */
static void find_redirect_info(const struct trace *trace)
{
	uint64_t by_task = 0, info, offsets;

	consts_get(trace->progs.bound.consts, "off_task_struct__bpf_net_context",
		   &by_task);
	if (by_task || per_cpu_redirect(&info, &offsets))
		return;
	trace->state->redirect_info = info;
	trace->state->redirect_offsets = offsets;
}

static void found(void *ctx, const struct probe *probe)
{
	struct trace *trace = ctx;

	if (trace->progs.count == 1)
		find_redirect_info(trace);
	tracker_add(trace->tracker, probe);
}

/* Only events in a ring or slots can tell of these. */
void trace_open_progs(struct trace *trace, const struct binding *binding,
		      const char *objects, bool verbose)
{
	struct progs *progs = &trace->progs;

	if (!strcmp(trace->reader.ops->name, "pipe"))
		return;
	progs->found = found;
	progs->ctx = trace;
	progs->quiet = trace->quiet;
	progs->verbose = verbose;
	progs_open(progs, trace->reader.plan, binding, objects, trace->btf);
	if (!trace->quiet && progs->count)
		warnx("%u BPF program%s of others probed", progs->count,
		      progs->count == 1 ? "" : "s");
}
