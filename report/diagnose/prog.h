/* SPDX-License-Identifier: GPL-2.0-only */
/* The BPF program of somebody else that dropped a packet, in words. */
#ifndef DIAGNOSE_PROG_H
#define DIAGNOSE_PROG_H

#include "../path/path.h"

#include <stdio.h>

/*
 * The step of the program that dropped it: the last one of the path's first @count, behind
 * which are none but those of the drop, with a verdict that drops. NULL: none, or it is not
 * known.
 */
const struct record *prog_decided(const struct path *p, size_t count);

/*
 * Is there one program alone at the place where tc dropped the packet? The record of the
 * end tells of it, where not all programs could be steps.
 */
bool prog_attached(const struct path *p);

/* Prints "dropped at tcx ingress of lxc0, where program NAME (id 123) is attached alone". */
void prog_place(FILE *out, const struct record *end);

/* Prints "dropped by tc program NAME (id 123) at tcx ingress of lxc0: TC_ACT_SHOT". */
void prog_verdict(FILE *out, const struct record *step);

/* Prints the command that shows the program. */
void prog_next(FILE *out, const struct record *step);

/*
 * Prints " (id 123) tcx/ingress TC_ACT_SHOT", which follows the program's name; of Open
 * vSwitch ": output to port 2 (veth1)"; of other steps nothing.
 */
void prog_print(FILE *out, const struct record *step);

#endif /* DIAGNOSE_PROG_H */
