// SPDX-License-Identifier: GPL-2.0-only
#include "ordered.h"
#include "../../lib/grow.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

static bool comes_before(const struct ordered_piece *a,
			 const struct ordered_piece *b)
{
	return a->ns != b->ns ? a->ns < b->ns : a->number < b->number;
}

static void swap(struct ordered_piece *a, struct ordered_piece *b)
{
	struct ordered_piece kept = *a;

	*a = *b;
	*b = kept;
}

int ordered_add(struct ordered *o, uint64_t ns, char *bytes, size_t size)
{
	struct ordered_piece *grown = grow(o->piece, o->count, sizeof(*grown));
	size_t i = o->count;

	if (!grown) {
		free(bytes);
		return -ENOMEM;
	}
	o->piece = grown;
	o->piece[o->count++] = (struct ordered_piece){
		.ns = ns, .number = o->number++, .bytes = bytes, .size = size,
	};
	for (; i && comes_before(&grown[i], &grown[(i - 1) / 2]);
	     i = (i - 1) / 2)
		swap(&grown[i], &grown[(i - 1) / 2]);
	return 0;
}

/* The first piece goes, the last one sinks from its place to its own. */
static void remove_first(struct ordered *o)
{
	struct ordered_piece *piece = o->piece;
	size_t i = 0, next;

	free(piece[0].bytes);
	piece[0] = piece[--o->count];
	while ((next = 2 * i + 1) < o->count) {
		if (next + 1 < o->count &&
		    comes_before(&piece[next + 1], &piece[next]))
			next++;
		if (!comes_before(&piece[next], &piece[i]))
			return;
		swap(&piece[next], &piece[i]);
		i = next;
	}
}

void ordered_write(struct ordered *o, FILE *out, uint64_t before)
{
	while (o->count && o->piece[0].ns < before) {
		fwrite(o->piece[0].bytes, 1, o->piece[0].size, out);
		remove_first(o);
	}
}

void ordered_free(struct ordered *o)
{
	while (o->count)
		free(o->piece[--o->count].bytes);
	free(o->piece);
	*o = (struct ordered){ .count = 0 };
}
