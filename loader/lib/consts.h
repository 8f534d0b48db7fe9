/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers by name: what goes into a program where it names a constant. */
#ifndef CONSTS_H
#define CONSTS_H

#include <stdint.h>
#include <stdio.h>

struct consts {
	struct constant {
		char *name;
		uint64_t value;
	} *list;		/* in the order of names */
	uint32_t count;
};

/* Gives @name that value in place of any other. 0 or -ENOMEM. */
int consts_set(struct consts *consts, const char *name, uint64_t value);

/* The number of that name: 0 and *value, or -ENOENT. */
int consts_get(const struct consts *consts, const char *name, uint64_t *value);

/*
 * Reads a file of lines NAME, tab, VALUE (a decimal number of 64 bits), below the
 * header line CONSTS_HEADER, and sets each constant. 0; -errno, and has said why.
 */
#define CONSTS_HEADER	"#bpfpath-constants-1\tname\tvalue"
int consts_read(struct consts *consts, const char *path);

/* Writes all constants in that form. 0 or -errno. */
int consts_write(const struct consts *consts, FILE *out);

/* Takes an all-zero one, too. */
void consts_free(struct consts *consts);

#endif /* CONSTS_H */
