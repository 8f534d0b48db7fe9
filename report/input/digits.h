/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers as digits: most of what is read and printed, so without stdio. */
#ifndef DIGITS_H
#define DIGITS_H

#include <stdint.h>
#include <stdio.h>

int digits_parse(uint64_t *value, const char *digits, unsigned int base);
void digits_print(FILE *out, uint64_t value, unsigned int base);

#endif /* DIGITS_H */
