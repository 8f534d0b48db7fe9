// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload list: prints the plan (plan.h): which functions of the list this kernel has, and
 * with --all also all others that take a packet. More lists are: --ends, where packets
 * end; --output-probes, functions that select packets (bpf/output_probe.h); --copy-sites,
 * those that make one packet of another (bpf/derived.h); --merge-sites, those that put one
 * into another (bpf/fexit.c); --callees, those that have no packet (bpf/callees.h). With
 * --returns functions are also probed where they return. --receive adds the probe that
 * selects packets as devices hand them over (bpf/receive.c); with --passing the last output
 * probes look at packets that pass through as well.
 *
 * "auto" takes the mechanism that suits the number of functions and the way of reading,
 * or the best way of reading, and says so unless --quiet. With the ring the plan also has
 * the probes that see which rule of a firewall decides (rules.h), and whether a question
 * is answered (neighbours.h). --constants is the file to write what programs must know of
 * the kernel and of the way of reading (lib/consts.h). With --plan the plan goes to that
 * file, and the way of reading to the standard output. --btf is the BTF of the running
 * kernel when that has none itself (btf/btfs.h); the two are compared.
 */
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attach/btf_check.h"
#include "attach/choose.h"
#include "attach/kernel_consts.h"
#include "attach/trial.h"
#include "cmd.h"
#include "kernel/page_memory.h"
#include "list_make.h"
#include "plan/output_probes.h"
#include "plan/select.h"
#include "lib/tracefs.h"

#define FEW	32	/* functions that are attached one by one at ease */

#define USAGE \
	"usage: bpfload list --attach auto|kprobe|multi|fentry|tracepoint " \
	"[--all] [--functions FILE] [--ends FILE] [--output-probes FILE] " \
	"[--copy-sites FILE] [--merge-sites FILE] [--callees FILE] " \
	"[--receive] [--passing] [--read auto|READ] [--returns] [--quiet] [--kallsyms FILE] " \
	"[--btf-dir DIR | --btf FILE] [--tracefs DIR] [--constants FILE] " \
	"[--plan FILE]"

/* Options whose argument is a text; 0 is what getopt_long(3) gives of the others. */
enum text {
	ATTACH = 1, FUNCTIONS, ENDS, OUTPUT_PROBES, COPY_SITES, MERGE_SITES,
	CALLEES, READ, KALLSYMS, BTF_DIR, BTF_FILE, TRACEFS_DIR, CONSTANTS, PLAN,
};

static const char **text_of(enum text option, struct list_options *options)
{
	const char **const texts[] = {
		[ATTACH] = &options->attach,
		[FUNCTIONS] = &options->funcs,
		[ENDS] = &options->ends,
		[OUTPUT_PROBES] = &options->outputs,
		[COPY_SITES] = &options->copy_sites,
		[MERGE_SITES] = &options->merge_sites,
		[CALLEES] = &options->callees,
		[READ] = &options->read,
		[KALLSYMS] = &options->syms,
		[BTF_DIR] = &options->btfs,
		[BTF_FILE] = &options->btfs,
		[TRACEFS_DIR] = &options->tracefs,
		[CONSTANTS] = &options->constants,
		[PLAN] = &options->plan,
	};

	return texts[option];
}

