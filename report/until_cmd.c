// SPDX-License-Identifier: GPL-2.0-only
#include "format/wrap.h"
#include "options.h"
#include "input/patient.h"
#include "input/input.h"
#include "report.h"
#include "until.h"

#include <err.h>
#include <errno.h>
#include <unistd.h>

static void put_usage(void)
{
	fputs("usage: pathreport --until-differs [-N PACKETS | -B GOOD] "
	      "[-o text|json] [--data DIR] [-W FILE] [-q] [-v] [FILE]\n", stderr);
}

static const struct command command = {
	.letters = ":o:B:N:W:qv",
	.has_form = diff_has_form,
	.usage = put_usage,
};

/* Reads the good packets, where they are in a file. False: it has said why. */
static bool read_baseline(struct until *u, struct data *data,
			  struct records **records)
{
	if (!u->baseline)
		return true;
	u->learn = UINT64_MAX;
	return !diff_read(u->baseline, &until_form, u, data, records) &&
	       until_compare(u, &(*records)->notes);
}

/* Reads until a packet differs or the records end, and prints what was found. */
static int compare_records(struct until *u, struct output *o,
			   struct records *records, const char *name,
			   const char *form, FILE *out)
{
	int status = DIFF_TROUBLE, read;

	term_find(&o->term, STDOUT_FILENO);
	o->file = diff_open(form, out, &o->term);
	read = report_run(records, name, &until_form, o);
	if (read == REPORT_NO_PACKET)
		status = REPORT_NO_PACKET;
	else if (read == REPORT_PRINTED)
		status = until_print(u, o);
	wrap_end(o->file, out);
	if (read == REPORT_PRINTED && !o->enough)
		summary_show(&o->tally, &records->notes, o->quiet);
	return status;
}

static int compare(const struct report_options *opts, struct records *records,
		   const char *name, FILE *out)
{
	struct data data = { .verdicts = { .count = 0 } };
	struct until u = {
		.print = diff_form(opts->form),
		.data = &data,
		.baseline = opts->baseline,
		.learn = opts->learn ? opts->learn : UNTIL_LEARN,
	};
	struct output o = {
		.quiet = opts->quiet,
		.verbose = opts->verbose,
		.context = &u,
	};
	struct records *good = NULL;
	int status = DIFF_TROUBLE;

	if (opts->data)
		data_load(&data, opts->data);
	if (read_baseline(&u, &data, &good)) {
		data.notes = &records->notes;
		status = compare_records(&u, &o, records, name,
					 opts->form, out);
	}
	until_free(&u);
	records_free(good);
	data_free(&data);
	return status;
}

static int run(const struct report_options *opts, struct input *in, FILE *out)
{
	struct records *records = records_new(input_read, in);
	int status;

	if (!records) {
		warn("%s", in->name);
		return DIFF_TROUBLE;
	}
	status = compare(opts, records, in->name, out);
	if (status == REPORT_NO_PACKET && *opts->file)
		warnx("%s: holds no packet", in->name);
	input_finish(in);
	records_free(records);
	return status;
}

int until_cmd(int argc, char **argv)
{
	struct report_options opts = { .form = "text" };
	int status = DIFF_TROUBLE;
	struct input in;
	FILE *out;

	if (options_parse(&opts, &command, argc, argv))
		return DIFF_TROUBLE;
	out = patient_open();
	if (!out) {
		warn("stdout");
		return DIFF_TROUBLE;
	}
	if (!input_open(&in, *opts.file, opts.copy))
		status = run(&opts, &in, out);
	if (fclose(out) && status != DIFF_TROUBLE) {
		if (errno != EPIPE)
			warn("stdout");
		status = DIFF_TROUBLE;
	}
	if (input_close(&in))
		status = DIFF_TROUBLE;
	return status;
}
