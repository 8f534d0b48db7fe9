// SPDX-License-Identifier: GPL-2.0-only
#include "map.h"

#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "sys.h"

static int map_failed(const char *name, const char *what, int err)
{
	warnx("map '%s': %s: %s", name, what, strerror(-err));
	return err;
}

static int pin_path(char *path, const char *dir, const char *name)
{
	int len = snprintf(path, PATH_MAX, "%s/%s", dir, name);

	return len < PATH_MAX ? 0 : -ENAMETOOLONG;
}

static int differs(const char *name, const char *what, uint32_t pinned,
		   uint32_t asked)
{
	if (pinned == asked)
		return 0;
	warnx("map '%s': the pinned map has %s %u, the object asks for %u",
	      name, what, pinned, asked);
	return -EINVAL;
}

/*
 * A program that is bound to a map of another shape would read rubbish. It does
 * not see how many entries a hash table or a ring has.
 */
static int check_shape(int fd, const struct obj_map *map)
{
	struct map_shape is;
	int err = sys_map_shape(fd, &is);

	if (err)
		return map_failed(map->name, "ask for its shape", err);
	if (differs(map->name, "type", is.type, map->type) ||
	    differs(map->name, "key size", is.key_size, map->key_size) ||
	    differs(map->name, "value size", is.value_size, map->value_size) ||
	    (map->type == BPF_MAP_TYPE_ARRAY &&
	     differs(map->name, "entries", is.max_entries, map->max_entries)) ||
	    differs(map->name, "flags", is.flags, map->flags))
		return -EINVAL;
	return 0;
}

/* Before 5.11 the kernel says EPERM when a map is more than may be locked. */
static void explain_eperm(void)
{
	struct rlimit limit;

	if (!getrlimit(RLIMIT_MEMLOCK, &limit) &&
	    limit.rlim_cur != RLIM_INFINITY)
		warnx("RLIMIT_MEMLOCK could not be raised above %llu KiB, which maps count against before Linux 5.11",
		      (unsigned long long)limit.rlim_cur / 1024);
}

static int map_create(const struct obj_map *map, const char *path)
{
	struct map_shape shape = {
		.type = map->type,
		.key_size = map->key_size,
		.value_size = map->value_size,
		.max_entries = map->max_entries,
		.flags = map->flags,
	};
	int err, fd = sys_map_create(map->name, &shape);

	if (fd == -EPERM)
		explain_eperm();
	if (fd < 0)
		return map_failed(map->name, "create", fd);
	err = sys_pin(fd, path);
	if (err) {
		close(fd);
		warnx("map '%s': pin it as %s: %s", map->name, path,
		      strerror(-err));
		return err;
	}
	return fd;
}

static int map_get(const struct obj_map *map, const char *dir, int create)
{
	char path[PATH_MAX];
	int err, fd;

	err = pin_path(path, dir, map->name);
	if (err)
		return map_failed(map->name, "path of its pin", err);
	fd = sys_pin_get(path);
	if (fd == -ENOENT && create)
		return map_create(map, path);
	if (fd < 0)
		return map_failed(map->name, path, fd);
	err = check_shape(fd, map);
	if (err) {
		close(fd);
		return err;
	}
	return fd;
}

/* Maps that are there only where a constant is not 0. */
static const struct {
	const char *map, *constant;
} conditions[] = {
#define MAP(map, name)		{ #map, #name },
#include "../../bpf/constants.def"
};

static bool is_needed(const struct consts *consts, const char *map)
{
	uint64_t value = 0;

	for (size_t i = 0; i < sizeof(conditions) / sizeof(*conditions); i++) {
		if (strcmp(conditions[i].map, map))
			continue;
		consts_get(consts, conditions[i].constant, &value);
		return value != 0;
	}
	return true;
}

int maps_bind(const struct object *obj, const struct binding *binding, int *fds)
{
	for (uint32_t i = 0; i < obj->map_count; i++) {
		fds[i] = -1;
		if (!is_needed(binding->consts, obj->maps[i].name))
			continue;
		fds[i] = map_get(&obj->maps[i], binding->dir, binding->create);
		if (fds[i] < 0) {
			maps_close(fds, i);
			return fds[i];
		}
	}
	return 0;
}

int map_open(const char *dir, const char *name)
{
	char path[PATH_MAX];
	int err, fd;

	err = pin_path(path, dir, name);
	if (err)
		return map_failed(name, "path of its pin", err);
	fd = sys_pin_get(path);
	return fd < 0 ? map_failed(name, path, fd) : fd;
}

void maps_close(int *fds, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (fds[i] >= 0)
			close(fds[i]);
}
