// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as a list of functions; what is taken keeps to the rules.
 */
#include "../../../bpf/bpfpath.h"
#include "../../../loader/plan/funcs.h"
#include "../fuzz.h"

#define NAME_CHARS \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_."

#define GLOB_CHARS	NAME_CHARS "*?[]-^!"

static int is_sound(const struct func *func)
{
	const char *chars = func->kind == FUNC_NAMED ? NAME_CHARS : GLOB_CHARS;

	return func->num >= 1 && func->num < MAX_FUNCS && *func->name &&
	       !func->name[strspn(func->name, chars)] &&
	       !func->group[strspn(func->group, chars)] &&
	       func->verdict >= VERDICT_NONE && func->verdict <= VERDICT_DROPPED &&
	       func->arg >= 0 && func->arg <= FUNC_ARGS &&
	       (!func->deref || func->arg);
}

/* A line of its own is found by its name, a glob is not. */
static int is_found(const struct funcs *funcs, const struct func *func)
{
	const struct func *found;

	found = funcs_find(funcs, func->name, *func->group != '\0');
	return func->kind == FUNC_NAMED ? found == func : found != func;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct funcs *funcs;
	uint32_t i;

	if (funcs_parse("fuzz", data, size, &funcs))
		return 0;
	for (i = 0; i < funcs->count; i++) {
		fuzz_check(is_sound(&funcs->funcs[i]));
		fuzz_check(is_found(funcs, &funcs->funcs[i]));
		funcs_excluded(funcs, &funcs->funcs[i]);
	}
	funcs_free(funcs);
	return 0;
}
