// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as a datagram of rtnetlink: a name that is told of ends within it.
 */
#include "../../../loader/kernel/netdevs.h"
#include "../fuzz.h"

struct datagram {
	const char *bytes;
	size_t size;
};

static void tell(void *ctx, const struct netdev *netdev)
{
	const struct datagram *it = ctx;

	fuzz_check(netdev->name >= it->bytes &&
		   netdev->name < it->bytes + it->size);
	fuzz_check(memchr(netdev->name, '\0',
			  it->bytes + it->size - netdev->name) != NULL);
	netdev_form(netdev->type);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *aligned = malloc(size + 1);
	struct datagram it = { aligned, size };

	memcpy(aligned, data, size);
	netdevs_parse(aligned, (int)size, tell, &it);
	free(aligned);
	return 0;
}
