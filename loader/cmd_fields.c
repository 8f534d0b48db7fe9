// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload fields: finds members of packets by their names in the kernel's BTF, and writes
 * what reads them as a file for commands that load programs (fields/fields.h). --show:
 * fields that are told of each step, separated by commas; --skb: an expression of what
 * the sk_buff of a packet must be like to be selected (fields/skb_expr.h). --btf: the
 * kernel's BTF, if it is not where kernels have it (btf/btfs.h).
 */
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "btf/btfs.h"
#include "cmd.h"
#include "fields/fields.h"

enum { STATUS_USAGE = 2, STATUS_CANNOT = 4 };

enum { SHOW = 1, SKB, BTF_FILE };

static const struct option long_options[] = {
	{ "show", required_argument, NULL, SHOW },
	{ "skb", required_argument, NULL, SKB },
	{ "btf", required_argument, NULL, BTF_FILE },
	{ NULL, 0, NULL, 0 },
};

static int usage(void)
{
	warnx("usage: bpfload fields [--show NAME,...] [--skb EXPRESSION] [--btf FILE]");
	return STATUS_USAGE;
}

/* Gives the exit status. */
static int find(const char *path, const char *names, const char *expression)
{
	struct btf_set *set;
	int err;

	if (btfs_open(path, &set))
		return 1;
	if (!btfs_vmlinux(set)) {
		warnx("%s: no BTF: where a packet has its fields is not known (-C, --skb)",
		      path);
		btfs_free(set);
		return STATUS_CANNOT;
	}
	err = fields_write(btfs_vmlinux(set), names, expression, stdout);
	btfs_free(set);
	if (err && err != -EINVAL)
		warnx("fields: %s", strerror(-err));
	if (err == -EINVAL)
		return STATUS_USAGE;
	return err ? 1 : 0;
}

int cmd_fields(int argc, char **argv)
{
	const char *path = BTFS_DIR, *names = NULL, *expression = NULL;
	int option;

	while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1)
		switch (option) {
		case SHOW:
			names = optarg;
			break;
		case SKB:
			expression = optarg;
			break;
		case BTF_FILE:
			path = optarg;
			break;
		default:
			return usage();
		}
	return optind == argc && (names || expression) ? find(path, names, expression) :
							 usage();
}
