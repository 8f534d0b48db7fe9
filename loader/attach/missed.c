// SPDX-License-Identifier: GPL-2.0-only
#include "missed.h"

#include <errno.h>

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

int missed_before(struct missed *missed, uint64_t ns, uint64_t *total)
{
	unsigned int at = missed->newest, older;

	if (!missed->samples[at].done)
		return -EOPNOTSUPP;
	for (int i = 1; i < MISSED_SAMPLES && missed->samples[at].done > ns;
	     i++) {
		older = (at + MISSED_SAMPLES - 1) % MISSED_SAMPLES;
		if (!missed->samples[older].done)
			break;
		at = older;
	}
	*total = missed->samples[at].total;
	return 0;
}

int missed_after(struct missed *missed, uint64_t ns, uint64_t *total)
{
	if (!missed->samples[missed->newest].done)
		return -EOPNOTSUPP;
	if (missed->samples[missed->newest].begun <= ns)
		missed_sample(missed);
	*total = missed->samples[missed->newest].total;
	return 0;
}
