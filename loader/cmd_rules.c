// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload rules [-b BTFDIR]
 *
 * Prints rules.h: where the firewalls of this kernel keep what bpf/rule.h reads.
 */
#include <err.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "plan/rule_layout.h"

static int parse_options(int argc, char **argv, const char **dir)
{
	int option;

	while ((option = getopt(argc, argv, "b:")) == 'b')
		*dir = optarg;
	return option == -1 && optind == argc;
}

int cmd_rules(int argc, char **argv)
{
	const char *dir = BTFS_DIR;
	struct btf_set *btfs;
	int error;

	if (!parse_options(argc, argv, &dir)) {
		warnx("usage: bpfload rules [-b BTFDIR]");
		return 2;
	}
	if (btfs_open(dir, &btfs))
		return 1;
	error = rule_layout_write(btfs, stdout);
	if (error)
		warnx("standard output: %s", strerror(-error));
	btfs_free(btfs);
	return error ? 1 : 0;
}
