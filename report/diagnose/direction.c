// SPDX-License-Identifier: GPL-2.0-only
#include "direction.h"

#include <string.h>

const char *direction_of(const struct data *data, const char *func)
{
	const struct table_entry *found;

	if (!data || !func || !strcmp(func, "net_dev_xmit") ||
	    !strcmp(func, "net:net_dev_xmit"))
		return NULL;
	found = table_find_func(&data->directions, func);
	return found ? found->texts[0] : NULL;
}
