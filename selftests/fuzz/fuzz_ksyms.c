// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as /proc/kallsyms; then each symbol is found by its name and by
 * its address. Built and run with
 *
 *	clang -g -D_GNU_SOURCE -fsanitize=fuzzer,address,undefined -o fuzz \
 *		selftests/fuzz/fuzz_ksyms.c loader/{ksyms,file}.c
 *	./fuzz -close_fd_mask=2 CORPUS
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../loader/syms/ksyms.h"

static void check_symbol(const struct ksyms *syms, const struct ksym *sym)
{
	const struct ksym *found = NULL;

	do {
		found = ksyms_find(syms, sym->name, found);
	} while (found && found != sym);
	if (!found)
		abort();
	for (found = NULL;
	     (found = ksyms_find_suffixed(syms, sym->name, found));)
		if (strlen(found->name) <= strlen(sym->name))
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const __u64 step = ~0ull / 64;
	const struct ksym *sym;
	struct ksyms *syms;
	__u64 addr;
	int i;

	if (ksyms_parse("fuzz", data, size, &syms))
		return 0;
	for (i = 1; i <= 64; i++) {
		addr = i * step;
		sym = ksyms_at(syms, addr);
		if (!sym)
			continue;
		if (sym->addr > addr || ksyms_hidden(syms))
			abort();
		check_symbol(syms, sym);
	}
	ksyms_free(syms);
	return 0;
}
