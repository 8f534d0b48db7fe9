// SPDX-License-Identifier: GPL-2.0-only
#include "read/input.h"
#include "report.h"
#include "until.h"

#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <unistd.h>

struct options {
	diff_print_fn print;
	const char *file, *copy;	/* NULL: stdin; no copy */
	bool quiet, verbose;
};

static int wrong(void)
{
	fputs("usage: pathreport --until-differs [-o text|json] [-W FILE] "
	      "[-q] [-v] [FILE]\n", stderr);
	return -EINVAL;
}

static int take_option(struct options *opts, int option)
{
	switch (option) {
	case 'o':
		opts->print = diff_form(optarg);
		return opts->print ? 0 : -EINVAL;
	case 'W':
		opts->copy = optarg;
		return 0;
	case 'q':
		opts->quiet = true;
		return 0;
	case 'v':
		opts->verbose = true;
		return 0;
	case ':':
		warnx("option '-%c' needs an argument", optopt);
		break;
	default:
		warnx("unknown option '-%c'", optopt);
		break;
	}
	return wrong();
}

static int parse_options(struct options *opts, int argc, char **argv)
{
	int option, err;

	while ((option = getopt(argc, argv, ":o:W:qv")) != -1) {
		err = take_option(opts, option);
		if (err)
			return err;
	}
	if (argc - optind > 1) {
		warnx("one FILE at most, but there is also '%s'",
		      argv[optind + 1]);
		return wrong();
	}
	opts->file = argv[optind];
	return 0;
}

/* Reads until a packet differs or the records end, and prints what was found. */
static int compare(const struct options *opts, struct records *records,
		   const char *name)
{
	struct until u = { .print = opts->print, .notes = &records->notes };
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
	if (status == REPORT_NO_PACKET && opts->file)
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
	struct options opts = { .print = diff_text };
	int status = DIFF_TROUBLE;
	struct input in;

	if (parse_options(&opts, argc, argv))
		return DIFF_TROUBLE;
	if (!input_open(&in, opts.file, opts.copy))
		status = run(&opts, &in);
	if (input_close(&in))
		status = DIFF_TROUBLE;
	return status;
}
