/* SPDX-License-Identifier: GPL-2.0-only */
/* What happened to a packet between its steps, in lines of their own. */
#ifndef FORMAT_EXTRAS_H
#define FORMAT_EXTRAS_H

#include "../path/path.h"
#include "term.h"

#include <stdio.h>

/* Where to print, and how far that is. */
struct extras {
	FILE *out;
	const struct term *term;
	size_t indent;		/* columns before each line */
	bool rules;		/* print what rules of firewalls said */
	size_t next;		/* of the path's extras; 0 at first */
};

/*
 * Prints the functions that worked for the packet (--aside), and the rules, that came
 * before the time @until, ns, and were not printed yet; all lines but rules in brackets
 * stand in parentheses.
 */
void extras_print(struct extras *extras, const struct path *p, uint64_t until);

#endif /* FORMAT_EXTRAS_H */
