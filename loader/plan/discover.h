/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds the functions that take a packet. BTF of vmlinux and of the modules tells
 * which there are and where the packet is; kallsyms tells which of them exist as code
 * of their own. A prototype in BTF is that of the symbol in the same module. A variant
 * that the compiler made is in BTF only when its arguments are where the prototype
 * says (resolve.c).
 */
#ifndef DISCOVER_H
#define DISCOVER_H

#include <stdint.h>

#include "../btf/args.h"
#include "../btf/btfs.h"
#include "../syms/ksyms.h"
#include "noise.h"

struct found {
	const char *name;	/* as long as the btf_set lives */
	const char *module;	/* "": vmlinux */
	enum noise noise;
	struct args args;
	const struct ksym *sym;	/* NULL: only inlined in others */
	unsigned int marks;	/* probeable.h */
};

struct discovery {
	struct found *list;	/* by name, then by module */
	uint32_t count;
	int marked;		/* probeable_mark() has marked what is traceable */
};

/*
 * Finds all of them: 0 and *discovery, to be freed by discovery_free(), or -ENOMEM.
 * Without BTF it is empty.
 */
int discover(struct btf_set *btfs, const struct ksyms *syms,
	     struct discovery **discovery);
void discovery_free(struct discovery *discovery);

/* The function @name of @module, or NULL. */
struct found *discovery_find(const struct discovery *discovery,
			     const char *name, const char *module);

#endif /* DISCOVER_H */
