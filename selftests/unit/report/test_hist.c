// SPDX-License-Identifier: GPL-2.0-only
/* Percentiles, exact and not, and octaves. */
#include "../tap.h"
#include "../../../report/aggregate/hist.h"

static struct hist filled(uint64_t first, uint64_t step, int count)
{
	struct hist h = { .count = 0 };

	while (count--) {
		hist_add(&h, first);
		first += step;
	}
	return h;
}

static void test_few(void)
{
	struct hist h = { .count = 0 };

	is_int(hist_percentile(&h, 50), 0, "of nothing");
	hist_add(&h, 70);
	is_int(hist_percentile(&h, 1), 70, "of one, the lowest");
	is_int(hist_percentile(&h, 99), 70, "… and a high one");
	hist_add(&h, 30);
	is_int(hist_percentile(&h, 50), 30, "the lower one of two");
	is_int(hist_percentile(&h, 51), 70, "the higher one");
	is_int(h.min, 30, "least");
	is_int(h.max, 70, "greatest");
	is_int(h.sum, 100, "sum");
	hist_free(&h);
}

static void test_exact(void)
{
	struct hist h = filled(12700, (uint64_t)-100, HIST_EXACT);

	is_int(hist_percentile(&h, 50), 6300, "exact: the median of 128");
	is_int(hist_percentile(&h, 90), 11500, "exact: 90 of 100");
	is_int(hist_percentile(&h, 100), 12700, "exact: all");
	is_int(hist_octave(&h, 0), 1, "one is 0");
	is_int(hist_octave(&h, 7), 1, "100");
	is_int(hist_octave(&h, 14), 46, "8200 to 12700");
	hist_free(&h);
}

/* 1000 values from 1 us to 1 ms: what is told is 1/64 wrong at most. */
static void test_many(void)
{
	struct hist h = filled(1000000, (uint64_t)-1000, 1000);
	unsigned int percent;
	uint64_t want, got;

	for (percent = 1; percent < 100; percent += 7) {
		want = percent * 10000;
		got = hist_percentile(&h, percent);
		if (!ok(got <= want + want / 64 && want <= got + got / 64,
			"not far from it"))
			printf("# %u of 100: %d, not %d\n", percent, (int)got,
			       (int)want);
	}
	is_int(hist_percentile(&h, 100), 1000000, "the greatest is exact");
	is_int(h.count, 1000, "count");
	is_int(hist_octave(&h, 20), 476, "octaves are exact");
	is_int(hist_octave(&h, 10), 1, "also the lowest");
	hist_free(&h);
}

/* Each power of two and its neighbours fall where they belong. */
static void test_edges(void)
{
	struct hist h = { .count = 0 };
	unsigned int i, wrong = 0;

	for (i = 0; i < 200; i++)
		hist_add(&h, UINT64_MAX);
	for (i = 0; i < 64; i++) {
		hist_add(&h, 1ULL << i);
		hist_add(&h, (1ULL << i) - 1);
	}
	for (i = 2; i < 64; i++)
		wrong += hist_octave(&h, i) != 2;
	is_int(wrong, 0, "a power of two opens its octave");
	is_int(hist_octave(&h, 0), 1, "0");
	is_int(hist_octave(&h, 1), 2, "1, twice");
	is_int(hist_octave(&h, 64), 201, "the greatest numbers");
	ok(hist_percentile(&h, 99) > UINT64_MAX - UINT64_MAX / 64,
	   "no overflow");
	is_int(hist_percentile(&h, 1), 2, "small ones stay exact");
	hist_free(&h);
}

/* 1000 values from 1 us to 1 ms, and 100 of them: round limits are exact. */
static void test_rounds(void)
{
	struct hist many = filled(1000000, (uint64_t)-1000, 1000);
	struct hist few = filled(100000, (uint64_t)-1000, 100);

	is_int(hist_limit(0), 0, "limits: 0");
	is_int(hist_limit(1) + hist_limit(2) + hist_limit(3), 8, "1, 2, 5");
	is_int(hist_limit(10), 1000, "1000");
	ok(hist_limit(58) == 10000000000000000000ULL, "the last round one");
	ok(hist_limit(59) == UINT64_MAX, "all");
	is_int(hist_round(&many, 10), 1, "up to 1000");
	is_int(hist_round(&many, 11), 1, "up to 2000");
	is_int(hist_round(&many, 12), 3, "up to 5000");
	is_int(hist_round(&many, 19), 500, "up to 1000000");
	is_int(hist_round(&few, 12), 3, "of few values, too");
	hist_add(&many, 0);
	hist_add(&many, UINT64_MAX);
	is_int(hist_round(&many, 0), 1, "0");
	is_int(hist_round(&many, 59), 1, "the greatest number");
	hist_free(&many);
	hist_free(&few);
}

int main(void)
{
	tap_plan(51);
	test_few();
	test_exact();
	test_many();
	test_edges();
	test_rounds();
	return tap_done();
}
