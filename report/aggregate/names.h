/* SPDX-License-Identifier: GPL-2.0-only */
/* Strings that are kept once each: two that are equal are the same pointer. */
#ifndef NAMES_H
#define NAMES_H

#include <stdbool.h>

struct names {
	void *root;	/* of tsearch(3) */
	bool failed;	/* there was no memory for one of them */
};

const char *names_keep(struct names *names, const char *name);
void names_free(struct names *names);

#endif /* NAMES_H */
