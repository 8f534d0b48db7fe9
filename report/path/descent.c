// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines of descent: the selected packet's is its number, 7; its children are
 * 7.1, 7.2, … in the order of their derivations, and those of 7.1 are 7.1.1, …
 */
#include "descent.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Clones of clones in a loop of bridges: a line must not grow for ever. */
#define LINE_LONGEST	128	/* bytes, of a parent's line */

/* A member without another line gets one of its number: 7.?3. */
static char *name_by_member(const struct family *f, uint64_t member)
{
	char *line;
	int len;

	if (member)
		len = asprintf(&line, "%" PRIu64 ".?%" PRIu64, f->packet, member);
	else
		len = asprintf(&line, "%" PRIu64, f->packet);
	return len < 0 ? NULL : line;
}

static char *name_by_parent(struct path *parent)
{
	char *line;

	parent->children++;
	if (asprintf(&line, "%s.%zu", parent->line, parent->children) < 0)
		return NULL;
	return line;
}

/*
 * Are children counted here? Without the selection, earlier children may be missing, or
 * have been printed before: no line must be given twice.
 */
static bool is_counting(const struct family *f, const struct path *parent)
{
	const struct path *selected = family_selected(f);

	return parent && selected && selected->origin &&
	       strlen(parent->line) <= LINE_LONGEST;
}

/* A parent has a lower number than its child: it has its line already. */
static int name_member(struct family *f, struct path *p)
{
	struct path *parent = NULL;
	uint64_t member;

	if (p->member && p->origin) {
		member = p->origin->parent.value;
		parent = sorted_find(&f->members, member);
		p->parent = parent ? strdup(parent->line) : name_by_member(f, member);
		if (!p->parent)
			return -ENOMEM;
	}
	p->line = is_counting(f, parent) ? name_by_parent(parent) :
					   name_by_member(f, p->member);
	return p->line ? 0 : -ENOMEM;
}

int descent_name(struct family *f)
{
	size_t i;
	int err = 0;

	for (i = 0; i < f->members.count && !err; i++)
		err = name_member(f, family_member(f, i));
	return err;
}
