// SPDX-License-Identifier: GPL-2.0-only
#include "options.h"
#include "input/digits.h"

#include <err.h>
#include <errno.h>
#include <unistd.h>

static int wrong(const struct command *cmd)
{
	cmd->usage();
	return -EINVAL;
}

/* Takes one option as getopt(3) gives it. Returns 0 or -EINVAL. */
static int take_option(struct options *opts, const struct command *cmd,
		       int option)
{
	switch (option) {
	case 'o':
		opts->form = optarg;
		return cmd->has_form(optarg) ? 0 : -EINVAL;
	case 'C':
		opts->columns = optarg;
		return 0;
	case 'D':
		opts->data = optarg;
		return 0;
	case 'W':
		opts->copy = optarg;
		return 0;
	case 'B':
		opts->baseline = optarg;
		return 0;
	case 'N':
		if (!digits_parse(&opts->learn, optarg, 10) && opts->learn)
			return 0;
		warnx("-N '%s': must be a number from 1 on", optarg);
		return -EINVAL;
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
	return wrong(cmd);
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

int options_parse(struct options *opts, const struct command *cmd, int argc,
		  char **argv)
{
	int option, err;

	while ((option = getopt(argc, argv, cmd->letters)) != -1) {
		err = take_option(opts, cmd, option);
		if (err)
			return err;
	}
	opts->file = argv + optind;
	return count_files(cmd, argc - optind, opts->file);
}
