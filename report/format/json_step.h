/* SPDX-License-Identifier: GPL-2.0-only */
/* A step as JSON: an element of "events" (Documentation/json.md). */
#ifndef JSON_STEP_H
#define JSON_STEP_H

#include "jsonw.h"
#include "../input/run_notes.h"

/* Writes step @i of @p, with the names of namespaces that are in @notes. */
void json_put_step(struct jsonw *w, const struct notes *notes, const struct path *p,
		   size_t i);

/* Writes a stack (path/stack.h), and whether it goes on; of NULL nothing. */
void json_put_stack(struct jsonw *w, const char *stack);

/* Writes a key that is there only where there is something to tell; NULL: there is not. */
void json_put_known(struct jsonw *w, const char *key, const char *text);

#endif /* JSON_STEP_H */
