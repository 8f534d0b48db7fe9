// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as a list of functions; what is taken keeps to the rules. Built
 * and run with
 *
 *	clang -g -D_GNU_SOURCE -fsanitize=fuzzer,address,undefined -o fuzz \
 *		selftests/fuzz/fuzz_funcs.c loader/{funcs,funcs_index,file}.c
 *	./fuzz -close_fd_mask=2 CORPUS
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../bpf/bpfpath.h"
#include "../../loader/funcs.h"

#define NAME_CHARS \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_."

static int is_sound(const struct func *func)
{
	return func->num >= 1 && func->num < MAX_FUNCS && *func->name &&
	       !func->name[strspn(func->name, NAME_CHARS)] &&
	       !func->group[strspn(func->group, NAME_CHARS)] &&
	       func->fin >= FIN_NO && func->fin <= FIN_DROPPED &&
	       func->arg >= 0 && func->arg <= FUNC_ARGS &&
	       (!func->deref || func->arg);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct funcs *funcs;
	__u32 i;

	if (funcs_parse("fuzz", data, size, &funcs))
		return 0;
	for (i = 0; i < funcs->count; i++)
		if (!is_sound(&funcs->funcs[i]))
			abort();
	funcs_free(funcs);
	return 0;
}
