/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The list of output forms. One more form takes a file of its functions (struct form,
 * format/format.h), in format/, graphviz/ or stats/; their declarations (format/format.h, or a header beside the
 * file); a line in forms.c; and its name in scripts/options.sh, scripts/usage.sh,
 * packaging/completion/ and the man page.
 */
#ifndef FORMS_H
#define FORMS_H

#include "format/format.h"

extern const struct form forms[];	/* the last one's name is NULL */

/* The form of that name, or NULL. */
const struct form *form_find(const char *name);

/* Prints the names of all forms, with that text between two. */
void form_names(FILE *out, const char *between);

#endif /* FORMS_H */
