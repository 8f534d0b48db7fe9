// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload check: a table of the mechanisms, usable or not, and what is
 * missing. bpfload choose [-q] attach|read WISH: the name of the one to use.
 */
#include <err.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "cmd.h"
#include "mechanisms.h"
#include "trial.h"

enum { STATUS_CANNOT = 4 };

int cmd_check(int argc, char **argv)
{
	struct utsname host;
	char why[256];
	int attach = 0;

	(void)argv;
	if (argc != 1) {
		warnx("usage: bpfload check");
		return 2;
	}
	if (!uname(&host))
		printf("Linux %s %s\n", host.release, host.machine);
	for (size_t i = 0; i < mechanism_count; i++) {
		const struct mechanism *it = &mechanisms[i];
		int usable = mechanism_usable(it, why, sizeof(why));

		attach += usable && !strcmp(it->kind, "attach");
		printf("%-6s  %-13s  %-3s  %s\n", it->kind, it->name,
		       usable ? "yes" : "no", usable ? it->gives : why);
	}
	return attach ? 0 : STATUS_CANNOT;
}

static int choose_named(const char *kind, const char *wish)
{
	char why[256];

	for (size_t i = 0; i < mechanism_count; i++) {
		const struct mechanism *it = &mechanisms[i];

		if (strcmp(it->kind, kind) || strcmp(it->name, wish))
			continue;
		if (mechanism_usable(it, why, sizeof(why))) {
			puts(it->name);
			return 0;
		}
		warnx("%s by %s: %s", kind, wish, why);
		return STATUS_CANNOT;
	}
	warnx("%s by '%s': no such mechanism", kind, wish);
	return 2;
}

/* The first usable one; says, unless quiet, why it is not the very first. */
static int choose_auto(const char *kind, int quiet)
{
	const struct mechanism *best = NULL;
	char why[256], first_why[256];

	for (size_t i = 0; i < mechanism_count; i++) {
		const struct mechanism *it = &mechanisms[i];

		if (strcmp(it->kind, kind))
			continue;
		if (mechanism_usable(it, why, sizeof(why))) {
			if (best && !quiet)
				warnx("no %s (%s): using %s, which gives %s",
				      best->name, first_why, it->name,
				      it->gives);
			puts(it->name);
			return 0;
		}
		if (!best) {
			best = it;
			memcpy(first_why, why, sizeof(why));
		}
	}
	warnx("this kernel offers no way to %s%s%s", kind,
	      best ? ": " : "", best ? first_why : "");
	return STATUS_CANNOT;
}

int cmd_choose(int argc, char **argv)
{
	int quiet = argc == 4 && !strcmp(argv[1], "-q");
	const char *kind, *wish;

	if (argc != 3 + quiet) {
		warnx("usage: bpfload choose [-q] attach|read auto|NAME");
		return 2;
	}
	kind = argv[1 + quiet];
	wish = argv[2 + quiet];
	return strcmp(wish, "auto") ? choose_named(kind, wish) :
				      choose_auto(kind, quiet);
}

/*
 * bpfload cflags: what clang is told of this kernel. The old value of an
 * atomic add (5.12) needs an instruction that -mcpu=v3 has and v1 has not.
 */
int cmd_cflags(int argc, char **argv)
{
	(void)argv;
	if (argc != 1) {
		warnx("usage: bpfload cflags");
		return 2;
	}
	puts(trial_atomic_fetch() ? "-mcpu=v1" :
				    "-mcpu=v3 -DHAVE_ATOMIC_FETCH");
	if (!trial_probe_read_kernel())
		puts("-DHAVE_PROBE_READ_KERNEL");
	return 0;
}
