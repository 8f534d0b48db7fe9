// SPDX-License-Identifier: GPL-2.0-only
#include "options.h"
#include "../lib/digits.h"

#include <err.h>
#include <errno.h>
#include <getopt.h>

static int wrong(const struct command *cmd)
{
	cmd->usage();
	return -EINVAL;
}

/*
 * The letters are those of bpfpath.sh, whose users know them; what only that script
 * says has a name.
 */
enum { DATA = 256 };

static const struct option long_options[] = {
	{ "data", required_argument, NULL, DATA },
	{ NULL, 0, NULL, 0 },
};

/* word: in which getopt_long(3) has found it. Returns -EINVAL. */
static int wrong_option(const struct command *cmd, int option, const char *word)
{
	const char letter[] = { '-', optopt, '\0' };
	const char *name = optopt && optopt != DATA ? letter : word;

	if (option == ':')
		warnx("option '%s' needs an argument", name);
	else
		warnx("unknown option '%s'", name);
	return wrong(cmd);
}

/*
 * Takes one option as getopt_long(3) gives it, which was found in word. Returns 0 or
 * -EINVAL.
 */
static int take_option(struct report_options *opts, const struct command *cmd,
		       int option, const char *word)
{
	switch (option) {
	case 'o':
		opts->form = optarg;
		return cmd->has_form(optarg) ? 0 : -EINVAL;
	case 'C':
		opts->columns = optarg;
		return 0;
	case DATA:
		opts->data = optarg;
		return 0;
	case 'W':
		opts->copy = optarg;
		return 0;
	case 'B':
		opts->baseline = optarg;
		return 0;
	case 'N':
		if (!digits_read(optarg, 10, UINT64_MAX, &opts->learn) && opts->learn)
			return 0;
		warnx("-N '%s': must be a number from 1 on", optarg);
		return -EINVAL;
	case 'q':
		opts->quiet = true;
		return 0;
	case 'v':
		opts->verbose = true;
		return 0;
	}
	return wrong_option(cmd, option, word);
}

static int count_files(const struct command *cmd, int count, char **file)
{
	if (cmd->two && count != 2)
		warnx("two FILEs are needed, but there %s %d",
		      count == 1 ? "is" : "are", count);
	else if (!cmd->two && count > 1)
		warnx("one FILE at most, but there is also '%s'", file[1]);
	else
		return 0;
	return wrong(cmd);
}

int options_parse(struct report_options *opts, const struct command *cmd,
		  int argc, char **argv)
{
	int option, err;

	while ((option = getopt_long(argc, argv, cmd->letters, long_options,
				     NULL)) != -1) {
		err = take_option(opts, cmd, option, argv[optind - 1]);
		if (err)
			return err;
	}
	opts->file = argv + optind;
	return count_files(cmd, argc - optind, opts->file);
}
