/* SPDX-License-Identifier: GPL-2.0-only */
/* Characters that a terminal obeys. */
#ifndef CONTROL_H
#define CONTROL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Would a terminal obey byte @i of @text? It does so with C0, DEL, and C1: in UTF-8 a
 * C1 byte stands behind 0xc2, elsewhere behind no byte of a character.
 */
static inline bool is_control(const char *text, size_t i)
{
	unsigned char byte = text[i], before = i ? text[i - 1] : 0;

	if (byte < 0x20 || byte == 0x7f)
		return true;
	return byte >= 0x80 && byte < 0xa0 && (before < 0x80 || before == 0xc2);
}

#endif /* CONTROL_H */
