/* SPDX-License-Identifier: GPL-2.0-only */
/* Maps of a run: made and pinned once, then bound to each of its objects. */
#ifndef MAP_H
#define MAP_H

#include "../elf/object.h"

/*
 * Makes the maps that @obj asks for and pins each as @dir/NAME. A pin that is
 * there already is taken if it has the same shape. @fds gets a descriptor for
 * each map. 0 or -errno, and has said which map failed; then no descriptor is
 * left open.
 */
int maps_pin(const struct object *obj, const char *dir, int *fds);

/* The same for maps that must be there already: re-binding. */
int maps_bind(const struct object *obj, const char *dir, int *fds);

/* Opens one pinned map by name. A descriptor or -errno, and has said why. */
int map_open(const char *dir, const char *name);

void maps_close(int *fds, __u32 count);

#endif /* MAP_H */
