// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload list -a auto|kprobe|multi|fentry|tracepoint [-A] [-f FILE] [-e ENDS]
 *	[-s SEEDS] [-m MAKERS] [-j JOINERS] [-x ASIDES] [-r auto|READ] [-R] [-q]
 *	[-K KALLSYMS] [-b BTFDIR] [-B BTF] [-t TRACEFS] [-k CONSTANTS] [-o PLAN]
 *
 * Prints the plan (plan.h): what this kernel has of the list of functions,
 * and with -A of all others that take a packet. ENDS is the list that tells where
 * packets end, SEEDS of those functions that select packets (bpf/seed.h), MAKERS of
 * those that make one of another (bpf/birth.h), JOINERS of those that put one into
 * another (bpf/fexit.c), ASIDES of those that have no packet (bpf/aside.h). With -R
 * functions are also probed where they return.
 *
 * "auto" takes the mechanism that suits their number and the way of reading, or the
 * best way of reading, and says so unless -q. What reads from the ring also
 * has those that see which rule of a firewall decides (rules.h), and whether a question
 * is answered (answers.h). With -k it writes what programs must know of the kernel and
 * of the way of reading to that file (lib/consts.h). With -o the plan goes to a file,
 * and the way of reading to the standard output. BTF (btf/btfs.h)
 * is that of the running kernel, which has none of its own; it is compared with that.
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "attach/btf_check.h"
#include "attach/choose.h"
#include "attach/kernel_consts.h"
#include "attach/trial.h"
#include "cmd.h"
#include "list_make.h"
#include "plan/select.h"
#include "lib/tracefs.h"

#define FEW	32	/* functions that are attached one by one at ease */

static int parse_options(int argc, char **argv, struct list_options *options)
{
	int option;

	while ((option = getopt(argc, argv, "a:Af:e:s:m:j:x:r:RqK:b:B:t:k:o:")) != -1) {
		switch (option) {
		case 'a':
			options->attach = optarg;
			break;
		case 'A':
			options->all = 1;
			break;
		case 'f':
			options->funcs = optarg;
			break;
		case 'e':
			options->ends = optarg;
			break;
		case 's':
			options->seeds = optarg;
			break;
		case 'm':
			options->makers = optarg;
			break;
		case 'j':
			options->joiners = optarg;
			break;
		case 'x':
			options->asides = optarg;
			break;
		case 'r':
			options->read = optarg;
			break;
		case 'R':
			options->returns = 1;
			break;
		case 'q':
			options->quiet = 1;
			break;
		case 'K':
			options->syms = optarg;
			break;
		case 'b':
			options->btfs = optarg;
			break;
		case 'B':
			options->btfs = optarg;
			options->borrowed = 1;
			break;
		case 't':
			options->tracefs = optarg;
			break;
		case 'k':
			options->constants = optarg;
			break;
		case 'o':
			options->plan = optarg;
			break;
		default:
			return 0;
		}
	}
	return optind == argc && options->attach &&
	       (!options->plan || options->read);
}

static int reads(const struct list_options *options, const char *read)
{
	return options->read && !strcmp(options->read, read);
}

/* "auto" becomes a name. 0, or an exit status, and has said why. */
static int find_read(struct list_options *options)
{
	const struct mechanism *chosen;
	int ret = options->read ?
			  choose_read(options->read, options->quiet, &chosen) :
			  0;

	if (ret || !options->read)
		return ret;
	options->read = chosen->name;
	options->rules = reads(options, "ring");
	if (!options->returns || reads(options, "ring"))
		return 0;
	warnx("-r %s: has no room for returns, they need -r ring",
	      options->read);
	return STATUS_CANNOT;
}

/*
 * What trace_pipe shows has the function's name compiled in, so there each has
 * an object of its own. 0 and options->how, or an exit status, and said why.
 */
static int find_how(struct list_options *options, const struct funcs *list)
{
	int many = !reads(options, "pipe") &&
		   (options->all || list->count > FEW ||
		    select_needs_discovery(list));
	const struct mechanism *chosen;
	int ret;

	ret = choose_attach(options->attach, many, options->quiet, &chosen);
	if (!ret)
		plan_how(chosen->name, &options->how);
	return ret;
}

static int set_constants(const struct list_options *options,
			 struct btf_set *btfs, struct consts *consts)
{
	char name[32];
	int error = kernel_consts(btfs, consts);

	if (error || !options->read)
		return error;
	snprintf(name, sizeof(name), "read_%s", options->read);
	return consts_set(consts, name, 1);
}

static int write_constants(const struct list_options *options,
			   struct btf_set *btfs)
{
	struct consts consts = {};
	int error = set_constants(options, btfs, &consts);
	FILE *out = error ? NULL : fopen(options->constants, "we");

	if (!error)
		error = out ? consts_write(&consts, out) : -errno;
	if (out)
		fclose(out);
	if (error)
		warnx("%s: %s", options->constants, strerror(-error));
	else if (!btfs_vmlinux(btfs) && !options->quiet)
		warnx("%s: no BTF: interfaces are not shown", options->btfs);
	consts_free(&consts);
	return error;
}

static int write_plan(const struct list_options *options,
		      const struct plan *plan)
{
	const char *name = options->plan ? options->plan : "standard output";
	FILE *out = options->plan ? fopen(options->plan, "we") : stdout;
	int error = out ? plan_write(plan, out) : -errno;

	if (options->plan && out)
		fclose(out);
	if (error)
		warnx("%s: %s", name, strerror(-error));
	else if (options->plan)
		puts(options->read);
	return error;
}

/* Gives an exit status. */
static int list(struct list_options *options)
{
	struct list_sources from = {0};
	struct plan *plan = NULL;
	int error, status = 0;

	error = status = find_read(options);
	if (!error)
		error = funcs_open(options->funcs, &from.list);
	if (!error)
		error = btfs_open(options->btfs, &from.btfs);
	if (!error && options->borrowed)
		error = btf_check(from.btfs, options->syms, options->btfs);
	if (!error) {
		if (!options->borrowed)
			trial_vmlinux = btfs_vmlinux(from.btfs);
		error = status = find_how(options, from.list);
	}
	if (!error && options->constants)
		error = write_constants(options, from.btfs);
	if (!error)
		error = list_make(options, &from, &plan);
	if (error > 0)
		status = error;
	if (!error)
		error = write_plan(options, plan);
	plan_free(plan);
	ksyms_free(from.syms);
	btfs_free(from.btfs);
	funcs_free(from.list);
	return error && !status ? 1 : status;
}

int cmd_list(int argc, char **argv)
{
	struct list_options options = {
		.funcs = "kp_funcs.list",
		.syms = KSYMS_FILE,
		.btfs = BTFS_DIR,
		.tracefs = TRACEFS,
	};

	if (!parse_options(argc, argv, &options)) {
		warnx("usage: bpfload list -a auto|kprobe|multi|fentry|tracepoint "
		      "[-A] [-f FILE] [-e ENDS] [-s SEEDS] [-m MAKERS] "
		      "[-j JOINERS] [-x ASIDES] [-r auto|READ] [-R] [-q] "
		      "[-K KALLSYMS] [-b BTFDIR] [-B BTF] [-t TRACEFS] "
		      "[-k CONSTANTS] [-o PLAN]");
		return 2;
	}
	return list(&options);
}
