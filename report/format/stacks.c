// SPDX-License-Identifier: GPL-2.0-only
#include "stacks.h"
#include "../input/utf8.h"
#include "../path/stack.h"

void stacks_print(FILE *out, const char *before, const char *stack)
{
	const char *at = stack;
	char text[FRAME_ROOM];
	struct stack_frame frame;

	if (!stack)
		return;
	while (stack_next(&at, &frame))
		utf8_line(out, before, frame_text(text, &frame));
	if (stack_is_cut(stack))
		fprintf(out, "%s... (cut here)\n", before);
}
