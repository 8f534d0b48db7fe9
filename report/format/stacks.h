/* SPDX-License-Identifier: GPL-2.0-only */
/* A stack of the kernel's, for a person: a line each frame, innermost first. */
#ifndef STACKS_H
#define STACKS_H

#include "../path/path.h"

#include <stdio.h>

/*
 * Prints the frames of the stack, the column "stack" of a record, each with @before in
 * front; nothing when it is NULL. Where it is cut the last line says so.
 */
void stacks_print(FILE *out, const char *before, const char *stack);

#endif /* STACKS_H */
