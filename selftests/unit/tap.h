/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The least that a unit test needs: each test program is a main() that begins
 * with tap_plan(), calls ok(), is_int(), is_str() and ends with
 * "return tap_done();". Output is TAP. The plan comes first and is a number in
 * the source, so a test that returns early is one with too few results.
 */
#ifndef TAP_H
#define TAP_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int tap_planned, tap_count, tap_failed;

/* tap_plan: how many results there will be; before the first one */
static inline void tap_plan(int count)
{
	tap_planned = count;
	printf("1..%d\n", count);
}

static inline int tap_result(int good, const char *what)
{
	if (!tap_planned) {
		printf("Bail out! A result before the plan: %s\n", what);
		exit(1);
	}
	tap_count++;
	tap_failed += !good;
	printf("%sok %d - %s\n", good ? "" : "not ", tap_count, what);
	return good;
}

static inline int ok(int good, const char *what)
{
	return tap_result(good, what);
}

static inline int is_int(long long got, long long want, const char *what)
{
	if (!tap_result(got == want, what))
		printf("# got %lld, want %lld\n", got, want);
	return got == want;
}

static inline int is_str(const char *got, const char *want, const char *what)
{
	int same = got && want ? !strcmp(got, want) : got == want;

	if (!tap_result(same, what))
		printf("# got  '%s'\n# want '%s'\n", got ? got : "(null)",
		       want ? want : "(null)");
	return same;
}

/* tap_done: the exit status: 0 when all that was planned is good */
static inline int tap_done(void)
{
	return tap_failed || tap_count != tap_planned;
}

#endif /* TAP_H */
