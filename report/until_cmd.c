// SPDX-License-Identifier: GPL-2.0-only
#include "options.h"
#include "read/input.h"
#include "report.h"
#include "until.h"

#include <err.h>
#include <unistd.h>

static void put_usage(void)
{
	fputs("usage: pathreport --until-differs [-o text|json] [-W FILE] "
	      "[-q] [-v] [FILE]\n", stderr);
}

static const struct command command = {
	.letters = ":o:W:qv",
	.has_form = diff_has_form,
	.usage = put_usage,
};

/* Reads until a packet differs or the records end, and prints what was found. */
static int compare(const struct options *opts, struct records *records,
		   const char *name)
{
	struct until u = { .print = diff_form(opts->form) };
	struct output o = {
		.file = stdout,
		.quiet = opts->quiet,
		.verbose = opts->verbose,
		.gathered = &u,
	};
	enum report_status read;
	int status = DIFF_TROUBLE;

	term_find(&o.term, STDOUT_FILENO);
	read = report_run(records, name, &until_form, &o);
	if (read == REPORT_NO_PACKET)
		status = REPORT_NO_PACKET;
	else if (read == REPORT_PRINTED)
		status = until_print(&u, &o);
	if (read == REPORT_PRINTED && !o.enough)
		summary_print(stderr, &o.tally, &records->notes, o.quiet);
	until_free(&u);
	return status;
}

static int run(const struct options *opts, struct input *in)
{
	struct records *records = records_new(input_read, in);
	int status;

	if (!records) {
		warn("%s", in->name);
		return DIFF_TROUBLE;
	}
	status = compare(opts, records, in->name);
	if (status == REPORT_NO_PACKET && *opts->file)
		warnx("%s: holds no packet", in->name);
	input_finish(in);
	records_free(records);
	return status;
}

/*
 * Compares the packets that the arguments behind argv[0] name. Returns an enum
 * diff_status or, when there is no packet, REPORT_NO_PACKET. stdout is the
 * caller's to close.
 */
int until_cmd(int argc, char **argv)
{
	struct options opts = { .form = "text" };
	int status = DIFF_TROUBLE;
	struct input in;

	if (options_parse(&opts, &command, argc, argv))
		return DIFF_TROUBLE;
	if (!input_open(&in, *opts.file, opts.copy))
		status = run(&opts, &in);
	if (input_close(&in))
		status = DIFF_TROUBLE;
	return status;
}
