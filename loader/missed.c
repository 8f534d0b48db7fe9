// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>

#include "missed.h"

void missed_sample(struct missed *missed)
{
	unsigned int next = (missed->newest + 1) % MISSED_SAMPLES;
	struct missed_sample sample = { .begun = missed->clock() };

	if (missed->count(missed->ctx, &sample.total))
		return;
	sample.done = missed->clock();
	missed->samples[next] = sample;
	missed->newest = next;
}

/* The total at the last sample before that time, or at the oldest one. */
static __u64 total_before(const struct missed *missed, __u64 ns)
{
	unsigned int at = missed->newest;

	for (int i = 1; i < MISSED_SAMPLES && missed->samples[at].done > ns;
	     i++) {
		unsigned int older = (at + MISSED_SAMPLES - 1) % MISSED_SAMPLES;

		if (!missed->samples[older].done)
			break;
		at = older;
	}
	return missed->samples[at].total;
}

int missed_between(struct missed *missed, __u64 from, __u64 to, __u64 *count)
{
	if (!missed->samples[missed->newest].done)
		return -EOPNOTSUPP;
	if (missed->samples[missed->newest].begun <= to)
		missed_sample(missed);
	*count = missed->samples[missed->newest].total -
		 total_before(missed, from);
	return 0;
}
