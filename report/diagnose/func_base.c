// SPDX-License-Identifier: GPL-2.0-only
#include "func_base.h"

#include <stdio.h>
#include <string.h>

void func_base(char name[FUNC_NAME], const char *location)
{
	int len = location ? (int)strcspn(location, ".+") : 0;

	if (len)
		snprintf(name, FUNC_NAME, "%.*s", len, location);
	else
		snprintf(name, FUNC_NAME, FUNC_UNKNOWN);
}
