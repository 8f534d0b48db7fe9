/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's stack at a step: column "stack" of records. */
#ifndef PATH_STACK_H
#define PATH_STACK_H

#include "path.h"

#define FRAME_ROOM	640	/* a symbol has 512 bytes at most, a module's name 56 */

/* A function that was running. Not NUL-terminated: parts of the record. */
struct stack_frame {
	const char *func, *module;	/* module_len 0: the kernel itself */
	size_t func_len, module_len;
	size_t place_len;		/* of func with "+0xoffset" behind it */
};

/* Takes the next frame of *text, innermost first. False: there is none. */
bool stack_next(const char **text, struct stack_frame *frame);

/* Does the stack go on behind its last frame, or may it? */
bool stack_is_cut(const char *text);

/* The frame as "symbol+0xoffset [module]", as the kernel prints it. Returns buf. */
const char *frame_text(char buf[FRAME_ROOM], const struct stack_frame *frame);

/* The stack of the path's last step, when the path has ended there; or NULL. */
const char *path_end_stack(const struct path *p);

/* Has any step but the last one a stack? */
bool path_has_stacks(const struct path *p);

#endif /* PATH_STACK_H */
