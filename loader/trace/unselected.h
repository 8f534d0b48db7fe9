/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Packets that pass while none is selected (bpf/unselected.c), so that a run without a
 * packet can say why.
 */
#ifndef UNSELECTED_H
#define UNSELECTED_H

#include <stdint.h>
#include <stdio.h>

struct binding;

struct unselected {
	int links[2];		/* descriptors: what arrives, and what leaves; 0: none */
};

/*
 * Attaches the programs of the directory @objects, bound by @binding; without the kernel's
 * BTF none. Has said why if it cannot: then less is known.
 */
void unselected_begin(struct unselected *unselected, const char *objects,
		      const struct binding *binding);

/* Detaches them; what they have counted stays. Takes an all-zero one, too. */
void unselected_end(struct unselected *unselected);

/* A line of the table of a run without a packet (trace.h). */
void unselected_line(FILE *out, const char *what, uint64_t packets);

/* Writes what they have counted, by the maps that are pinned in @dir. 0 or -errno. */
int unselected_write(const char *dir, FILE *out);

#endif /* UNSELECTED_H */
