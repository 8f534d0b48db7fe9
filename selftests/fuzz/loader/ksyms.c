// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as /proc/kallsyms; then symbols are found by their addresses and
 * those by their names.
 */
#include "../../../loader/syms/ksyms.h"
#include "../fuzz.h"

static void check_symbol(const struct ksyms *syms, const struct ksym *sym)
{
	const struct ksym *found = NULL;

	do {
		found = ksyms_find(syms, sym->name, found);
	} while (found && found != sym);
	fuzz_check(found != NULL);
	for (found = NULL;
	     (found = ksyms_find_suffixed(syms, sym->name, found));)
		fuzz_check(strlen(found->name) > strlen(sym->name));
	found = ksyms_find_in(syms, sym->name, sym->module);
	fuzz_check(found && !strcmp(found->module, sym->module));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint64_t step = ~0ull / 64;
	const struct ksym *sym;
	struct ksyms *syms;
	int i;

	if (ksyms_parse("fuzz", data, size, &syms))
		return 0;
	for (i = 1; i <= 64; i++) {
		sym = ksyms_at(syms, i * step);
		if (!sym)
			continue;
		fuzz_check(sym->addr <= i * step && !ksyms_hidden(syms));
		check_symbol(syms, sym);
	}
	ksyms_free(syms);
	return 0;
}
