// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload layout [-b BTFDIR]
 *
 * Prints kernel.h: where this kernel keeps what the probes read.
 *
 * bpfload rules [-b BTFDIR]
 *
 * Prints rules.h: where its firewalls keep what bpf/rule.h reads.
 */
#include <err.h>
#include <string.h>
#include <unistd.h>

#include "btf/btfs.h"
#include "btf/layout.h"
#include "cmd.h"
#include "plan/rule_layout.h"

static int parse_options(int argc, char **argv, const char **dir)
{
	int option;

	while ((option = getopt(argc, argv, "b:")) == 'b')
		*dir = optarg;
	return option == -1 && optind == argc;
}

/* Gives an exit status, and with 0 the BTF in *dir. */
static int begin(int argc, char **argv, const char **dir, struct btf_set **btfs)
{
	*dir = BTFS_DIR;
	if (!parse_options(argc, argv, dir)) {
		warnx("usage: bpfload %s [-b BTFDIR]", *argv);
		return 2;
	}
	return btfs_open(*dir, btfs) ? 1 : 0;
}

/* Gives the exit status for the -errno of what was written. */
static int end(struct btf_set *btfs, int error)
{
	if (error)
		warnx("standard output: %s", strerror(-error));
	btfs_free(btfs);
	return error ? 1 : 0;
}

int cmd_layout(int argc, char **argv)
{
	const char *dir;
	struct btf_set *btfs;
	int status = begin(argc, argv, &dir, &btfs);

	if (status)
		return status;
	if (!btfs_vmlinux(btfs))
		warnx("%s: no BTF: interfaces are not shown", dir);
	return end(btfs, layout_write(btfs_vmlinux(btfs), stdout));
}

int cmd_rules(int argc, char **argv)
{
	const char *dir;
	struct btf_set *btfs;
	int status = begin(argc, argv, &dir, &btfs);

	return status ? status : end(btfs, rule_layout_write(btfs, stdout));
}
