/* SPDX-License-Identifier: GPL-2.0-only */
/* Writes JSON (RFC 8259) as it comes; the caller sees to the nesting. */
#ifndef JSONW_H
#define JSONW_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct jsonw {
	FILE *out;
	bool comma;	/* the next value or key is not the first one here */
};

void jsonw_open(struct jsonw *w, char bracket);
void jsonw_close(struct jsonw *w, char bracket);
void jsonw_key(struct jsonw *w, const char *key);
void jsonw_string(struct jsonw *w, const char *s);
void jsonw_number(struct jsonw *w, uint64_t value);
void jsonw_bool(struct jsonw *w, bool value);
void jsonw_null(struct jsonw *w);

#endif /* JSONW_H */
