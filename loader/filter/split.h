/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Long filter expressions, compiled in pieces: libpcap's work grows with the third
 * power of what it is given at once.
 *
 * An expression that is a list, of alternatives joined by "or" or of conditions joined
 * by "and", is cut between members of that list. The pieces' programs follow one
 * another: where one of an "or" says no, or one of an "and" says yes, the next begins.
 * Members that are lists in parentheses are cut likewise, "not" before them as well.
 *
 * "or" and "and" bind equally and to the left, and a name or number without qualifiers
 * has those of the one before it (grammar.y of libpcap): a piece that begins with such a
 * one gets them. Where the meaning of a part alone is not sure, nothing is cut.
 */
#ifndef SPLIT_H
#define SPLIT_H

#include <stdint.h>

#include "cbpf.h"

#define SPLIT_OVER	64	/* primitives that are compiled at once … */
#define SPLIT_PIECE	16	/* … and how many a piece has, of more */

struct cbpf_program {
	struct cbpf_insn *insns;
	uint32_t count;
};

/*
 * Compiles @text and adds the result to @program: no jumps back, "ret" with constants
 * alone. 0 or -errno; -EINVAL: @text is wrong.
 */
typedef int (*split_fn)(void *ctx, const char *text,
			struct cbpf_program *program);

/*
 * Compiles @expression by @compile, at once or in pieces, into @program, all 0 before,
 * to be freed. 0; -ENOMEM; or what @compile returned: when a piece is wrong, the last
 * call was for the one member in it that is wrong, if that is wrong alone.
 */
int split_compile(const char *expression, split_fn compile, void *ctx,
		  struct cbpf_program *program);

#endif /* SPLIT_H */
