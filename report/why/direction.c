// SPDX-License-Identifier: GPL-2.0-only
#include "direction.h"

#include <stdio.h>
#include <string.h>

#define NAME_ROOM	256	/* for the name of a function, bytes */

/*
 * "in", "out", or NULL: the function does not tell. When the tracepoint
 * net_dev_xmit comes, a driver like veth's has handed the packet on: where it is
 * then is not where it leaves.
 */
const char *direction_of(const struct data *data, const char *func)
{
	const struct table_entry *found;
	char name[NAME_ROOM];

	if (!data || !func || !strcmp(func, "net_dev_xmit") ||
	    !strcmp(func, "net:net_dev_xmit"))
		return NULL;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(func, "."), func);
	found = table_find(&data->directions, (const char *[]){ name, NULL });
	return found ? found->texts[0] : NULL;
}
