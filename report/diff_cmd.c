// SPDX-License-Identifier: GPL-2.0-only
#include "diff_cmd.h"
#include "format/wrap.h"
#include "options.h"
#include "input/input.h"
#include "report.h"

#include <err.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* What prints the form of that name, or NULL. */
diff_print_fn diff_form(const char *name)
{
	if (!strcmp(name, "text"))
		return diff_text;
	return strcmp(name, "json") ? NULL : diff_json;
}

bool diff_has_form(const char *name)
{
	if (diff_form(name))
		return true;
	warnx("no output form '%s' of a difference: it is one of text, json",
	      name);
	return false;
}

FILE *diff_open(const char *name, FILE *out, const struct term *t)
{
	return diff_form(name) == diff_text ? wrap_begin(out, t) : out;
}

static void put_usage(void)
{
	fputs("usage: pathreport --diff [-o text|json] [--data DIR] [-q] [-v] "
	      "GOOD BAD\n", stderr);
}

static const struct command command = {
	.letters = ":o:qv",
	.two = true,
	.has_form = diff_has_form,
	.usage = put_usage,
};

/* Incomplete ones are compared only where there is no complete one. */
static int take_family(struct output *o, const struct family *f)
{
	struct routes *routes = o->context;
	int err = routes_add(routes, f);

	routes->complete_only |= f->state != PATH_INCOMPLETE;
	return err;
}

static int read_input(struct input *in, const struct form *form,
		      struct output *o, struct records *records)
{
	switch (report_run(records, in->name, form, o)) {
	case REPORT_PRINTED:
		return 0;
	case REPORT_NO_PACKET:
		warnx("%s: holds no packet", in->name);
		return -ENODATA;
	default:
		return -EINVAL;
	}
}

int diff_read(const char *name, const struct form *form, void *context,
	      struct data *data, struct records **records)
{
	struct output o = {
		.file = stdout,
		.context = context,
		.quiet = true,
	};
	struct input in;
	int err = input_open(&in, name, NULL);

	*records = err ? NULL : records_new(input_read, &in);
	if (!err && !*records) {
		warn("%s", in.name);
		err = -ENOMEM;
	}
	if (!err) {
		data->notes = &(*records)->notes;
		err = read_input(&in, form, &o, *records);
	}
	input_close(&in);
	return err;
}

/* Reads all of a file into side, whose notes live as long as *records. */
static int read_side(struct side *side, struct data *data, const char *name,
		     struct records **records)
{
	static const struct form form = { .name = "routes", .family = take_family };
	int err = diff_read(name, &form, &side->routes, data, records);

	side->name = strcmp(name, "-") ? name : "stdin";
	side->notes = data->notes;
	return err;
}

enum diff_status diff_print(diff_print_fn print, const struct output *o,
			    struct side sides[2])
{
	enum diff_status status = DIFF_TROUBLE;
	struct comparison g;

	if (comparison_make(&g, sides)) {
		warnx("%s", strerror(ENOMEM));
	} else {
		print(o, &g);
		status = g.same ? DIFF_SAME : DIFF_OTHER;
	}
	comparison_free(&g);
	return status;
}

static enum diff_status print(const struct report_options *opts,
			      struct side sides[2])
{
	struct output o = {
		.quiet = opts->quiet,
		.verbose = opts->verbose,
	};
	enum diff_status status;

	term_find(&o.term, STDOUT_FILENO);
	o.file = diff_open(opts->form, stdout, &o.term);
	status = diff_print(diff_form(opts->form), &o, sides);
	wrap_end(o.file, stdout);
	return status;
}

static enum diff_status compare(const struct report_options *opts)
{
	struct names names = { .root = NULL };
	struct data data[2] = { { .notes = NULL } };
	struct side sides[2] = {
		{ .routes = { .names = &names, .data = &data[GOOD] } },
		{ .routes = { .names = &names, .data = &data[BAD] } },
	};
	struct records *records[2] = { NULL, NULL };
	enum diff_status status = DIFF_TROUBLE;

	if (opts->data)
		data_load(&data[GOOD], opts->data);
	/* the same tables, but notes of their own */
	data[BAD] = data[GOOD];
	if (!read_side(&sides[GOOD], &data[GOOD], opts->file[GOOD],
		       &records[GOOD]) &&
	    !read_side(&sides[BAD], &data[BAD], opts->file[BAD],
		       &records[BAD]))
		status = print(opts, sides);
	routes_free(&sides[GOOD].routes);
	routes_free(&sides[BAD].routes);
	records_free(records[GOOD]);
	records_free(records[BAD]);
	names_free(&names);
	data_free(&data[GOOD]);
	return status;
}

int diff_cmd(int argc, char **argv)
{
	struct report_options opts = { .form = "text" };

	if (options_parse(&opts, &command, argc, argv))
		return DIFF_TROUBLE;
	return compare(&opts);
}
