// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload trace -d DIR -p PLAN -r ring|map|pipe [-c N] [-w SEC] [-n TEXT]
 *               [-s BYTES] [-v] [-q]
 *
 * Loads and attaches the probes of PLAN, bound to the maps pinned in DIR,
 * arms the classifier and writes records to stdout until N packets have ended
 * (default 1, 0: no end). TEXT says in words what is selected. The probes were
 * compiled to give so many BYTES of a packet with each event.
 */
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "attach/attach.h"
#include "cmd.h"
#include "syms/names.h"
#include "kernel/prog.h"
#include "trace/records.h"
#include "trace/space_names.h"
#include "trace/trace.h"

enum { STATUS_NO_PACKET = 3 };

struct options {
	const char *plan, *read;
	int verbose;
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

static int usage(void)
{
	warnx("usage: bpfload trace -d DIR -p PLAN -r READ [-c N] "
	      "[-w SEC] [-n TEXT] [-s BYTES] [-v] [-q]");
	return -EINVAL;
}

static int parse_option(int option, struct trace *trace,
			struct options *options)
{
	switch (option) {
	case 'd':
		trace->dir = optarg;
		return 0;
	case 'p':
		options->plan = optarg;
		return 0;
	case 'r':
		options->read = optarg;
		return 0;
	case 'n':
		trace->filter = optarg;
		return 0;
	case 'c':
		return parse_number("-c", optarg, &trace->count);
	case 'w':
		return parse_number("-w", optarg, &trace->wait);
	case 's':
		return parse_number("-s", optarg, &trace->bytes);
	case 'v':
		options->verbose = prog_whole_log = 1;
		return 0;
	case 'q':
		trace->quiet = 1;
		return 0;
	}
	return usage();
}

static int parse_options(int argc, char **argv, struct trace *trace,
			 struct options *options)
{
	int option;

	while ((option = getopt(argc, argv, "d:p:r:n:c:w:s:vq")) != -1)
		if (parse_option(option, trace, options))
			return -EINVAL;
	if (!trace->dir || !options->plan || !options->read || optind != argc)
		return usage();
	trace->reader.ops = read_ops_find(options->read);
	if (!trace->reader.ops) {
		warnx("trace: -r '%s': no such way of reading", options->read);
		return -EINVAL;
	}
	return 0;
}

static int open_plan(const char *path, struct plan **plan)
{
	FILE *file = fopen(path, "re");
	int error;

	if (!file) {
		error = -errno;
		warnx("%s: %s", path, strerror(-error));
		return error;
	}
	error = plan_read(file, path, plan);
	fclose(file);
	return error;
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

static void write_notes(const struct trace *trace)
{
	const struct plan *plan = trace->reader.plan;
	enum how how = HOW_TRACEPOINT;
	struct utsname host;

	/* Tracepoints stand beside all the others. */
	for (__u32 i = 0; i < plan->count; i++)
		if (plan->probes[i].how < how)
			how = plan->probes[i].how;
	records_note(stdout, "filter", trace->filter);
	if (!uname(&host))
		records_note(stdout, "kernel", host.release);
	records_note(stdout, "attach", plan_how_name(how));
	records_note(stdout, "read", trace->reader.ops->name);
	space_names_look(stdout);
	write_realtime();
}

/* Probes are all attached before anything is selected. */
static int attach_and_run(struct trace *trace, int verbose)
{
	struct attached *attached = &trace->attached;
	int error = attach_plan(trace->reader.plan, trace->dir, attached);

	if (error)
		return error;
	if (!trace->quiet)
		attached_summary(attached, verbose);
	if (attached->count) {
		error = trace_run(trace);
	} else {
		warnx("nothing of the list can be probed");
		error = -ENOENT;
	}
	attached_undo(attached);
	return error;
}

/* Gives the number of packets that have ended, or -errno. */
static int run(struct trace *trace, int verbose)
{
	int ret = trace_open(trace);

	if (ret)
		return ret;
	write_notes(trace);
	ret = attach_and_run(trace, verbose);
	if (!ret)
		ret = tracker_ended(trace->tracker);
	trace_close(trace);
	return ret;
}

int cmd_trace(int argc, char **argv)
{
	struct trace trace = { .count = 1, .filter = "packets" };
	struct options options = {};
	struct plan *plan;
	int ret;

	if (parse_options(argc, argv, &trace, &options))
		return 2;
	/* When the driver is killed, nobody else would end us. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	records_header(stdout);
	if (open_plan(options.plan, &plan))
		return 1;
	trace.reader.plan = plan;
	ret = run(&trace, options.verbose);
	names_free();
	space_names_free();
	plan_free(plan);
	if (ret < 0)
		return 1;
	return ret ? 0 : STATUS_NO_PACKET;
}
