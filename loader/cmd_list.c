// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload list -a kprobe|tracepoint [-f FILE] [-k KALLSYMS] [-b BTFDIR]
 *
 * Prints the plan (plan.h): what this kernel has of the list of functions.
 */
#include <err.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "resolve.h"

struct options {
	const char *attach, *funcs, *syms, *btfs;
};

static int parse_options(int argc, char **argv, struct options *options)
{
	int option;

	while ((option = getopt(argc, argv, "a:f:k:b:")) != -1) {
		switch (option) {
		case 'a':
			options->attach = optarg;
			break;
		case 'f':
			options->funcs = optarg;
			break;
		case 'k':
			options->syms = optarg;
			break;
		case 'b':
			options->btfs = optarg;
			break;
		default:
			return 0;
		}
	}
	return optind == argc && options->attach;
}

static int list_kprobes(const struct options *options,
			const struct funcs *funcs, struct btf_set *btfs,
			struct plan **plan)
{
	struct ksyms *syms;
	int error = ksyms_open(options->syms, &syms);

	if (error)
		return error;
	error = resolve_kprobes(funcs, syms, btfs, plan);
	ksyms_free(syms);
	return error;
}

static int list_write(const struct plan *plan)
{
	int error = plan_write(plan, stdout);

	if (error)
		warnx("standard output: %s", strerror(-error));
	return error;
}

static int list(const struct options *options, int tracepoints)
{
	struct funcs *funcs = NULL;
	struct btf_set *btfs = NULL;
	struct plan *plan = NULL;
	int error;

	error = funcs_open(options->funcs, &funcs);
	if (!error)
		error = btfs_open(options->btfs, &btfs);
	if (!error)
		error = tracepoints ?
				resolve_tracepoints(funcs, btfs, &plan) :
				list_kprobes(options, funcs, btfs, &plan);
	if (!error)
		error = list_write(plan);
	plan_free(plan);
	btfs_free(btfs);
	funcs_free(funcs);
	return error;
}

int cmd_list(int argc, char **argv)
{
	struct options options = {
		.funcs = "kp_funcs.list",
		.syms = KSYMS_FILE,
		.btfs = BTFS_DIR,
	};
	int tracepoints;

	if (!parse_options(argc, argv, &options)) {
		warnx("usage: bpfload list -a kprobe|tracepoint [-f FILE] "
		      "[-k KALLSYMS] [-b BTFDIR]");
		return 2;
	}
	tracepoints = !strcmp(options.attach, "tracepoint");
	if (!tracepoints && strcmp(options.attach, "kprobe")) {
		warnx("list: -a '%s': no such mechanism", options.attach);
		return 2;
	}
	return list(&options, tracepoints) ? 1 : 0;
}
