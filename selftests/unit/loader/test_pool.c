// SPDX-License-Identifier: GPL-2.0-only
/* Jobs: each is done once, the first before all others. */
#include "../../../loader/lib/pool.h"
#include "../tap.h"

#include <stdatomic.h>
#include <time.h>

#define JOBS	1000

static atomic_int done[JOBS + 1];
static atomic_int first_done, too_early;

static void job(void *ctx, uint32_t i)
{
	struct timespec while_others_could_start = { .tv_nsec = 20000000 };

	if (!i) {
		nanosleep(&while_others_could_start, NULL);
		first_done = 1;
	}
	too_early += !first_done;
	((atomic_int *)ctx)[i]++;
}

static void test_count(uint32_t count)
{
	int once = 0, others = 0;
	char what[64];

	first_done = too_early = 0;
	for (int i = 0; i <= JOBS; i++)
		done[i] = 0;
	pool_run(count, job, done);
	for (uint32_t i = 0; i <= JOBS; i++)
		if (i < count)
			once += done[i] == 1;
		else
			others += done[i];
	snprintf(what, sizeof(what), "%u jobs: each is done once", count);
	is_int(once, count, what);
	is_int(others, 0, "... and no other");
	is_int(too_early, 0, "... none before the first has ended");
}

int main(void)
{
	tap_plan(18);
	test_count(0);
	test_count(1);
	test_count(2);
	test_count(16);
	test_count(17);
	test_count(JOBS);
	return tap_done();
}
