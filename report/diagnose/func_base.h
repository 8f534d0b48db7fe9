/* SPDX-License-Identifier: GPL-2.0-only */
/* A function without what the compiler, or an address in it, adds to its name. */
#ifndef FUNC_BASE_H
#define FUNC_BASE_H

#include <stddef.h>

#define FUNC_UNKNOWN	"-"	/* a function that is not known */
#define FUNC_NAME	256	/* room for the name of a function, bytes */

/* The first len bytes of text, of them as many as there is room for. */
void func_word(char name[FUNC_NAME], const char *text, size_t len);

/*
 * "ip_rcv_finish_core.isra.0+0x9c" as "ip_rcv_finish_core"; FUNC_UNKNOWN where
 * location, which may be NULL, names none.
 */
void func_base(char name[FUNC_NAME], const char *location);

#endif /* FUNC_BASE_H */
