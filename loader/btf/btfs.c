// SPDX-License-Identifier: GPL-2.0-only
#include "btfs.h"

#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "../../lib/grow.h"

struct module {
	char *name;
	struct btf *btf;
	bool asked_for;		/* its file has been read, or cannot be */
};

struct btf_set {
	char *path;		/* of the directory, or of vmlinux's file */
	bool is_file;
	struct btf *vmlinux;
	struct module *modules;	/* in alphabetical order */
	int count;
};

static int module_compare(const void *a, const void *b)
{
	const struct module *left = a, *right = b;

	return strcmp(left->name, right->name);
}

static int btfs_add(struct btf_set *set, const char *name)
{
	struct module *grown = grow(set->modules, set->count, sizeof(*grown));

	if (!grown)
		return -ENOMEM;
	set->modules = grown;
	memset(&grown[set->count], 0, sizeof(*grown));
	grown[set->count].name = strdup(name);
	if (!grown[set->count].name)
		return -ENOMEM;
	set->count++;
	return 0;
}

/* Each file but vmlinux is a module's. */
static int btfs_list_modules(struct btf_set *set)
{
	DIR *dir = opendir(set->path);
	struct dirent *entry;
	int err = 0;

	if (!dir)
		return -errno;
	while (!err && (entry = readdir(dir)))
		if (entry->d_name[0] != '.' &&
		    strcmp(entry->d_name, "vmlinux"))
			err = btfs_add(set, entry->d_name);
	closedir(dir);
	if (!err && set->count)
		qsort(set->modules, set->count, sizeof(*set->modules),
		      module_compare);
	return err;
}

/* A file that is there but wrong has been complained about: go on without. */
static struct btf *btfs_read(const struct btf_set *set, const char *name)
{
	char path[PATH_MAX];
	struct btf *btf;

	if (snprintf(path, sizeof(path), "%s%s%s", set->path,
		     set->is_file ? "" : "/", set->is_file ? "" : name) >=
	    (int)sizeof(path))
		return NULL;
	btf_open(path, set->vmlinux, &btf);
	return btf;
}

static bool is_regular(const char *path)
{
	struct stat stat_;

	return !stat(path, &stat_) && S_ISREG(stat_.st_mode);
}

int btfs_open(const char *path, struct btf_set **out)
{
	struct btf_set *set = calloc(1, sizeof(*set));
	int err = -ENOMEM;

	*out = NULL;
	if (set)
		set->path = strdup(path);
	if (!set || !set->path)
		goto cleanup;
	err = 0;
	set->is_file = is_regular(path);
	set->vmlinux = btfs_read(set, "vmlinux");
	if (set->vmlinux && !set->is_file)
		err = btfs_list_modules(set);
cleanup:
	if (err) {
		warnx("%s: %s", path, strerror(-err));
		btfs_free(set);
		return err;
	}
	*out = set;
	return 0;
}

void btfs_free(struct btf_set *set)
{
	int i;

	if (!set)
		return;
	for (i = 0; i < set->count; i++) {
		btf_free(set->modules[i].btf);
		free(set->modules[i].name);
	}
	free(set->modules);
	btf_free(set->vmlinux);
	free(set->path);
	free(set);
}

const struct btf *btfs_vmlinux(const struct btf_set *set)
{
	return set->vmlinux;
}

int btfs_module_count(const struct btf_set *set)
{
	return set->count;
}

const char *btfs_module_name(const struct btf_set *set, int n)
{
	return set->modules[n].name;
}

static const struct btf *btfs_nth(struct btf_set *set, int n)
{
	struct module *module = &set->modules[n];

	if (!module->asked_for)
		module->btf = btfs_read(set, module->name);
	module->asked_for = 1;
	return module->btf;
}

const struct btf *btfs_module(struct btf_set *set, const char *name)
{
	struct module key = { .name = (char *)name }, *found;

	if (!*name)
		return set->vmlinux;
	if (!set->count)
		return NULL;
	found = bsearch(&key, set->modules, set->count, sizeof(key),
			module_compare);
	return found ? btfs_nth(set, found - set->modules) : NULL;
}

uint32_t btfs_func(struct btf_set *set, const char *name, const char *module,
		   const struct btf **out)
{
	const struct btf *btf = btfs_module(set, module);
	uint32_t id = btf ? btf_find(btf, name, KIND_FUNC) : 0;

	if (!id || id < btf_first(btf))
		return 0;
	*out = btf;
	return id;
}
