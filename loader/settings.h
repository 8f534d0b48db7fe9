/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What programs of a run are loaded with, as commands are told it:
 *
 *	-k FILE		constants (lib/consts.h)
 *	-c NAME=NUMBER	a constant
 *	-f FILE		filters, and their constants (filter/wanted.h)
 */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "filter/wanted.h"
#include "kernel/prog.h"
#include "lib/consts.h"

#define SETTINGS_OPTIONS	"k:c:f:"
#define SETTINGS_USAGE		"-k CONSTANTS [-c NAME=NUMBER]... [-f FILTER]"

struct settings {
	struct consts consts;
	struct filters filters;
};

/* Takes such an option. 0; 1: it is none of these; -errno, and has said why. */
int settings_option(int option, const char *value, struct settings *settings);

/* Sets a constant as "-c" does, NAME=NUMBER. 0; -errno, and has said why. */
int settings_constant(const char *text, struct consts *consts);

/* What programs are to be bound to: these, and the maps in @dir. */
struct binding settings_binding(const struct settings *settings,
				const char *dir);

/* Takes an all-zero one, too. */
void settings_free(struct settings *settings);

#endif /* SETTINGS_H */
