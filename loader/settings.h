/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What programs of a run are loaded with: the options for it that commands have in common
 *
 *	--constants FILE	constants (lib/consts.h)
 *	--set NAME=NUMBER	a constant that bpf/constants.def has
 *	--filter FILE		filters, and their constants (filter/wanted.h)
 *	--fields FILE		fields and --skb, and their constants (fields/fields.h)
 */
#ifndef SETTINGS_H
#define SETTINGS_H

#include <getopt.h>

#include "fields/fields.h"
#include "filter/wanted.h"
#include "kernel/prog.h"
#include "lib/consts.h"

/* For a command's table for getopt_long(3). The command's own options are below these. */
#define SETTINGS_OPTIONS \
	{ "constants", required_argument, NULL, SETTINGS_CONSTANTS }, \
	{ "set", required_argument, NULL, SETTINGS_SET }, \
	{ "filter", required_argument, NULL, SETTINGS_FILTER }, \
	{ "fields", required_argument, NULL, SETTINGS_FIELDS }
#define SETTINGS_USAGE \
	"[--constants FILE] [--set NAME=NUMBER]... [--filter FILE] [--fields FILE]"

enum { SETTINGS_CONSTANTS = 256, SETTINGS_SET, SETTINGS_FILTER, SETTINGS_FIELDS };

struct settings {
	struct consts consts;
	struct filters filters;
	struct fields fields;
};

/* Takes one of these options. 0; 1: it is none of them; -errno, and has said why. */
int settings_option(int option, const char *value, struct settings *settings);

/*
 * Sets a constant as --set does: NAME=NUMBER, where NAME is one of those that
 * bpf/constants.def gives to programs. 0; -errno, and has said why.
 */
int settings_constant(const char *text, struct consts *consts);

/* What programs are to be bound to: the settings, and the maps in @dir. */
struct binding settings_binding(const struct settings *settings,
				const char *dir);

/* Takes an all-zero one, too. */
void settings_free(struct settings *settings);

#endif /* SETTINGS_H */
