/* SPDX-License-Identifier: GPL-2.0-only */
/* Chooses the mechanism of a run: the one that the user names, or the best. */
#ifndef CHOOSE_H
#define CHOOSE_H

#include <stdbool.h>

#include "mechanisms.h"

enum { STATUS_USAGE = 2, STATUS_CANNOT = 4 };

/* Is @wish the name of a mechanism to attach by, or "auto"? If not, says so. */
bool choose_is_attach(const char *wish);

/*
 * @wish: a mechanism's name, or "auto": the best, which is said on stderr unless
 * @quiet. With @many functions it matters how fast they are attached and how cheap each
 * is; with few, kprobe comes first, where each function has an object of its own. 0 and
 * *chosen, or an exit status, and has said why.
 */
int choose_attach(const char *wish, int many, int quiet,
		  const struct mechanism **chosen);
int choose_read(const char *wish, int quiet, const struct mechanism **chosen);

#endif /* CHOOSE_H */
