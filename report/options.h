/* SPDX-License-Identifier: GPL-2.0-only */
/* The arguments of pathreport's commands. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

/* What a command takes. */
struct command {
	const char *letters;	/* getopt_long(3); it begins with ":" */
	bool two;		/* it takes two files; else one at most */
	bool (*has_form)(const char *name);	/* says so if there is none */
	void (*usage)(void);	/* to stderr */
};

/* What the arguments ask for. */
struct report_options {
	const char *form;
	const char *columns, *data, *copy, *baseline;	/* NULL: not given */
	uint64_t learn;		/* 0: not given */
	bool quiet, verbose;
	char **file;		/* those named, then NULL */
};

/*
 * Takes the arguments behind argv[0], which are to outlive opts. opts holds the
 * defaults before. Returns 0 or -EINVAL, and says the first thing that is wrong.
 */
int options_parse(struct report_options *opts, const struct command *cmd,
		  int argc, char **argv);

#endif /* OPTIONS_H */
