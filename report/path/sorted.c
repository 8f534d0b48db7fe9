// SPDX-License-Identifier: GPL-2.0-only
#include "sorted.h"
#include "../../lib/grow.h"

#include <errno.h>
#include <string.h>

/* The place where key is, or belongs. */
static size_t find_place(const struct sorted *s, uint64_t key)
{
	size_t low = 0, high = s->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (s->entry[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void *sorted_find(const struct sorted *s, uint64_t key)
{
	size_t place = find_place(s, key);

	if (place == s->count || s->entry[place].key != key)
		return NULL;
	return s->entry[place].thing;
}

int sorted_insert(struct sorted *s, uint64_t key, void *thing)
{
	size_t place = find_place(s, key);
	struct sorted_entry *grown = grow(s->entry, s->count, sizeof(*grown));

	if (!grown)
		return -ENOMEM;
	s->entry = grown;
	memmove(&s->entry[place + 1], &s->entry[place],
		(s->count - place) * sizeof(*s->entry));
	s->entry[place].key = key;
	s->entry[place].thing = thing;
	s->count++;
	return 0;
}

void sorted_remove(struct sorted *s, uint64_t key)
{
	size_t place = find_place(s, key);

	s->count--;
	memmove(&s->entry[place], &s->entry[place + 1],
		(s->count - place) * sizeof(*s->entry));
}
