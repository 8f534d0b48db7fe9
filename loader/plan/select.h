/* SPDX-License-Identifier: GPL-2.0-only */
/* From the list of functions, with its globs, to the functions it means. */
#ifndef PLAN_SELECT_H
#define PLAN_SELECT_H

#include <stdbool.h>

#include "discover.h"
#include "funcs.h"

/*
 * Chooses the lines of @list that have a name, but for those that a line with "!"
 * takes away; then the functions that its globs find, or, with @all, every function
 * that is no noise, numbered after the last line in alphabetical order. A glob that
 * finds nothing is kept. FIN and ARG are those of a function's own line, else of the
 * first glob that finds it.
 *
 * 0 and *chosen, to be freed by funcs_free(), or -errno (-E2BIG: there are not
 * that many numbers), and has said why. @found may be NULL when
 * select_needs_discovery() says no.
 */
int select_funcs(const struct funcs *list, const struct discovery *found,
		 int all, struct funcs **chosen);

/* Has the list globs? */
bool select_needs_discovery(const struct funcs *list);

#endif /* PLAN_SELECT_H */
