/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Writes JSON (RFC 8259) as it comes; the caller sees to the nesting. Inside an
 * object each value has a key; elsewhere the key is NULL.
 */
#ifndef JSONW_H
#define JSONW_H

#include "../path/path.h"

#include <stdio.h>

struct jsonw {
	FILE *out;
	bool comma;	/* the next value or key is not the first one here */
};

void jsonw_open(struct jsonw *w, const char *key, char bracket);
void jsonw_close(struct jsonw *w, char bracket);
void jsonw_string(struct jsonw *w, const char *key, const char *s);
void jsonw_integer(struct jsonw *w, const char *key, uint64_t value);
void jsonw_number(struct jsonw *w, const char *key, struct number n);
void jsonw_bool(struct jsonw *w, const char *key, bool value);
void jsonw_null(struct jsonw *w, const char *key);
void jsonw_loss(struct jsonw *w, enum how how, const char *verdict, bool done);
void jsonw_complete(struct jsonw *w, enum path_state state);

#endif /* JSONW_H */
