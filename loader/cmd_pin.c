// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload pin: makes the maps that OBJECT asks for, unless they are there, and pins them
 * below DIR (on a bpffs); loads the program for each NAME, with that one's constants, and
 * pins it as DIR/NAME. --map-size: a MAP that is made gets so many entries (a ring: bytes)
 * instead of what OBJECT says. --map-entry adds an entry to MAP, whose keys are one or two
 * numbers of 32 bits and whose values are one.
 */
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../lib/digits.h"
#include "cmd.h"
#include "kernel/sys.h"
#include "settings.h"

enum { MAP_SIZE = 1, MAP_ENTRY };

static const struct option long_options[] = {
	SETTINGS_OPTIONS,
	{ "map-size", required_argument, NULL, MAP_SIZE },
	{ "map-entry", required_argument, NULL, MAP_ENTRY },
	{ NULL, 0, NULL, 0 },
};

static int usage(void)
{
	warnx("usage: bpfload pin " SETTINGS_USAGE
	      " [--map-size MAP=ENTRIES]... "
	      "[--map-entry MAP:KEY[,KEY]=NUMBER]... "
	      "DIR OBJECT [NAME[,CONSTANT=NUMBER]...]");
	return -EINVAL;
}

/* A number of 32 bits up to @end, which is passed then. 0 or -EINVAL. */
static int take_u32(const char **at, char end, uint32_t *number)
{
	uint64_t value;
	const char *stop = digits_take(*at, 10, UINT_MAX, &value);

	if (!stop || *stop != end)
		return -EINVAL;
	*number = value;
	*at = stop + 1;
	return 0;
}

static int resize(struct object *obj, char *wish)
{
	char *equals = strchr(wish, '=');
	const char *number = equals ? equals + 1 : NULL;
	uint32_t entries;

	if (!number)
		return usage();
	*equals = '\0';
	if (take_u32(&number, '\0', &entries) || !entries) {
		warnx("pin: --map-size %s '%s': not a number of entries", wish,
		      equals + 1);
		return -EINVAL;
	}
	object_resize(obj, wish, entries);
	return 0;
}

static int add_entry(const struct bound *bound, const char *text)
{
	const char *at = text + strcspn(text, ":");
	uint32_t key[2] = {}, value;
	char name[OBJ_NAME_LEN];
	int fd, err;

	snprintf(name, sizeof(name), "%.*s", (int)(at - text), text);
	fd = bound_map(bound, name);
	if (fd < 0 || !*at++ ||
	    (strchr(at, ',') && take_u32(&at, ',', &key[0])) ||
	    take_u32(&at, '=', &key[strchr(text, ',') != NULL]) ||
	    take_u32(&at, '\0', &value)) {
		warnx("pin: --map-entry '%s': no entry of a map", text);
		return -EINVAL;
	}
	err = sys_map_update(fd, key, &value);
	if (err)
		warnx("pin: --map-entry '%s': %s", text, strerror(-err));
	return err;
}

/* The options' further readings: @what of them is done. */
static int each_option(int argc, char **argv, int what, struct object *obj,
		       const struct bound *bound)
{
	int option, err = 0;

	optind = 1;
	while (!err &&
	       (option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		if (option != what)
			continue;
		err = what == MAP_SIZE ? resize(obj, optarg) :
				      add_entry(bound, optarg);
	}
	return err;
}

static int pin_program(int fd, const char *dir, const char *name)
{
	char path[PATH_MAX];
	int err = 0;

	if (snprintf(path, sizeof(path), "%s/%s", dir, name) >= PATH_MAX)
		err = -ENAMETOOLONG;
	if (!err)
		err = sys_pin(fd, path);
	if (err)
		warnx("program '%s': pin it as %s: %s", name, path,
		      strerror(-err));
	return err;
}

/* @wish: NAME and its constants, which is cut up. */
static int load_and_pin(const struct bound *bound, const char *dir, char *wish)
{
	const char *name = strsep(&wish, ","), *constant;
	struct target target = {};
	int fd = 0, err;

	while (!fd && (constant = strsep(&wish, ",")))
		fd = settings_constant(constant, &target.consts);
	if (!fd)
		fd = prog_load(bound, &target);
	consts_free(&target.consts);
	if (fd < 0)
		return fd;
	err = pin_program(fd, dir, name);
	close(fd);
	return err;
}

/* @words: DIR OBJECT [NAME]... Gives the exit status. */
static int pin(const struct settings *settings, char **words, int argc,
	       char **argv)
{
	struct binding binding = settings_binding(settings, words[0]);
	struct bound bound = {};
	struct object *obj;
	int status = 0;

	binding.create = 1;
	if (object_open(words[1], &obj))
		return 1;
	if (each_option(argc, argv, MAP_SIZE, obj, NULL)) {
		object_free(obj);
		return 2;
	}
	if (bound_bind(obj, &binding, &bound))
		return 1;
	if (each_option(argc, argv, MAP_ENTRY, NULL, &bound))
		status = 2;
	for (char **wish = words + 2; !status && *wish; wish++)
		status = load_and_pin(&bound, words[0], *wish) != 0;
	bound_close(&bound);
	return status;
}

int cmd_pin(int argc, char **argv)
{
	struct settings settings = {};
	int option, err = 0, status;

	while (!err &&
	       (option = getopt_long(argc, argv, "", long_options, NULL)) != -1)
		if (option != MAP_SIZE && option != MAP_ENTRY)
			err = settings_option(option, optarg, &settings);
	if (err > 0 || argc - optind < 2)
		err = usage();
	status = err ? 2 : pin(&settings, argv + optind, argc, argv);
	settings_free(&settings);
	return status;
}
