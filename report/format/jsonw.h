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

/* Begins an object or array: bracket is '{' or '['. */
void jsonw_open(struct jsonw *w, const char *key, char bracket);

/* Ends it: bracket is '}' or ']'. */
void jsonw_close(struct jsonw *w, char bracket);

/*
 * Writes s, NULL as null. Control characters are written as escapes, and each
 * byte that is not UTF-8 becomes U+FFFD.
 */
void jsonw_string(struct jsonw *w, const char *key, const char *s);

/* Writes an integer, exactly. */
void jsonw_integer(struct jsonw *w, const char *key, uint64_t value);

/* Writes the digits of an integer, with a sign or without. */
void jsonw_literal(struct jsonw *w, const char *key, const char *digits);

/* Writes it as an integer, or null when it is not known. */
void jsonw_number(struct jsonw *w, const char *key, struct number n);

/* Writes true or false. */
void jsonw_bool(struct jsonw *w, const char *key, bool value);

/* Writes null. */
void jsonw_null(struct jsonw *w, const char *key);

/* Writes "loss": whether an end is one; null: not known. */
void jsonw_loss(struct jsonw *w, enum end_how how, const char *verdict,
		bool done);

/* Writes "complete": whether a path or a family is; null: not known. */
void jsonw_complete(struct jsonw *w, enum path_state state);

#endif /* JSONW_H */
