/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The least that a unit test needs: each test program is a main() that calls
 * ok(), is_int(), is_str() and ends with "return tap_done();". Output is TAP.
 */
#ifndef TAP_H
#define TAP_H

#include <stdio.h>
#include <string.h>

static int tap_count, tap_failed;

static inline int tap_result(int good, const char *what)
{
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

static inline int tap_done(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed ? 1 : 0;
}

#endif /* TAP_H */
