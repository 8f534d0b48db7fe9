// SPDX-License-Identifier: GPL-2.0-only
/* Which misses of a running total fall into the life of a packet. */
#include <errno.h>

#include "../../../loader/attach/missed.h"
#include "../tap.h"

static uint64_t now, total;
static int counted, error;

static int count(void *ctx, uint64_t *value)
{
	(void)ctx;
	counted++;
	*value = total;
	return error;
}

static uint64_t clock(void)
{
	return now++;
}

static struct missed begin(void)
{
	struct missed missed = { .count = count, .clock = clock };

	now = 1000;
	total = 5;
	error = 0;
	missed_sample(&missed);
	counted = 0;
	return missed;
}

static uint64_t between(struct missed *missed, uint64_t from, uint64_t to)
{
	uint64_t before = 99, after = 99;

	is_int(missed_before(missed, from, &before), 0, "before is known,");
	is_int(missed_after(missed, to, &after), 0, "after is known:");
	return after - before;
}

static void test_one(void)
{
	struct missed missed = begin();

	now = 3000;
	is_int(between(&missed, 2000, 2500), 0, "none");
	is_int(counted, 1, "... the kernel was asked once");
	is_int(between(&missed, 2000, 2600), 0, "none of another packet");
	is_int(counted, 1, "... and that was later than its end");
	total = 8;
	now = 5000;
	is_int(between(&missed, 4000, 4500), 3, "three, all since the start");
}

static void test_before(void)
{
	struct missed missed = begin();

	total = 9;
	now = 2000;
	missed_sample(&missed);
	now = 3000;
	is_int(between(&missed, 2500, 2600), 0, "those before it do not count");
	is_int(between(&missed, 1500, 2600), 4, "... but for a longer one");
}

static void test_oldest(void)
{
	struct missed missed = begin();

	for (int i = 0; i < 3 * MISSED_SAMPLES; i++) {
		now = 2000 + i * 100;
		total++;
		missed_sample(&missed);
	}
	now = 9000;
	is_int(between(&missed, 1500, 8000), MISSED_SAMPLES - 1,
	       "older than what is noted: as much as is known");
}

static void test_unknown(void)
{
	struct missed missed = { .count = count, .clock = clock };
	uint64_t value;

	error = -EOPNOTSUPP;
	missed_sample(&missed);
	is_int(missed_before(&missed, 1, &value), -EOPNOTSUPP,
	       "a kernel that does not count before");
	is_int(missed_after(&missed, 1, &value), -EOPNOTSUPP,
	       "... nor after");
}

int main(void)
{
	tap_plan(22);
	test_one();
	test_before();
	test_oldest();
	test_unknown();
	return tap_done();
}
