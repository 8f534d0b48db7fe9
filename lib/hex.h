/* SPDX-License-Identifier: GPL-2.0-only */
/* Bytes as hexadecimal text: two lower-case digits each. */
#ifndef HEX_H
#define HEX_H

#include <stddef.h>
#include <stdint.h>

/*
 * Reads the bytes that text begins with, size at most. Returns how many there were; a
 * digit without a second one is no byte.
 */
size_t hex_read(uint8_t *bytes, size_t size, const char *text);

/* Writes size bytes and a NUL to text, which has 2 * size + 1 bytes of room. */
void hex_write(char *text, const uint8_t *bytes, size_t size);

#endif /* HEX_H */
