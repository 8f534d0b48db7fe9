/* SPDX-License-Identifier: GPL-2.0-only */
/* What ksyms_text.c makes of /proc/kallsyms, and ksyms.c reads. */
#ifndef KSYMS_IMAGE_H
#define KSYMS_IMAGE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../../lib/hash.h"
#include "ksyms.h"

/*
 * The head of the image. Behind it stand the symbols, by address; then, for each bucket,
 * the number of its first symbol + 1, or 0; then the names. "name" and "module" of a
 * symbol are places among the names, the first of which is "".
 */
struct ksyms_image {
	uint32_t count;
	uint32_t mask;		/* number of buckets - 1 */
	uint32_t name_bytes;
	uint32_t spare;
};

static inline struct ksym *image_list(struct ksyms_image *image)
{
	return (struct ksym *)(image + 1);
}

static inline uint32_t *image_heads(struct ksyms_image *image)
{
	return (uint32_t *)(image_list(image) + image->count);
}

static inline char *image_names(struct ksyms_image *image)
{
	return (char *)(image_heads(image) + image->mask + 1);
}

/* The hash of the name up to its first '.'. */
static inline uint32_t ksyms_hash(const char *name)
{
	return hash_bytes(HASH_START, name, strcspn(name, "."));
}

/*
 * Makes the image of lines of text, with a NUL behind them, in *bytes; messages call
 * them @name. 0; -EINVAL, and has said what is wrong; or -ENOMEM. If not 0, *bytes is
 * still the caller's text.
 */
int ksyms_make(const char *name, char **bytes, size_t *size);

#endif /* KSYMS_IMAGE_H */
