// SPDX-License-Identifier: GPL-2.0-only
#include "func_base.h"

#include <string.h>

void func_word(char name[FUNC_NAME], const char *text, size_t len)
{
	if (len >= FUNC_NAME)
		len = FUNC_NAME - 1;
	memcpy(name, text, len);
	name[len] = '\0';
}

void func_base(char name[FUNC_NAME], const char *location)
{
	size_t len = location ? strcspn(location, ".+") : 0;

	if (len)
		func_word(name, location, len);
	else
		func_word(name, FUNC_UNKNOWN, strlen(FUNC_UNKNOWN));
}
