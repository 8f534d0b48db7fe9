/* SPDX-License-Identifier: GPL-2.0-only */
/* pathreport --diff, pathreport --until-differs */
#ifndef DIFF_CMD_H
#define DIFF_CMD_H

#include "diff/groups.h"

/* Exit statuses, as those of diff(1). */
enum diff_status {
	DIFF_SAME,
	DIFF_OTHER,
	DIFF_TROUBLE,
};

/* Prints a difference in a form. */
typedef void (*diff_print_fn)(const struct output *o, const struct groups *g);

diff_print_fn diff_form(const char *name);
bool diff_has_form(const char *name);
FILE *diff_open(const char *name, FILE *out, const struct term *t);
enum diff_status diff_print(diff_print_fn print, const struct output *o,
			    struct side sides[2]);
int diff_read(const char *name, const struct form *form, void *context,
	      struct data *data, struct records **records);
int diff_cmd(int argc, char **argv);
int until_cmd(int argc, char **argv);	/* until_cmd.c */

#endif /* DIFF_CMD_H */
