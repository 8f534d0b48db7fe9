// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload find: prints all functions, or with --tracepoints all tracepoints, that take a
 * packet: lines of columns separated by one tab, "-" for an empty one, below a header line:
 *
 *	#bpfpath-find-1 name arg module status how why
 *
 * arg	positions of the packets, "*" before that of a struct sk_buff **:
 *	"2" or "1,*3". Packets that no register holds are left out.
 * module	"-": vmlinux
 * status	yes: can be probed; no: cannot; noise: not on a packet's way
 * how	kprobe, multi, fentry, separated by commas; tracepoint
 * why	for no and noise: the reason
 *
 * With files of another kernel (--kallsyms) the mechanisms of this one do not matter:
 * --limits is the directory that has available_filter_functions and
 * kprobes_blacklist of that kernel. The BTF of --btf (btf/btfs.h) is that of the running
 * kernel, which has none of its own; it is compared with that kernel.
 */
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "attach/btf_check.h"
#include "attach/mechanisms.h"
#include "plan/probeable.h"
#include "plan/tracepoints.h"
#include "syms/variants.h"

enum {
	CAN_KPROBE = 1,
	CAN_MULTI = 2,
	CAN_FENTRY = 4,
	CAN_ALL = 7,
};

struct find_options {
	const char *syms, *btfs, *dir;
	int tracepoints, borrowed;
};

/* What is known of the kernel. */
struct kernel {
	struct btf_set *btfs;
	struct ksyms *syms;
	struct discovery *found;
	int can;		/* CAN_…, its mechanisms */
};

static int parse_options(int argc, char **argv, struct find_options *options)
{
	enum { KALLSYMS = 1, BTF_DIR, BTF_FILE, LIMITS };
	const struct option long_options[] = {
		{ "tracepoints", no_argument, &options->tracepoints, 1 },
		{ "kallsyms", required_argument, NULL, KALLSYMS },
		{ "btf-dir", required_argument, NULL, BTF_DIR },
		{ "btf", required_argument, NULL, BTF_FILE },
		{ "limits", required_argument, NULL, LIMITS },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		switch (option) {
		case 0:
			break;
		case KALLSYMS:
			options->syms = optarg;
			break;
		case BTF_DIR:
			options->btfs = optarg;
			break;
		case BTF_FILE:
			options->btfs = optarg;
			options->borrowed = 1;
			break;
		case LIMITS:
			options->dir = optarg;
			break;
		default:
			return 0;
		}
	}
	return optind == argc;
}

/* The mechanisms of the running kernel that attach to functions. */
static int mechanisms_here(void)
{
	static const char *const names[] = { "kprobe", "multi", "fentry" };
	char why[256];
	int can = 0;
	size_t i, n;

	for (i = 0; i < mechanism_count; i++)
		for (n = 0; n < 3; n++)
			if (!strcmp(mechanisms[i].kind, "attach") &&
			    !strcmp(mechanisms[i].name, names[n]) &&
			    mechanism_usable(&mechanisms[i], why, sizeof(why)))
				can |= 1 << n;
	return can;
}

/* Marks what files of the running kernel say, or those in @dir. */
static void read_marks(struct kernel *kernel, const char *dir)
{
	char path[PATH_MAX];

	if (!dir) {
		probeable_mark_here(kernel->found, MARK_TRACEABLE);
		probeable_mark_here(kernel->found, MARK_BLACKLISTED);
	} else {
		snprintf(path, sizeof(path), "%s/available_filter_functions",
			 dir);
		probeable_mark(kernel->found, path, MARK_TRACEABLE);
		snprintf(path, sizeof(path), "%s/kprobes_blacklist", dir);
		probeable_mark(kernel->found, path, MARK_BLACKLISTED);
	}
	if (!kernel->found->marked)
		warnx("available_filter_functions (tracefs) cannot be read: "
		      "what the kernel does not let be traced is not known");
}

/* fentry finds a function by its name in BTF. */
static int has_own_name(const struct kernel *kernel, const struct found *found)
{
	const struct ksym *first;

	if (strcmp(found->sym->name, found->name))
		return 0;
	first = ksyms_find(kernel->syms, found->name, NULL);
	return !ksyms_find(kernel->syms, found->name, first);
}

/* CAN_…, or 0 and *why. */
static int can_probe(const struct kernel *kernel, const struct found *found,
		     const char **why)
{
	int can = kernel->can;

	*why = "inlined, no code of its own";
	if (!found->sym)
		return 0;
	*why = "notrace, as inline functions are: cannot be traced";
	if (!probeable_is(kernel->found, found))
		return 0;
	*why = "on the kernel's black list of kprobes";
	if (found->marks & MARK_BLACKLISTED)
		can &= ~CAN_KPROBE;
	if (kernel->can && !can)
		return 0;
	*why = "this kernel has no kprobes, kprobe.multi or fentry";
	if (!has_own_name(kernel, found))
		can &= ~CAN_FENTRY;
	return can;
}

