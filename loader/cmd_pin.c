// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload pin DIR OBJECT NAME: makes the maps that OBJECT asks for, unless
 * they are there, and pins them below DIR (on a bpffs); loads the program and
 * pins it as DIR/NAME.
 */
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "prog.h"
#include "sys.h"

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

int cmd_pin(int argc, char **argv)
{
	const struct target none = {};
	struct bound bound;
	int fd, error;

	if (argc != 4) {
		warnx("usage: bpfload pin DIR OBJECT NAME");
		return 2;
	}
	if (bound_open(argv[2], argv[1], 1, &bound))
		return 1;
	fd = prog_load(&bound, &none);
	bound_close(&bound);
	if (fd < 0)
		return 1;
	error = pin_program(fd, argv[1], argv[3]);
	close(fd);
	return error ? 1 : 0;
}
