/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What fuzz targets share. A target is a file in loader/ or report/, after the
 * wing that it is linked with; libFuzzer calls its one function with bytes of any
 * kind. run.sh tells with which inputs it begins.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes as a string, to be freed; it ends where they do, or at a NUL. */
static inline char *fuzz_text(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	if (!text)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	return text;
}

/* What must be so. */
static inline void fuzz_check(int is_so)
{
	if (!is_so)
		abort();
}

#endif /* FUZZ_H */
