/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Constants: numbers that are known when a program is loaded, not when it is
 * compiled. A constant is a symbol that nobody defines; the instruction that loads its
 * address (ld_imm64) gets the number from the loader. The verifier knows it then, as it
 * knows any constant, and what it excludes is taken out of the program.
 */
#ifndef CONSTANTS_H
#define CONSTANTS_H

#define CONSTANT(name)	\
	extern const void name __attribute__((section(".ksyms"), weak))
#define VALUE(name)	((__u64)&name)

/* What is known of the kernel that runs, with the names of constants.def. */
#define OFFSET(s, m)	VALUE(off_##s##__##m)	/* of a member, bytes */
#define BIT(s, m)	VALUE(bit_##s##__##m)	/* of a bit field, bits, … */
#define WIDTH(s, m)	VALUE(width_##s##__##m)	/* … and how many it has */

#define TARGET(name)			CONSTANT(name);
#define RUN(name)			CONSTANT(name);
#define FACT(name)			CONSTANT(name);
#define MEMBER(module, s, m)		CONSTANT(off_##s##__##m);
#define BITS(module, s, m)		CONSTANT(bit_##s##__##m); \
					CONSTANT(width_##s##__##m);
#include "constants.def"

#endif /* CONSTANTS_H */
