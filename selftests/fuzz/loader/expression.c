// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as a filter expression, as a command's and as an interface's name: what is
 * written of it is read again. No name of a host or of a network is known here:
 * nobody is asked for one.
 */
#include <errno.h>
#include <netdb.h>

#include "../../../loader/filter/pcap_filter.h"
#include "../../../loader/filter/wanted.h"
#include "../../../loader/lib/apart.h"
#include "memfd.h"

#define LONGEST	64	/* bytes that libpcap gets to read */

/* In the place of the loader's: libpcap is a part of what is looked at. */
int apart_run(void (*fn)(void *ctx, FILE *out), void *ctx, char **bytes,
	      size_t *size)
{
	FILE *out = open_memstream(bytes, size);

	fn(ctx, out);
	fclose(out);
	return 0;
}

/* In the place of the C library's. */
int getaddrinfo(const char *node, const char *service,
		const struct addrinfo *hints, struct addrinfo **result)
{
	(void)node;
	(void)service;
	(void)hints;
	*result = NULL;
	return EAI_NONAME;
}

int getnetbyname_r(const char *name, struct netent *net, char *buf, size_t size,
		   struct netent **result, int *error)
{
	(void)name;
	(void)net;
	(void)buf;
	(void)size;
	*result = NULL;
	*error = HOST_NOT_FOUND;
	return ENOENT;
}

static void read_back(const char *bytes, size_t size)
{
	struct consts consts = {};
	struct filters filters;

	fuzz_check(!wanted_read(memfd_file(bytes, size), &consts, &filters));
	filters_free(&filters);
	consts_free(&consts);
}

static void write_file(const char *text)
{
	const struct wanted wanted = {
		.expression = text,
		.inner = text,
		.comm = text,
		.ifname = text,
	};
	char *bytes;
	size_t size;
	FILE *out = open_memstream(&bytes, &size);
	int error = wanted_write(&wanted, out);

	fclose(out);
	if (!error)
		read_back(bytes, size);
	free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);

	pcap_reads_link(text);
	if (size <= LONGEST)
		write_file(text);
	free(text);
	return 0;
}
