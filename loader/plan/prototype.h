/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which arguments of a function are its packets: what its prototype says, or, where BTF
 * does not know it, the line of the list.
 */
#ifndef PROTOTYPE_H
#define PROTOTYPE_H

#include <stdint.h>

#include "../btf/args.h"
#include "funcs.h"

/* A prototype, and how its arguments are passed. */
struct prototype {
	const struct btf *btf;	/* NULL: the prototype is not known */
	uint32_t id;		/* of the FUNC_PROTO */
	enum convention convention;
};

/*
 * Finds the packets that a probe of @func is to see, and all else that it reads: *args,
 * registers counted from 1. A function that ends a packet's path, or whose line has an
 * ARG, has one packet. A line's ARG that is no packet here was made for another kernel:
 * then the first packet is taken. Returns NULL, or why there is none, a text for people.
 */
const char *prototype_args(const struct prototype *proto, const struct func *func,
			   struct args *args);

#endif /* PROTOTYPE_H */
