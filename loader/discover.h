/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the functions that take a packet: BTF of vmlinux and of the modules
 * says which there are and where the packet is, kallsyms which of them exist
 * as code of their own.
 */
#ifndef DISCOVER_H
#define DISCOVER_H

#include "args.h"
#include "btfs.h"
#include "ksyms.h"
#include "noise.h"

struct found {
	const char *name;	/* as long as the btf_set lives */
	const char *module;	/* "": vmlinux */
	enum noise noise;
	struct args args;
};

struct discovery {
	struct found *list;	/* by name, then by module */
	__u32 count;
};

/*
 * 0 and *discovery, to be freed by discovery_free(), or -ENOMEM. Without BTF
 * it is empty.
 */
int discover(struct btf_set *btfs, const struct ksyms *syms,
	     struct discovery **discovery);
void discovery_free(struct discovery *discovery);

#endif /* DISCOVER_H */
