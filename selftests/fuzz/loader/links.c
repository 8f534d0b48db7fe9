// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as a datagram of rtnetlink: a name that is told of ends within it.
 */
#include "../../../loader/kernel/links.h"
#include "../fuzz.h"

struct datagram {
	const char *bytes;
	size_t size;
};

static void tell(void *ctx, const struct link *link)
{
	const struct datagram *it = ctx;

	fuzz_check(link->name >= it->bytes &&
		   link->name < it->bytes + it->size);
	fuzz_check(memchr(link->name, '\0',
			  it->bytes + it->size - link->name) != NULL);
	link_form(link->type);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *aligned = malloc(size + 1);
	struct datagram it = { aligned, size };

	memcpy(aligned, data, size);
	links_parse(aligned, (int)size, tell, &it);
	free(aligned);
	return 0;
}
