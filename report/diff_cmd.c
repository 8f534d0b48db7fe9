// SPDX-License-Identifier: GPL-2.0-only
#include "diff_cmd.h"
#include "options.h"
#include "read/input.h"
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

/* Is there a form of that name for differences? Says so when there is none. */
bool diff_has_form(const char *name)
{
	if (diff_form(name))
		return true;
	warnx("no output form '%s' of a difference: it is one of text, json",
	      name);
	return false;
}

static void put_usage(void)
{
	fputs("usage: pathreport --diff [-o text|json] [-q] [-v] GOOD BAD\n",
	      stderr);
}

static const struct command command = {
	.letters = ":o:qv",
	.two = true,
	.has_form = diff_has_form,
	.usage = put_usage,
};

/* Incomplete ones are compared only where there is no complete one. */
static int gather(struct output *o, const struct family *f)
{
	struct ways *ways = o->gathered;
	int err = ways_add(ways, f);

	ways->complete_only |= f->state != PATH_INCOMPLETE;
	return err;
}

/* Reads all of a file into side, whose notes live as long as *records. */
static int read_side(struct side *side, struct input *in,
		     struct records **records)
{
	static const struct form form = { .name = "ways", .gather = gather };
	struct output o = { .file = stdout, .gathered = &side->ways };

	side->name = in->name;
	*records = records_new(input_read, in);
	if (!*records) {
		warn("%s", in->name);
		return -ENOMEM;
	}
	side->notes = &(*records)->notes;
	switch (report_run(*records, in->name, &form, &o)) {
	case REPORT_PRINTED:
		return 0;
	case REPORT_NO_PACKET:
		warnx("%s: holds no packet", in->name);
		return -ENODATA;
	default:
		return -EINVAL;
	}
}

static int read_file(struct side *side, const char *name,
		     struct records **records)
{
	struct input in;
	int err = input_open(&in, name, NULL);

	if (!err)
		err = read_side(side, &in, records);
	input_close(&in);
	return err;
}

/* Prints what is different between GOOD and BAD. */
enum diff_status diff_print(diff_print_fn print, const struct output *o,
			    struct side sides[2])
{
	enum diff_status status = DIFF_TROUBLE;
	struct groups g;

	if (groups_compare(&g, sides)) {
		warnx("%s", strerror(ENOMEM));
	} else {
		print(o, &g);
		status = g.same ? DIFF_SAME : DIFF_OTHER;
	}
	groups_free(&g);
	return status;
}

static enum diff_status print(const struct options *opts,
			      struct side sides[2])
{
	struct output o = {
		.file = stdout,
		.quiet = opts->quiet,
		.verbose = opts->verbose,
	};

	term_find(&o.term, STDOUT_FILENO);
	return diff_print(diff_form(opts->form), &o, sides);
}

static enum diff_status compare(const struct options *opts)
{
	struct names names = { .root = NULL };
	struct side sides[2] = {
		{ .ways.names = &names }, { .ways.names = &names }
	};
	struct records *records[2] = { NULL, NULL };
	enum diff_status status = DIFF_TROUBLE;

	if (!read_file(&sides[GOOD], opts->file[GOOD], &records[GOOD]) &&
	    !read_file(&sides[BAD], opts->file[BAD], &records[BAD]))
		status = print(opts, sides);
	ways_free(&sides[GOOD].ways);
	ways_free(&sides[BAD].ways);
	records_free(records[GOOD]);
	records_free(records[BAD]);
	names_free(&names);
	return status;
}

/*
 * Compares the paths of two files, which the arguments behind argv[0] name,
 * and prints what is different. stdout is the caller's to close.
 */
int diff_cmd(int argc, char **argv)
{
	struct options opts = { .form = "text" };

	if (options_parse(&opts, &command, argc, argv))
		return DIFF_TROUBLE;
	return compare(&opts);
}
