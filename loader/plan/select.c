// SPDX-License-Identifier: GPL-2.0-only
#include "select.h"

#include <err.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "../../bpf/bpfpath.h"

bool select_needs_discovery(const struct funcs *list)
{
	return list->globs != 0;
}

/* The packet that a line asks for, or any. */
static bool has_arg(const struct found *found, int position)
{
	int i;

	for (i = 0; position && i < found->args.count; i++)
		if (found->args.packets[i].position == position)
			return true;
	return !position;
}

static int glob_matches(const struct func *glob, const struct found *found)
{
	return glob->kind == FUNC_GLOB && !found->noise &&
	       has_arg(found, glob->arg) &&
	       !fnmatch(glob->name, found->name, 0);
}

/* The first glob that finds it; NULL when there is none. */
static const struct func *find_glob(const struct funcs *list,
				    const struct found *found)
{
	uint32_t i;

	for (i = 0; list->globs && i < list->count; i++)
		if (glob_matches(&list->funcs[i], found))
			return &list->funcs[i];
	return NULL;
}

static int glob_finds_any(const struct func *glob,
			  const struct discovery *found)
{
	uint32_t i;

	for (i = 0; found && i < found->count; i++)
		if (glob_matches(glob, &found->list[i]))
			return 1;
	return 0;
}

/* The lines that stand for themselves, and globs in vain. */
static int add_lines(const struct funcs *list, const struct discovery *found,
		     struct funcs *chosen)
{
	const struct func *func;
	uint32_t i;
	int err = 0;

	for (i = 0; !err && i < list->count; i++) {
		func = &list->funcs[i];
		if ((func->kind == FUNC_NAMED && !funcs_excluded(list, func)) ||
		    (func->kind == FUNC_GLOB && !glob_finds_any(func, found)))
			err = funcs_add(chosen, func);
	}
	return err;
}

/* 1: it is to be added, as *func. */
static bool is_wanted(const struct funcs *list, const struct found *found,
		      int all, struct func *func)
{
	const struct func *glob = find_glob(list, found);

	if (found->noise || !found->sym || (!glob && !all) ||
	    funcs_find(list, found->name, 0))
		return false;
	memset(func, 0, sizeof(*func));
	if (glob) {
		func->verdict = glob->verdict;
		func->arg = glob->arg;
		func->deref = glob->deref;
	}
	func->kind = FUNC_FOUND;
	strcpy(func->name, found->name);
	return !funcs_excluded(list, func);
}

/* One function for each name, whatever modules have it. */
static int add_found(const struct funcs *list, const struct discovery *found,
		     int all, struct funcs *chosen)
{
	const char *last = "";
	struct func func;
	uint32_t i;
	int err = 0;

	for (i = 0; !err && i < found->count; i++) {
		if (!strcmp(found->list[i].name, last) ||
		    !is_wanted(list, &found->list[i], all, &func))
			continue;
		last = found->list[i].name;
		func.num = ++chosen->lines;
		err = funcs_add(chosen, &func);
	}
	return err;
}

int select_funcs(const struct funcs *list, const struct discovery *found,
		 int all, struct funcs **out)
{
	struct funcs *chosen = calloc(1, sizeof(*chosen));
	int err = chosen ? 0 : -ENOMEM;

	if (!err) {
		chosen->lines = list->lines;
		err = add_lines(list, found, chosen);
	}
	if (!err && found)
		err = add_found(list, found, all, chosen);
	if (!err && chosen->lines > list->lines && chosen->lines >= MAX_FUNCS) {
		warnx("list of functions: %u are too many, %d have a number; "
		      "take some away with '!NAME' or '!GLOB'",
		      chosen->lines, MAX_FUNCS - 1);
		err = -E2BIG;
	} else if (err) {
		warnx("list of functions: %s", strerror(-err));
	}
	if (err) {
		funcs_free(chosen);
		chosen = NULL;
	}
	*out = chosen;
	return err;
}
