// SPDX-License-Identifier: GPL-2.0-only
/* What is known of why a run has had no packet. */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "trace.h"

static int write_unmatched(const struct trace *trace, FILE *out)
{
	const volatile struct state *state = trace->state;

	fputs("#bpfpath-unmatched-1\twhat\tdir\tnetns\tifindex\tifname\tpackets\tmark\n",
	      out);
	unselected_line(out, "looked", seen_count(&trace->seen));
	unselected_line(out, "full", state->untracked + state->refused + state->late);
	return trace->unselected.links[0] ? unselected_write(trace->dir, out) : 0;
}

int trace_write_unmatched(const struct trace *trace)
{
	FILE *out = fopen(trace->unmatched, "we");
	int err = out ? write_unmatched(trace, out) : -errno;

	if (out && fclose(out) && !err)
		err = -errno;
	if (err)
		warnx("%s: %s", trace->unmatched, strerror(-err));
	return err;
}
