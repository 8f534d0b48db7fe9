// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as classic BPF: what cbpf_check() takes, cbpf_write() writes. That
 * clang and the verifier take it too, selftests/filter/random.t tries. Built
 * and run with
 *
 *	clang -g -D_GNU_SOURCE -fsanitize=fuzzer,address,undefined -o fuzz \
 *		selftests/fuzz/fuzz_cbpf.c loader/cbpf_{c,check,text}.c
 *	./fuzz CORPUS
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../loader/filter/cbpf_c.h"

#define INSNS_MAX	512

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct cbpf_insn insns[INSNS_MAX];
	__u32 count = size / sizeof(*insns);
	char *text = NULL;
	size_t length;
	FILE *out;

	if (count > INSNS_MAX)
		return 0;
	memcpy(insns, data, count * sizeof(*insns));
	out = open_memstream(&text, &length);
	if (!cbpf_write("f", insns, count, out) == !!cbpf_check(insns, count))
		abort();
	fclose(out);
	free(text);
	return 0;
}
