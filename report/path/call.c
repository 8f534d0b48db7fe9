// SPDX-License-Identifier: GPL-2.0-only
#include "call.h"

#include <string.h>

static bool is_one_of(const char *call, const char *const words[])
{
	size_t i;

	for (i = 0; words[i]; i++)
		if (!strcmp(call, words[i]))
			return true;
	return false;
}

bool call_is_own(const struct record *rec)
{
	static const char *const others[] = { CALL_INTERRUPT, CALL_LOCAL, NULL };

	return rec->call && !is_one_of(rec->call, others);
}

bool call_reads(const struct record *rec)
{
	static const char *const reading[] = {
		"read", "readv", "pread64", "preadv", "preadv2", "recvfrom", "recvmsg",
		"recvmmsg", "splice", "io_uring_enter", "io_submit", CALL_IO_URING,
		CALL_KERNEL, CALL_COMPAT, NULL
	};

	return rec->call && is_one_of(rec->call, reading);
}
