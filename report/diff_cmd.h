/* SPDX-License-Identifier: GPL-2.0-only */
/* pathreport --diff, pathreport --until-differs */
#ifndef DIFF_CMD_H
#define DIFF_CMD_H

#include "diff/comparison.h"

/* Exit statuses, as those of diff(1). */
enum diff_status {
	DIFF_SAME,
	DIFF_OTHER,
	DIFF_TROUBLE,
};

/* Prints a difference in a form. */
typedef void (*diff_print_fn)(const struct output *o, const struct comparison *g);

/* The function that prints a difference in the form of that name. NULL: there is none. */
diff_print_fn diff_form(const char *name);

/* Is there a form of that name for differences? Says so when there is none. */
bool diff_has_form(const char *name);

/*
 * The stream to print the form of that name to: out, or one that breaks lines for the
 * terminal t that out is. wrap_end() is to follow.
 */
FILE *diff_open(const char *name, FILE *out, const struct term *t);

/* Prints what is different between GOOD and BAD. */
enum diff_status diff_print(diff_print_fn print, const struct output *o,
			    struct side sides[2]);

/*
 * Reads all of a file and hands its packets to form->family(), with that context.
 * *records, which the caller frees, holds the notes, which data uses from then on.
 * Returns 0 or -errno, and has said why.
 */
int diff_read(const char *name, const struct form *form, void *context,
	      struct data *data, struct records **records);

/*
 * Compares the paths of two files, which the arguments behind argv[0] name,
 * and prints what is different. stdout is the caller's to close.
 */
int diff_cmd(int argc, char **argv);

/*
 * Compares the packets that the arguments behind argv[0] name. Returns an enum
 * diff_status or, when there is no packet, REPORT_NO_PACKET.
 */
int until_cmd(int argc, char **argv);	/* until_cmd.c */

#endif /* DIFF_CMD_H */
