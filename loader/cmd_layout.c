// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload layout [-b BTFDIR]
 *
 * Prints kernel.h: where this kernel keeps what the probes read.
 */
#include <err.h>
#include <string.h>
#include <unistd.h>

#include "btf/btfs.h"
#include "cmd.h"
#include "btf/layout.h"

static int parse_options(int argc, char **argv, const char **dir)
{
	int option;

	while ((option = getopt(argc, argv, "b:")) == 'b')
		*dir = optarg;
	return option == -1 && optind == argc;
}

int cmd_layout(int argc, char **argv)
{
	const char *dir = BTFS_DIR;
	struct btf_set *btfs;
	int error;

	if (!parse_options(argc, argv, &dir)) {
		warnx("usage: bpfload layout [-b BTFDIR]");
		return 2;
	}
	if (btfs_open(dir, &btfs))
		return 1;
	if (!btfs_vmlinux(btfs))
		warnx("%s: no BTF: interfaces are not shown", dir);
	error = layout_write(btfs_vmlinux(btfs), stdout);
	if (error)
		warnx("standard output: %s", strerror(-error));
	btfs_free(btfs);
	return error ? 1 : 0;
}
