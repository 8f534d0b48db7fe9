// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload trace: loads the probes of the plan, whose objects are in the directory
 * --objects, binds them to the maps that are pinned in --pins, and attaches them. Arms the
 * classifier, and writes records to stdout until N packets have ended (default 1, 0: no
 * end), or none has come for SEC seconds, with at most three decimals. A signal before the
 * classifier is armed ends it with 128 plus the signal's number. When all is armed the
 * descriptors FD, two at most, get a line and are closed. --selects says in words what is
 * selected. With --bytes each event carries so many bytes of the packet, with --stack that
 * of a packet's end, or each, the kernel's stack. --unmatched: the file that a run without a
 * packet writes (trace_write_unmatched()). --btf: the kernel's BTF, if it is not
 * where kernels have it (btf/btfs.h).
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "attach/attach.h"
#include "attach/target.h"
#include "cmd.h"
#include "lib/signals.h"
#include "kernel/prog.h"
#include "settings.h"
#include "trace/records.h"
#include "trace/trace.h"

#define PROBED_ROOM	60000	/* for the note "probed"; a line has 65535 bytes */

enum { STATUS_NO_PACKET = 3, STATUS_SIGNAL = 128 };

enum option_number {
	PINS = 1, PLAN, OBJECTS, READ, BTF_FILE, SELECTS, PACKETS, WAIT, READY_FD,
	BYTES, STACK, UNMATCHED, VERBOSE, QUIET,
};

static const struct option long_options[] = {
	{ "pins", required_argument, NULL, PINS },
	{ "plan", required_argument, NULL, PLAN },
	{ "objects", required_argument, NULL, OBJECTS },
	{ "read", required_argument, NULL, READ },
	{ "btf", required_argument, NULL, BTF_FILE },
	{ "selects", required_argument, NULL, SELECTS },
	{ "packets", required_argument, NULL, PACKETS },
	{ "wait", required_argument, NULL, WAIT },
	{ "ready-fd", required_argument, NULL, READY_FD },
	{ "bytes", required_argument, NULL, BYTES },
	{ "stack", required_argument, NULL, STACK },
	{ "unmatched", required_argument, NULL, UNMATCHED },
	{ "verbose", no_argument, NULL, VERBOSE },
	{ "quiet", no_argument, NULL, QUIET },
	SETTINGS_OPTIONS,
	{ NULL, 0, NULL, 0 },
};

struct trace_options {
	const char *plan, *read, *objects;
	bool verbose;
	struct settings settings;
};

static int parse_number(const char *option, const char *text,
			unsigned long *number)
{
	char *end;

	errno = 0;
	*number = strtoul(text, &end, 10);
	if (errno || *end || end == text || *number > UINT_MAX) {
		warnx("trace: %s '%s': not a number", option, text);
		return -EINVAL;
	}
	return 0;
}

/* Seconds, in milliseconds. */
static int parse_seconds(const char *option, const char *text,
			 unsigned long *ms)
{
	double seconds;
	char *end;

	seconds = strtod(text, &end);
	if (*end || text[strspn(text, "0123456789.")] || end == text ||
	    seconds > UINT_MAX) {
		warnx("trace: %s '%s': not a number", option, text);
		return -EINVAL;
	}
	*ms = seconds * 1000 + 0.5;
	return 0;
}

static int parse_ready(const char *text, struct trace *trace)
{
	unsigned long fd;
	int i = trace->ready_fds[0] != 0;

	if (parse_number("--ready-fd", text, &fd))
		return -EINVAL;
	if (fd <= STDERR_FILENO || fd > INT_MAX || trace->ready_fds[i] ||
	    fcntl(fd, F_SETFD, FD_CLOEXEC)) {
		warnx("trace: --ready-fd '%s': no descriptor, or one too many", text);
		return -EINVAL;
	}
	trace->ready_fds[i] = fd;
	return 0;
}

static int parse_stacks(const char *text, struct trace *trace)
{
	trace->stacks = !strcmp(text, "end") ? STACKS_END :
			!strcmp(text, "all") ? STACKS_ALL : STACKS_NONE;
	if (trace->stacks)
		return 0;
	warnx("trace: --stack '%s': must be end or all", text);
	return -EINVAL;
}

static int usage(void)
{
	warnx("usage: bpfload trace --pins DIR --plan FILE --objects DIR "
	      "--read READ " SETTINGS_USAGE " [--packets N] [--wait SEC] "
	      "[--selects TEXT] [--bytes N] [--stack end|all] [--unmatched FILE] "
	      "[--ready-fd FD]... [--btf FILE] [--verbose] [--quiet]");
	return -EINVAL;
}

static int parse_option(int option, struct trace *trace,
			struct trace_options *options)
{
	int err;

	switch (option) {
	case PINS:
		trace->dir = optarg;
		return 0;
	case PLAN:
		options->plan = optarg;
		return 0;
	case OBJECTS:
		options->objects = optarg;
		return 0;
	case READ:
		options->read = optarg;
		return 0;
	case BTF_FILE:
		trace->btf = optarg;
		return 0;
	case SELECTS:
		trace->filter = optarg;
		return 0;
	case PACKETS:
		return parse_number("--packets", optarg, &trace->count);
	case WAIT:
		return parse_seconds("--wait", optarg, &trace->wait);
	case READY_FD:
		return parse_ready(optarg, trace);
	case BYTES:
		return parse_number("--bytes", optarg, &trace->bytes);
	case STACK:
		return parse_stacks(optarg, trace);
	case UNMATCHED:
		trace->unmatched = optarg;
		return 0;
	case VERBOSE:
		options->verbose = true;
		return 0;
	case QUIET:
		trace->quiet = 1;
		return 0;
	}
	err = settings_option(option, optarg, &options->settings);
	return err > 0 ? usage() : err;
}

