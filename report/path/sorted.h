/* SPDX-License-Identifier: GPL-2.0-only */
/* Things in the order of a number that each of them has once. */
#ifndef SORTED_H
#define SORTED_H

#include <stddef.h>
#include <stdint.h>

struct sorted {
	struct sorted_entry {
		uint64_t key;
		void *thing;
	} *entry;
	size_t count;
};

/* The thing that has this key, or NULL. */
void *sorted_find(const struct sorted *s, uint64_t key);

/* Puts in a thing whose key is not there yet. Returns 0 or -ENOMEM. */
int sorted_insert(struct sorted *s, uint64_t key, void *thing);

/* Takes out the thing that has this key, which must be there. */
void sorted_remove(struct sorted *s, uint64_t key);

#endif /* SORTED_H */
