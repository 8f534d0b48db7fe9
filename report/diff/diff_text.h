/* SPDX-License-Identifier: GPL-2.0-only */
/* Parts of the text that tells what is different between two packets. */
#ifndef DIFF_TEXT_H
#define DIFF_TEXT_H

#include "comparison.h"

/* Prints the steps of both packets or relatives, common parts folded. */
void diff_steps(const struct output *o, const struct comparison *g,
		const struct diff *d);

/* Prints a table of what differs, or nothing where nothing does. */
void diff_table(const struct output *o, const struct comparison *g,
		const struct diff *d);

#endif /* DIFF_TEXT_H */