static int parse_options(int argc, char **argv, struct trace *trace,
			 struct trace_options *options)
{
	int option;

	while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1)
		if (parse_option(option, trace, options))
			return -EINVAL;
	if (!trace->dir || !options->plan || !options->read ||
	    !options->objects || optind != argc)
		return usage();
	trace->reader.ops = read_ops_find(options->read);
	if (!trace->reader.ops) {
		warnx("trace: --read '%s': no such way of reading", options->read);
		return -EINVAL;
	}
	return 0;
}

static int open_plan(const char *path, struct plan **plan)
{
	FILE *file = fopen(path, "re");
	int err;

	if (!file) {
		err = -errno;
		warnx("%s: %s", path, strerror(-err));
		return err;
	}
	err = plan_read(file, path, plan);
	fclose(file);
	return err;
}

/* What makes the time of day of an event's: the difference between the clocks. */
static void write_realtime(void)
{
	struct timespec day, since;
	char text[32];

	clock_gettime(CLOCK_REALTIME, &day);
	clock_gettime(CLOCK_MONOTONIC, &since);
	snprintf(text, sizeof(text), "%lld",
		 (day.tv_sec - since.tv_sec) * 1000000000LL + day.tv_nsec -
			 since.tv_nsec);
	records_note(stdout, "realtime", text);
}

static void write_notes(struct trace *trace)
{
	const struct plan *plan = trace->reader.plan;
	enum how how = HOW_TRACEPOINT;
	struct utsname host;

	/* Tracepoints stand beside all the others. */
	for (uint32_t i = 0; i < plan->count; i++)
		if (plan->probes[i].how < how)
			how = plan->probes[i].how;
	records_note(stdout, "filter", trace->filter);
	if (!uname(&host))
		records_note(stdout, "kernel", host.release);
	records_note(stdout, "attach", plan_how_name(how));
	records_note(stdout, "read", trace->reader.ops->name);
	netns_names_look(&trace->watch, stdout);
	write_realtime();
}

/* A reader of the records knows then which steps there could have been. */
static void write_probed(const struct attached *attached)
{
	char *names = attached_names(attached);

	if (names && strlen(names) < PROBED_ROOM)
		records_note(stdout, "probed", names);
	free(names);
}

/* Probes are all attached before anything is selected. */
static int attach_and_run(struct trace *trace,
			  const struct trace_options *options)
{
	struct binding binding = settings_binding(&options->settings,
						  trace->dir);
	struct attached *attached = &trace->attached;
	int err;

	binding.whole_log = options->verbose;
	err = attach_plan(trace->reader.plan, &binding, attached);
	if (err)
		return err;
	if (!trace->quiet)
		attached_summary(attached, options->verbose);
	attached_refusals(attached);
	if (attached->count) {
		write_probed(attached);
		if (trace->unmatched && !trace->quiet)
			unselected_begin(&trace->unselected, options->objects, &binding);
		trace_open_progs(trace, &binding, options->objects, options->verbose);
		err = trace_run(trace);
	} else {
		warnx("nothing of the list can be probed");
		err = -ENOENT;
	}
	progs_close(&trace->progs);
	attached_undo(attached);
	return err;
}

/* Gives the number of packets that have ended, or -errno. */
static int run(struct trace *trace, const struct trace_options *options)
{
	int ret;

	trace->fields = &options->settings.fields;
	ret = trace_open(trace);

	if (ret)
		return ret;
	write_notes(trace);
	ret = attach_and_run(trace, options);
	if (!ret)
		ret = tracker_ended(trace->tracker);
	if (!ret && trace->unmatched)
		trace_write_unmatched(trace);
	trace_close(trace);
	return ret;
}

/* Objects of one function cannot tell the kernel's stack (bpf/target.h), nor fields. */
static int find_objects(const struct trace *trace, struct plan *plan,
			const struct trace_options *options)
{
	bool own = !trace->stacks && !options->settings.fields.count;

	for (uint32_t i = 0; i < plan->count; i++) {
		plan->probes[i].object = target_object(&plan->probes[i], options->objects,
						       own);
		if (!plan->probes[i].object)
			return -ENOMEM;
	}
	return 0;
}

/* Gives what run() does, or a negative number as well. */
static int open_and_run(struct trace *trace,
			const struct trace_options *options)
{
	struct plan *plan;
	int ret = open_plan(options->plan, &plan);

	if (ret)
		return ret;
	trace->reader.plan = plan;
	ret = find_objects(trace, plan, options);
	if (!ret)
		ret = run(trace, options);
	plan_free(plan);
	return ret;
}

/* Gives the exit status. */
static int start(struct trace *trace, const struct trace_options *options)
{
	int ret;

	/* When the driver is killed, nobody else would end us. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	records_header(stdout);
	trace->names.btf = trace->btf;
	ret = open_and_run(trace, options);
	names_free(&trace->names);
	netns_names_free(&trace->watch);
	if (ret < 0)
		return signals_pending() ? STATUS_SIGNAL + signals_pending() : 1;
	return ret ? 0 : STATUS_NO_PACKET;
}

/* What the threads that attach have freed is to be used for packets again. */
static void share_memory(void)
{
#ifdef M_ARENA_MAX	/* mallopt(3) */
	mallopt(M_ARENA_MAX, 1);
#endif
}

int cmd_trace(int argc, char **argv)
{
	struct trace trace = { .count = 1, .filter = "packets", .btf = BTFS_DIR };
	struct trace_options options = {};
	int status;

	share_memory();
	status = parse_options(argc, argv, &trace, &options) ?
			 2 :
			 start(&trace, &options);
	settings_free(&options.settings);
	return status;
}
