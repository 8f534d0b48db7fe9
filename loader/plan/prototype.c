// SPDX-License-Identifier: GPL-2.0-only
#include "prototype.h"

#include <stdbool.h>
#include <string.h>
#include "../../bpf/bpfpath.h"

/* No prototype is known: as the line says, or the first argument. */
static const char *guess_args(const struct func *func, struct args *args)
{
	int reg = func->arg ? func->arg : 1;

	if (func->kind == FUNC_FOUND && !func->arg)
		return "its arguments are not known (no BTF)";
	if (reg > ABI_REGS)
		return "the argument is not in a register";
	memset(args, 0, sizeof(*args));
	args->count = 1;
	args->packets[0].reg = reg;
	args->packets[0].deref = func->deref;
	return NULL;
}

/* Takes the argument that the line names, if a packet can be there. */
static bool take_arg(const struct prototype *proto, const struct func *func,
		     struct args *args)
{
	enum btf_arg kind;
	int reg;

	kind = args_at(proto->btf, proto->id, proto->convention, func->arg,
		       &reg);
	if (!reg ||
	    (kind != ARG_SKB && kind != ARG_SKB_PTR && kind != ARG_VOID_PTR))
		return false;
	args->count = 1;
	args->packets[0].reg = reg;
	args->packets[0].deref =
		kind == ARG_VOID_PTR ? func->deref : kind == ARG_SKB_PTR;
	return true;
}

const char *prototype_args(const struct prototype *proto, const struct func *func,
			   struct args *args)
{
	if (!proto->btf || func->verdict == VERDICT_CALLEE)
		return guess_args(func, args);
	args_find(proto->btf, proto->id, proto->convention, args);
	if (func->arg && take_arg(proto, func, args))
		return NULL;
	if (!args->count)
		return "takes no packet";
	if (func->verdict || func->arg)
		args->count = 1;
	return NULL;
}
