/* SPDX-License-Identifier: GPL-2.0-only */
/* Where variables of the kernel are that no BTF tells of. */
#ifndef VARIABLES_H
#define VARIABLES_H

#include <stddef.h>
#include <stdint.h>

/*
 * Writes the addresses of @count variables, whose names are in the table in variables.c;
 * 0: there is none of that name, or symbols are hidden.
 */
void variables_find(const char *const names[], size_t count, uint64_t *addresses);

#endif /* VARIABLES_H */
