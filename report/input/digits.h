/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers as digits: most of what is read and printed, so without stdio. */
#ifndef DIGITS_H
#define DIGITS_H

#include <stdint.h>
#include <stdio.h>

/*
 * Makes a number of a string of digits and nothing else: no sign, no white
 * space. The base is 10 or 16. Returns 0, -EINVAL, or -ERANGE when it does not
 * fit into 64 bits.
 */
int digits_parse(uint64_t *value, const char *digits, unsigned int base);

/* Prints the number to the base 10 or 16. */
void digits_print(FILE *out, uint64_t value, unsigned int base);

#endif /* DIGITS_H */
