// SPDX-License-Identifier: GPL-2.0-only
#include "args.h"

#include <stdbool.h>
#include <string.h>

/* A walk along the arguments of a prototype. */
struct arg_walk {
	const struct btf *btf;
	uint32_t proto;
	enum convention convention;
	int position;
	int used;		/* registers */
	int reg;		/* of the argument at position */
};

/* The same argument, counted from the first one of the prototype. */
static int walk_index(const struct arg_walk *walk)
{
	return walk->position + (walk->convention == CALL_TRACEPOINT);
}

/* Registers that the argument takes when there are enough of them. */
static int registers_needed(const struct arg_walk *walk)
{
	int64_t size;

	if (walk->convention == CALL_TRACEPOINT)
		return 1;
	size = btf_arg_size(walk->btf, walk->proto, walk_index(walk));
	if (size > 16)
		return walk->convention == CALL_ARM64;
	return size > 8 ? 2 : size > 0;
}

static void take_registers(struct arg_walk *walk)
{
	int all = walk->convention == CALL_X86_64 ? 6 : 8;
	int needed = registers_needed(walk);

	walk->reg = 0;
	if (needed && walk->used + needed <= all) {
		walk->reg = walk->used + 1;
		walk->used += needed;
	} else if (needed && walk->convention == CALL_ARM64) {
		walk->used = all;
	}
}

/* The next argument; ARG_NONE behind the last one. */
static enum btf_arg walk_next(struct arg_walk *walk)
{
	enum btf_arg kind;

	walk->position++;
	kind = btf_arg(walk->btf, walk->proto, walk_index(walk));
	if (kind != ARG_NONE)
		take_registers(walk);
	return kind;
}

static bool is_packet(enum btf_arg kind)
{
	return kind == ARG_SKB || kind == ARG_SKB_PTR;
}

/* Most functions have none: see before registers are counted. */
static bool has_packet(const struct btf *btf, uint32_t proto)
{
	enum btf_arg kind;
	int n = 0;

	do {
		kind = btf_arg(btf, proto, ++n);
	} while (kind != ARG_NONE && !is_packet(kind));
	return kind != ARG_NONE;
}

static void args_add(struct args *args, const struct arg_walk *walk,
		     enum btf_arg kind)
{
	if (is_packet(kind)) {
		args->packets[args->count].position = walk->position;
		args->packets[args->count].reg = walk->reg;
		args->packets[args->count].deref = kind == ARG_SKB_PTR;
		args->count++;
	} else if (kind == ARG_REASON && !args->reason) {
		args->reason = walk->reg;
	} else if (kind == ARG_VOID_PTR && !args->location) {
		args->location = walk->reg;
	}
}

int args_find(const struct btf *btf, uint32_t proto, enum convention convention,
	      struct args *args)
{
	struct arg_walk walk = {
		.btf = btf,
		.proto = proto,
		.convention = convention,
	};
	enum btf_arg kind;

	memset(args, 0, sizeof(*args));
	if (!has_packet(btf, proto))
		return 0;
	while ((kind = walk_next(&walk)) != ARG_NONE)
		if (walk.reg)
			args_add(args, &walk, kind);
	return args->count;
}

enum btf_arg args_at(const struct btf *btf, uint32_t proto,
		     enum convention convention, int position, int *reg)
{
	struct arg_walk walk = {
		.btf = btf,
		.proto = proto,
		.convention = convention,
	};
	enum btf_arg kind = ARG_NONE;

	while (walk.position < position)
		kind = walk_next(&walk);
	*reg = kind == ARG_NONE ? 0 : walk.reg;
	return kind;
}
