/* SPDX-License-Identifier: GPL-2.0-only */
/* Which program a probe gets, and what that is told of its function. */
#ifndef ATTACH_TARGET_H
#define ATTACH_TARGET_H

#include <stdbool.h>

#include "../kernel/prog.h"
#include "../plan/plan.h"

/*
 * The path of the probe's object below @dir, to be freed: the object that was compiled
 * for this function alone, if there is one, and @own; else the one for all. NULL: no
 * memory.
 */
char *target_object(const struct probe *probe, const char *dir, bool own);

/* A number: probes of one object with the same number can share one program. */
int target_group(const struct probe *probe);

/*
 * Sets @target's constants, to be freed by consts_free(), by the probe; where a program
 * is for many probes, any of them does. 0 or -ENOMEM.
 */
int target_constants(const struct probe *probe, struct target *target);

#endif /* ATTACH_TARGET_H */
