// SPDX-License-Identifier: GPL-2.0-only
#include "stack.h"

#include <stdio.h>
#include <string.h>

#define CUT	"..."

bool stack_next(const char **text, struct stack_frame *frame)
{
	const char *at = *text + strspn(*text, " ");
	size_t len = strcspn(at, " ");

	*text = at + len;
	if (!len || !strncmp(at, CUT, len))
		return false;
	frame->func = at;
	frame->place_len = len;
	frame->module_len = 0;
	if (at[len - 1] == ']' && memchr(at, '[', len)) {
		frame->place_len = (const char *)memchr(at, '[', len) - at;
		frame->module = at + frame->place_len + 1;
		frame->module_len = at + len - 1 - frame->module;
	}
	frame->func_len = frame->place_len;
	if (memchr(at, '+', frame->place_len))
		frame->func_len = (const char *)memchr(at, '+', len) - at;
	return true;
}

bool stack_is_cut(const char *text)
{
	const char *last = strrchr(text, ' ');

	return !strcmp(last ? last + 1 : text, CUT);
}

const char *frame_text(char buf[FRAME_ROOM], const struct stack_frame *frame)
{
	if (frame->module_len)
		snprintf(buf, FRAME_ROOM, "%.*s [%.*s]", (int)frame->place_len,
			 frame->func, (int)frame->module_len, frame->module);
	else
		snprintf(buf, FRAME_ROOM, "%.*s", (int)frame->place_len,
			 frame->func);
	return buf;
}

const char *path_end_stack(const struct path *p)
{
	enum end_how how = path_how(p);

	return p->count && (how == HOW_CONSUMED || how == HOW_DROPPED) ?
		       p->steps[p->count - 1]->stack :
		       NULL;
}

bool path_has_stacks(const struct path *p)
{
	size_t i = 0;

	while (i + 1 < p->count && !p->steps[i]->stack)
		i++;
	return i + 1 < p->count;
}
