/* SPDX-License-Identifier: GPL-2.0-only */
/* Bytes in memory as what lines and records are read from. */
#ifndef MEMORY_H
#define MEMORY_H

#include "../fuzz.h"

#include <sys/types.h>

/* What a pipe gives at a time; a line may be spread over many reads. */
#define MEMORY_PIECE	100

struct memory {
	const uint8_t *at;
	size_t left;
};

/* lines_read_fn */
static inline ssize_t memory_read(void *source, char *buf, size_t size)
{
	struct memory *m = source;
	size_t got = m->left < size ? m->left : size;

	if (got > MEMORY_PIECE)
		got = MEMORY_PIECE;
	if (got)
		memcpy(buf, m->at, got);
	m->at += got;
	m->left -= got;
	return got;
}

#endif /* MEMORY_H */
