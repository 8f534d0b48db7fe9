/* SPDX-License-Identifier: GPL-2.0-only */
/* Maps of a run: made and pinned once, then bound to each of its objects. */
#ifndef MAP_H
#define MAP_H

#include <stdint.h>

#include "../elf/object.h"
#include "../lib/consts.h"

/* The functions of bpf/fields.h, by their names. A run without fields never comes to them. */
#define FIELD_FUNCS	2
extern const char *const field_funcs[FIELD_FUNCS];

/* What an object is bound to. */
struct binding {
	const char *dir;	/* where the run's maps are pinned */
	int create;		/* 1: maps that are not there yet are made, and pinned */
	const struct consts *consts;	/* the run's constants */
	const struct obj_prog *funcs;	/* functions that programs call and no object
					   has; one without name: there is none */
	uint32_t func_count;
	const struct obj_prog *fields;	/* those of field_funcs; NULL, or one without name:
					   none is needed */
	int whole_log;		/* all of the verifier's log instead of its end */
};

/*
 * Opens the maps that @obj asks for by their pins, @binding->dir/NAME, which must have
 * the same shape. With @binding->create it makes and pins those that are not there. @fds
 * gets a descriptor for each map, or -1 for a map that this run does not need
 * (bpf/constants.def). 0 or -errno, and has said which map failed; then no descriptor
 * is left open.
 */
int maps_bind(const struct object *obj, const struct binding *binding, int *fds);

/* Opens one pinned map by name. A descriptor or -errno, and has said why. */
int map_open(const char *dir, const char *name);

/* Closes the @count descriptors that maps_bind() has opened; passes over -1. */
void maps_close(int *fds, uint32_t count);

#endif /* MAP_H */
