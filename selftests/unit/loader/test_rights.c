// SPDX-License-Identifier: GPL-2.0-only
/* What does not permit something: by files as the kernel has them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../../loader/kernel/rights.h"
#include "../tap.h"

#define INITIAL	"         0          0 4294967295\n"
#define ALL	"CapPrm:\t0\nCapEff:\t000001ffffffffff\n"
#define FREE	"[none] integrity confidentiality\n"

static char dir[] = "/tmp/test_rights.XXXXXX";

static void put(const char *name, const char *text)
{
	char path[64];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	file = text ? fopen(path, "w") : NULL;
	unlink(text ? "" : path);
	if (!file)
		return;
	fputs(text, file);
	fclose(file);
}

static void is_cause(const char *map, const char *status, const char *lockdown,
		     int known, const char *want)
{
	char why[128];

	put("uid_map", map);
	put("status", status);
	put("lockdown", lockdown);
	is_int(rights_explain(dir, dir, why, sizeof(why)), known, want);
	ok(strstr(why, want) != NULL, "... and says so");
}

int main(void)
{
	tap_plan(18);
	if (!mkdtemp(dir))
		return 1;
	is_cause("0 1000 1\n", "Name:\tx\n" ALL, FREE, 1, "a user namespace");
	is_cause(INITIAL, "Name:\tx\nCapEff:\t0000000000000000\n", FREE, 1,
		 "lacks CAP_BPF, CAP_PERFMON, CAP_NET_ADMIN");
	is_cause(INITIAL, "Name:\tx\nCapEff:\t0000000000201000\n", FREE, 0,
		 "does not say why; perhaps");
	is_cause(INITIAL, "Name:\tx\nCapEff:\t0000000000200000\n", FREE, 1,
		 "lacks CAP_NET_ADMIN");
	is_cause(INITIAL, "Name:\tx\n" ALL, "none integrity [confidentiality]\n",
		 1, "locked down");
	is_cause(INITIAL, "Name:\tx\n" ALL, "none [integrity] confidentiality\n",
		 0, "does not say why; perhaps");
	is_cause(INITIAL, "Name:\tx\n" ALL "Seccomp:\t2\n", FREE, 0,
		 "perhaps by a seccomp filter");
	is_cause(INITIAL, "Name:\tx\n" ALL "Seccomp:\t0\n", NULL, 0,
		 "does not say why; perhaps");
	is_cause(NULL, NULL, NULL, 0, "does not say why; perhaps");
	put("uid_map", NULL);
	put("status", NULL);
	put("lockdown", NULL);
	rmdir(dir);
	return tap_done();
}
