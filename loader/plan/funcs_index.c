// SPDX-License-Identifier: GPL-2.0-only
/* The list of functions, by name. */
#include <err.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include "funcs.h"

/* Lines of their own first; then functions before tracepoints; then by name. */
static int func_compare(const struct func *left, const struct func *right)
{
	if (left->kind != right->kind &&
	    (left->kind == FUNC_NAMED || right->kind == FUNC_NAMED))
		return left->kind == FUNC_NAMED ? -1 : 1;
	if (!*left->group != !*right->group)
		return *left->group ? 1 : -1;
	return strcmp(left->name, right->name);
}

static int index_compare(const void *a, const void *b, void *list)
{
	const struct func *left = (const struct func *)list + *(uint32_t *)a;
	const struct func *right = (const struct func *)list + *(uint32_t *)b;
	int order = func_compare(left, right);

	if (order)
		return order;
	return left->num < right->num ? -1 : left->num > right->num;
}

/* One name, one line; a tracepoint's name does not depend on its group. */
static int check_duplicates(const char *name, const struct funcs *funcs)
{
	const struct func *func, *before;
	uint32_t i;

	for (i = 1; i < funcs->count; i++) {
		before = &funcs->funcs[funcs->by_name[i - 1]];
		func = &funcs->funcs[funcs->by_name[i]];
		if (func->kind != FUNC_NAMED)
			break;
		if (func_compare(before, func))
			continue;
		warnx("%s:%u: '%s%s%s' is in line %u already", name, func->num,
		      func->group, *func->group ? ":" : "", func->name,
		      before->num);
		return -EINVAL;
	}
	return 0;
}

int funcs_index(const char *name, struct funcs *funcs)
{
	uint32_t i;

	funcs->by_name = malloc((funcs->count + 1) * sizeof(uint32_t));
	if (!funcs->by_name)
		return -ENOMEM;
	for (i = 0; i < funcs->count; i++)
		funcs->by_name[i] = i;
	if (funcs->count)
		qsort_r(funcs->by_name, funcs->count, sizeof(uint32_t),
			index_compare, funcs->funcs);
	return check_duplicates(name, funcs);
}

const struct func *funcs_find(const struct funcs *funcs, const char *name,
			      int tracepoint)
{
	struct func key = { .kind = FUNC_NAMED };
	uint32_t low = 0, high = funcs->by_name ? funcs->count : 0, middle;
	const struct func *func;
	int order;

	if (strlen(name) >= sizeof(key.name))
		return NULL;
	strcpy(key.name, name);
	key.group[0] = tracepoint ? '-' : '\0';
	while (low < high) {
		middle = low + (high - low) / 2;
		func = &funcs->funcs[funcs->by_name[middle]];
		order = func_compare(func, &key);
		if (!order)
			return func;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

int funcs_excluded(const struct funcs *funcs, const struct func *func)
{
	const struct func *line;
	uint32_t i;

	for (i = 0; funcs->nots && i < funcs->count; i++) {
		line = &funcs->funcs[i];
		if (line->kind == FUNC_NOT && !*line->group == !*func->group &&
		    (func->kind == FUNC_FOUND || line->num > func->num) &&
		    !fnmatch(line->name, func->name, 0) &&
		    !fnmatch(line->group, func->group, 0))
			return 1;
	}
	return 0;
}
