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

void *sorted_find(const struct sorted *s, uint64_t key);
int sorted_insert(struct sorted *s, uint64_t key, void *thing);
void sorted_remove(struct sorted *s, uint64_t key);

#endif /* SORTED_H */
