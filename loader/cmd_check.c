// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload check: a table of the mechanisms, usable or not, and what is missing.
 */
#include <err.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "attach/choose.h"
#include "cmd.h"

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