static int parse_options(int argc, char **argv, struct list_options *options)
{
	const struct option long_options[] = {
		{ "attach", required_argument, NULL, ATTACH },
		{ "all", no_argument, &options->all, 1 },
		{ "functions", required_argument, NULL, FUNCTIONS },
		{ "ends", required_argument, NULL, ENDS },
		{ "output-probes", required_argument, NULL, OUTPUT_PROBES },
		{ "copy-sites", required_argument, NULL, COPY_SITES },
		{ "merge-sites", required_argument, NULL, MERGE_SITES },
		{ "callees", required_argument, NULL, CALLEES },
		{ "read", required_argument, NULL, READ },
		{ "returns", no_argument, &options->returns, 1 },
		{ "receive", no_argument, &options->receive, 1 },
		{ "passing", no_argument, &options->passing, 1 },
		{ "quiet", no_argument, &options->quiet, 1 },
		{ "kallsyms", required_argument, NULL, KALLSYMS },
		{ "btf-dir", required_argument, NULL, BTF_DIR },
		{ "btf", required_argument, NULL, BTF_FILE },
		{ "tracefs", required_argument, NULL, TRACEFS_DIR },
		{ "constants", required_argument, NULL, CONSTANTS },
		{ "plan", required_argument, NULL, PLAN },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		if (option == '?')
			return 0;
		if (option)
			*text_of(option, options) = optarg;
		options->borrowed |= option == BTF_FILE;
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
	warnx("-r %s: has no room for returns, which need -r ring",
	      options->read);
	return STATUS_CANNOT;
}

/*
 * Programs that write to trace_pipe have the function's name compiled in, so there each
 * function has an object of its own. 0 and options->how; or an exit status, and has said
 * why.
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

static int set_passing(const struct list_options *options,
		       const struct plan *plan, struct consts *consts)
{
	int stage = output_probes_passing(plan);

	if (!stage && !options->quiet)
		warnx("packets that only pass through are not looked at where they leave: no probe there");
	return consts_set(consts, "passing_stage", stage);
}

static int set_constants(const struct list_options *options,
			 const struct list_sources *from,
			 const struct plan *plan, struct consts *consts)
{
	char name[32];
	int err = kernel_consts(from->btfs, consts);

	if (!err && (options->receive || options->passing))
		err = page_memory_set(consts);
	if (!err && options->passing)
		err = set_passing(options, plan, consts);
	if (err || !options->read)
		return err;
	snprintf(name, sizeof(name), "read_%s", options->read);
	return consts_set(consts, name, 1);
}

static int write_constants(const struct list_options *options,
			   const struct list_sources *from,
			   const struct plan *plan)
{
	struct consts consts = {};
	int err = set_constants(options, from, plan, &consts);
	FILE *out = err ? NULL : fopen(options->constants, "we");

	if (!err)
		err = out ? consts_write(&consts, out) : -errno;
	if (out)
		fclose(out);
	if (err)
		warnx("%s: %s", options->constants, strerror(-err));
	else if (!btfs_vmlinux(from->btfs) && !options->quiet)
		warnx("%s: no BTF: interfaces are not shown", options->btfs);
	consts_free(&consts);
	return err;
}

static int write_plan(const struct list_options *options,
		      const struct plan *plan)
{
	const char *name = options->plan ? options->plan : "standard output";
	FILE *out = options->plan ? fopen(options->plan, "we") : stdout;
	int err = out ? plan_write(plan, out) : -errno;

	if (options->plan && out)
		fclose(out);
	if (err)
		warnx("%s: %s", name, strerror(-err));
	else if (options->plan)
		puts(options->read);
	return err;
}

/* Gives an exit status. */
static int list(struct list_options *options)
{
	struct list_sources from = {0};
	struct plan *plan = NULL;
	int err, status = 0;

	err = status = find_read(options);
	if (!err)
		err = funcs_open(options->funcs, &from.list);
	if (!err)
		err = btfs_open(options->btfs, &from.btfs);
	if (!err && options->borrowed)
		err = btf_check(from.btfs, options->syms, options->btfs);
	if (!err) {
		if (!options->borrowed)
			trial_vmlinux = btfs_vmlinux(from.btfs);
		err = status = find_how(options, from.list);
	}
	if (!err)
		err = list_make(options, &from, &plan);
	if (err > 0)
		status = err;
	if (!err && options->constants)
		err = write_constants(options, &from, plan);
	if (!err)
		err = write_plan(options, plan);
	plan_free(plan);
	ksyms_free(from.syms);
	btfs_free(from.btfs);
	funcs_free(from.list);
	return err && !status ? 1 : status;
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
		warnx(USAGE);
		return STATUS_USAGE;
	}
	return choose_is_attach(options.attach) ? list(&options) : STATUS_USAGE;
}
