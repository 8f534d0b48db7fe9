// SPDX-License-Identifier: GPL-2.0-only
/* A process of its own: what it writes, and how it ends. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "../../../loader/lib/apart.h"
#include "capture.h"

static char ten[] = "0123456789";
static int here;

/* More than a pipe holds. */
static void write_much(void *ctx, FILE *out)
{
	here = 1;
	for (int i = 0; i < 20000; i++)
		fputs(ctx, out);
}

static void write_nothing(void *ctx, FILE *out)
{
	(void)ctx;
	(void)out;
}

/* As the kernel does to a process that has worked too long. */
static void work_long(void *ctx, FILE *out)
{
	fputs(ctx, out);
	raise(SIGXCPU);
}

int main(void)
{
	char *bytes;
	size_t size;

	tap_plan(9);
	is_int(apart_run(write_much, ten, &bytes, &size), 0, "it ends");
	is_int(size, 200000, "... and all it has written is there");
	is_int(strlen(bytes), 200000, "... with a NUL behind it");
	is_int(here, 0, "... but nothing that it has changed");
	free(bytes);
	is_int(apart_run(write_nothing, NULL, &bytes, &size), 0,
	       "one that writes nothing");
	is_int(size, 0, "... gives nothing");
	is_str(bytes, "", "... but a NUL");
	free(bytes);
	is_int(apart_run(work_long, ten, &bytes, &size), SIGXCPU,
	       "one that a signal ends");
	ok(!bytes, "... gives nothing at all");
	return tap_done();
}
