/* SPDX-License-Identifier: GPL-2.0-only */
/* Programs: from an object and a directory of pinned maps into the kernel. */
#ifndef PROG_H
#define PROG_H

#include "object.h"

/*
 * Loads the first program of @obj, bound to @map_fds (as maps_bind() gives
 * them). The section says what it is: "classifier" or "tc", "kprobe/…",
 * "raw_tracepoint/…" or "raw_tp/…". A descriptor or -errno, and has said why,
 * with the end of the verifier's log where the verifier refused.
 */
int prog_load(struct object *obj, const int *map_fds);

/*
 * Opens the object file, binds it to the maps pinned in @dir and loads it: a
 * descriptor or -errno, and has said why. With @create, maps that are not
 * there yet are made and pinned.
 */
int prog_load_file(const char *path, const char *dir, int create);

/* All of the verifier's log instead of its end (bpfpath.sh -v). */
extern int prog_whole_log;

#endif /* PROG_H */
