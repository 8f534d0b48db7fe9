// SPDX-License-Identifier: GPL-2.0-only
/* pathreport: records of packets in, their paths through the kernel out. */
#include "diff_cmd.h"
#include "options.h"
#include "format/wrap.h"
#include "forms.h"
#include "input/patient.h"
#include "input/input.h"
#include "report.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void put_usage(void)
{
	fputs("usage: pathreport [-o ", stderr);
	form_names(stderr, "|");
	fputs("] [-C COLUMNS] [--data DIR] [-W FILE] [-q] [-v] [FILE]\n"
	      "       pathreport --diff [-o text|json] [--data DIR] [-q] [-v] "
	      "GOOD BAD\n"
	      "       pathreport --until-differs [-N PACKETS | -B GOOD] "
	      "[-o text|json] [--data DIR] [-W FILE] [-q] [-v] [FILE]\n", stderr);
}

static bool has_form(const char *name)
{
	if (form_find(name))
		return true;
	fprintf(stderr, "%s: no output form '%s': it is one of ",
		program_invocation_short_name, name);
	form_names(stderr, ", ");
	putc('\n', stderr);
	return false;
}

static const struct command command = {
	.letters = ":o:C:W:qv",
	.has_form = has_form,
	.usage = put_usage,
};

/*
 * A file opened later must not get the number of a closed standard stream and
 * then what is meant for that one. Returns 0 or -errno.
 */
static int check_streams(void)
{
	if (fcntl(STDOUT_FILENO, F_GETFD) < 0) {
		warn("stdout");
		return -EBADF;
	}
	while (fcntl(STDERR_FILENO, F_GETFD) < 0)
		if (open("/dev/null", O_RDWR) < 0)
			return -errno;
	return 0;
}

static enum report_status run(const struct report_options *opts,
			      struct input *in, const struct columns *columns,
			      FILE *out)
{
	struct data data = { .verdicts = { .count = 0 } };
	struct output o = {
		.data = &data,
		.columns = columns,
		.quiet = opts->quiet,
		.verbose = opts->verbose,
		.live = !*opts->file,
	};
	struct records *records = records_new(input_read, in);
	const struct form *form = form_find(opts->form);
	enum report_status status;

	if (!records) {
		warn("%s", in->name);
		return REPORT_FAILED;
	}
	term_find(&o.term, STDOUT_FILENO);
	o.file = form->prose ? wrap_begin(out, &o.term) : out;
	if (opts->data)
		data_load(&data, opts->data);
	data.notes = &records->notes;
	status = report_run(records, in->name, form, &o);
	wrap_end(o.file, out);
	if (status == REPORT_NO_PACKET && *opts->file)
		warnx("%s: holds no packet", in->name);
	if (status == REPORT_PRINTED || status == REPORT_NO_PACKET)
		summary_show(&o.tally, &records->notes, o.quiet);
	records_free(records);
	data_free(&data);
	return status;
}

/* Prints the paths that the arguments ask for. */
static enum report_status report(int argc, char **argv, FILE *out)
{
	struct report_options opts = { .form = forms->name };
	enum report_status status = REPORT_FAILED;
	struct columns columns;
	struct input in;

	if (options_parse(&opts, &command, argc, argv))
		return REPORT_USAGE;
	if (opts.columns &&
	    columns_choose(&columns, opts.columns, opts.verbose))
		return REPORT_USAGE;
	if (!input_open(&in, *opts.file, opts.copy))
		status = run(&opts, &in, opts.columns ? &columns : NULL, out);
	if (input_close(&in))
		status = REPORT_FAILED;
	return status;
}

/* Writes what is left. Returns 0 or -1; says why, but for a reader gone. */
static int close_output(FILE *out)
{
	if (!fclose(out))
		return 0;
	if (errno != EPIPE)
		warn("stdout");
	return -1;
}

/* The difference of packets is told by the statuses of diff(1). */
static int run_diff(int (*cmd)(int argc, char **argv), int argc, char **argv)
{
	int status = DIFF_TROUBLE;

	if (!check_streams())
		status = cmd(argc - 1, argv + 1);
	return close_output(stdout) ? (int)DIFF_TROUBLE : status;
}

static int run_report(int argc, char **argv)
{
	enum report_status status;
	FILE *out;

	if (check_streams())
		return REPORT_FAILED;
	out = patient_open();
	if (!out) {
		warn("stdout");
		return REPORT_FAILED;
	}
	status = report(argc, argv, out);
	if (status == REPORT_PRINTED && close_output(out))
		return REPORT_FAILED;
	return status;
}

int main(int argc, char **argv)
{
	const char *first = argc > 1 ? argv[1] : "";

	program_invocation_short_name = (char *)"bpfpath";
	/* a reader that goes away ends us by an error of write(2) */
	signal(SIGPIPE, SIG_IGN);
	if (!strcmp(first, "--diff"))
		return run_diff(diff_cmd, argc, argv);
	if (!strcmp(first, "--until-differs"))
		return run_diff(until_cmd, argc, argv);
	return run_report(argc, argv);
}
