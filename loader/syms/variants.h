/* SPDX-License-Identifier: GPL-2.0-only */
/* Variants of a function that the compiler makes, by their names: NAME.isra.0 */
#ifndef VARIANTS_H
#define VARIANTS_H

#include <stdbool.h>

/*
 * Whether @suffix behind a function's name says that it is still that function:
 * .isra.N, .constprop.N, .llvm.N, .lto_priv.N and combinations; not .part and
 * .cold, which are pieces of it, nor "".
 */
int variant_is(const char *suffix);

/*
 * Whether the suffix in a symbol's @name says that the compiler may have moved
 * or dropped arguments: .isra and .constprop do, .llvm and .lto_priv do not.
 */
bool variant_may_move(const char *name);

#endif /* VARIANTS_H */
