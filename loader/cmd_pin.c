// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload pin [-m MAP=ENTRIES]... DIR OBJECT NAME: makes the maps that OBJECT
 * asks for, unless they are there, and pins them below DIR (on a bpffs); loads
 * the program and pins it as DIR/NAME. A MAP that is made gets that many entries
 * (a ring: bytes) instead of what OBJECT says.
 */
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "kernel/prog.h"
#include "kernel/sys.h"

static int usage(void)
{
	warnx("usage: bpfload pin [-m MAP=ENTRIES]... DIR OBJECT NAME");
	return -EINVAL;
}

static int resize(struct object *obj, char *wish)
{
	char *number = strchr(wish, '='), *end;
	unsigned long entries;

	if (!number)
		return usage();
	*number++ = '\0';
	errno = 0;
	entries = strtoul(number, &end, 10);
	if (errno || *end || !entries || entries > UINT_MAX) {
		warnx("pin: -m %s '%s': not a number of entries", wish, number);
		return -EINVAL;
	}
	object_resize(obj, wish, entries);
	return 0;
}

/* The options' second reading, now that the object is there. */
static int resize_all(struct object *obj, int argc, char **argv)
{
	int option, error = 0;

	optind = 1;
	while (!error && (option = getopt(argc, argv, "m:")) != -1)
		error = resize(obj, optarg);
	return error;
}

static int pin_program(int fd, const char *dir, const char *name)
{
	char path[PATH_MAX];
	int error = 0;

	if (snprintf(path, sizeof(path), "%s/%s", dir, name) >= PATH_MAX)
		error = -ENAMETOOLONG;
	if (!error)
		error = sys_pin(fd, path);
	if (error)
		warnx("program '%s': pin it as %s: %s", name, path,
		      strerror(-error));
	return error;
}

/* Loads what @obj has, which it frees. */
static int load_and_pin(struct object *obj, const char *dir, const char *name)
{
	const struct target none = {};
	struct bound bound;
	int fd, error;

	error = bound_bind(obj, dir, 1, &bound);
	if (error)
		return error;
	fd = prog_load(&bound, &none);
	bound_close(&bound);
	if (fd < 0)
		return fd;
	error = pin_program(fd, dir, name);
	close(fd);
	return error;
}

int cmd_pin(int argc, char **argv)
{
	struct object *obj;
	int option;

	while ((option = getopt(argc, argv, "m:")) != -1)
		if (option != 'm')
			return usage(), 2;
	if (argc - optind != 3)
		return usage(), 2;
	if (object_open(argv[optind + 1], &obj))
		return 1;
	if (resize_all(obj, argc, argv)) {
		object_free(obj);
		return 2;
	}
	return load_and_pin(obj, argv[optind], argv[optind + 2]) ? 1 : 0;
}
