/* SPDX-License-Identifier: GPL-2.0-only */
/* What the program of a probe is, and what it is told of its function. */
#ifndef ATTACH_TARGET_H
#define ATTACH_TARGET_H

#include "../kernel/prog.h"
#include "../plan/plan.h"

/*
 * The path of the probe's object below @dir, malloc'ed: one that was compiled for
 * this function alone, if there is one; or that for all. NULL: no memory.
 */
char *target_object(const struct probe *probe, const char *dir);

/* Probes of one object whose programs are told different things: a number. */
int target_group(const struct probe *probe);

/*
 * Sets @target's constants by the probe, or, where a program is for many, by any of
 * them. 0 or -ENOMEM. They are to be freed by consts_free().
 */
int target_constants(const struct probe *probe, struct target *target);

#endif /* ATTACH_TARGET_H */