static void print_args(const struct args *args)
{
	int i;

	for (i = 0; i < args->count; i++)
		printf("%s%s%d", i ? "," : "\t",
		       args->packets[i].deref ? "*" : "",
		       args->packets[i].position);
}

static void print_how(int can)
{
	const char *comma = "";

	if (can & CAN_KPROBE) {
		fputs("kprobe", stdout);
		comma = ",";
	}
	if (can & CAN_MULTI) {
		printf("%smulti", comma);
		comma = ",";
	}
	if (can & CAN_FENTRY)
		printf("%sfentry", comma);
}

static void print_found(const struct kernel *kernel, const struct found *found)
{
	const char *why;
	int can = can_probe(kernel, found, &why);

	fputs(found->name, stdout);
	print_args(&found->args);
	printf("\t%s\t", *found->module ? found->module : "-");
	if (found->noise) {
		printf("noise\t-\t%s\n", noise_text(found->noise));
	} else if (!can) {
		printf("no\t-\t%s\n", why);
	} else {
		fputs("yes\t", stdout);
		print_how(can);
		fputs("\t-\n", stdout);
	}
}

/* Variants beside the function whose arguments BTF tells. */
static void print_moved(const struct kernel *kernel,
			const struct found *found)
{
	const struct ksym *sym = NULL;

	if (!found->sym || strcmp(found->sym->name, found->name))
		return;
	while ((sym = ksyms_find_suffixed(kernel->syms, found->name, sym))) {
		if (strcmp(sym->module, found->module) ||
		    !variant_may_move(sym->name))
			continue;
		fputs(sym->name, stdout);
		print_args(&found->args);
		printf("\t%s\tnoise\t-\tcompiled variant: its arguments may "
		       "have moved\n",
		       *found->module ? found->module : "-");
	}
}

/* BTF of older kernels has some functions twice. */
static int is_again(const struct discovery *found, uint32_t i)
{
	return i && !strcmp(found->list[i].name, found->list[i - 1].name) &&
	       !strcmp(found->list[i].module, found->list[i - 1].module);
}

static int find_functions(const struct find_options *options,
			  struct kernel *kernel)
{
	uint32_t i;
	int err = ksyms_open(options->syms ? options->syms : KSYMS_FILE,
			       &kernel->syms);

	if (err)
		return err;
	err = discover(kernel->btfs, kernel->syms, &kernel->found);
	if (err) {
		warnx("functions: %s", strerror(-err));
		return err;
	}
	kernel->can = options->syms ? CAN_ALL : mechanisms_here();
	if (kernel->can && (!options->syms || options->dir))
		read_marks(kernel, options->dir);
	for (i = 0; i < kernel->found->count; i++) {
		if (is_again(kernel->found, i))
			continue;
		print_found(kernel, &kernel->found->list[i]);
		print_moved(kernel, &kernel->found->list[i]);
	}
	return 0;
}

static int find_tracepoints(struct kernel *kernel)
{
	struct tracepoints *tps;
	const struct tracepoint *tp;
	struct args args;
	uint32_t i;
	int err = tracepoints_find(kernel->btfs, &tps);

	if (err) {
		warnx("tracepoints: %s", strerror(-err));
		return err;
	}
	for (i = 0; i < tps->count; i++) {
		tp = &tps->list[i];
		args_find(tp->btf, tp->proto, CALL_TRACEPOINT, &args);
		fputs(tp->name, stdout);
		print_args(&args);
		printf("\t%s\t%s\n", *tp->module ? tp->module : "-",
		       tp->noise ? "noise\t-\tnetlink messages" :
				   "yes\ttracepoint\t-");
	}
	tracepoints_free(tps);
	return 0;
}

static int find(const struct find_options *options)
{
	struct kernel kernel = { 0 };
	int err = btfs_open(options->btfs, &kernel.btfs);

	if (!err && options->borrowed)
		err = btf_check(kernel.btfs, KSYMS_FILE, options->btfs);
	if (!err && !btfs_vmlinux(kernel.btfs)) {
		warnx("%s: no BTF: what takes a packet is not known",
		      options->btfs);
		err = -ENOENT;
	}
	if (!err) {
		puts("#bpfpath-find-1\tname\targ\tmodule\tstatus\thow\twhy");
		err = options->tracepoints ?
				find_tracepoints(&kernel) :
				find_functions(options, &kernel);
	}
	if (!err && fflush(stdout)) {
		warn("standard output");
		err = -EIO;
	}
	discovery_free(kernel.found);
	ksyms_free(kernel.syms);
	btfs_free(kernel.btfs);
	return err;
}

int cmd_find(int argc, char **argv)
{
	struct find_options options = { .btfs = BTFS_DIR };

	if (!parse_options(argc, argv, &options)) {
		warnx("usage: bpfload find [--tracepoints] [--kallsyms FILE] "
		      "[--btf-dir DIR | --btf FILE] [--limits DIR]");
		return 2;
	}
	return find(&options) ? 1 : 0;
}
