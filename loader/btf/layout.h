/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel.h: where the running kernel keeps what the probes read, as lines
 * "#define OFF_STRUCT_MEMBER BYTES": the struct and the path to the member in
 * capitals, with '_' for '.'. A bit field has BIT_STRUCT_MEMBER, bits from the
 * struct's start, and WIDTH_STRUCT_MEMBER. What this kernel has not is left out.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include <stdio.h>
#include "btf.h"

/* @vmlinux NULL: no BTF; writes "#define NO_LAYOUT 1". 0 or -errno. */
int layout_write(const struct btf *vmlinux, FILE *out);

/* One line: a member's offset; or two: a bit field's place and width in bits. */
void layout_member(const struct btf *btf, const char *strct,
		   const char *member, FILE *out);
void layout_bit_field(const struct btf *btf, const char *strct,
		      const char *member, FILE *out);

#endif /* LAYOUT_H */
