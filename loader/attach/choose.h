/* SPDX-License-Identifier: GPL-2.0-only */
/* Which mechanism a run uses: the one that is wished for, or the best. */
#ifndef CHOOSE_H
#define CHOOSE_H

#include "mechanisms.h"

enum { STATUS_USAGE = 2, STATUS_CANNOT = 4 };

/*
 * @wish: a mechanism's name, or "auto", which says on stderr what it chose
 * unless @quiet. With @many functions it matters how fast they are attached
 * and how cheap each is; with few, each has an object of its own and is a
 * kprobe. 0 and *chosen, or an exit status, and has said why.
 */
int choose_attach(const char *wish, int many, int quiet,
		  const struct mechanism **chosen);
int choose_read(const char *wish, int quiet, const struct mechanism **chosen);

#endif /* CHOOSE_H */
