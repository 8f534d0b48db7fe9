// SPDX-License-Identifier: GPL-2.0-only
/*
 * The symbols are sorted by address; a hash of the name up to its first '.' finds a
 * function together with the variants that the compiler made of it. To read 120,000
 * lines costs more than all that is asked of them: so what is made of them is one
 * piece of memory, which is kept (snapshot.h).
 */
#include "ksyms.h"

#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "../lib/file.h"
#include "ksyms_image.h"
#include "snapshot.h"
#include "variants.h"

struct ksyms {
	struct ksyms_image *image;
	struct ksym *list;	/* in the image, as are … */
	const uint32_t *heads;	/* … the heads of the index */
};

static bool is_image(struct ksyms_image *image, size_t size)
{
	return size > sizeof(*image) && image->count && image->name_bytes &&
	       sizeof(*image) + image->count * sizeof(struct ksym) +
			       ((size_t)image->mask + 1) * sizeof(uint32_t) +
			       image->name_bytes ==
		       size &&
	       !image_names(image)[image->name_bytes - 1];
}

/* From their places in the image to the names. */
static int find_names(struct ksyms *syms)
{
	const char *names = image_names(syms->image);
	size_t bytes = syms->image->name_bytes;

	for (uint32_t i = 0; i < syms->image->count; i++) {
		struct ksym *sym = &syms->list[i];

		if ((size_t)sym->name >= bytes || (size_t)sym->module >= bytes)
			return -EINVAL;
		sym->name = names + (size_t)sym->name;
		sym->module = names + (size_t)sym->module;
	}
	return 0;
}

/* Takes the image over, also when it fails. */
static int ksyms_take(const char *name, char *bytes, size_t size,
		      struct ksyms **out)
{
	struct ksyms *syms = calloc(1, sizeof(*syms));
	int err = syms ? 0 : -ENOMEM;

	if (!err && !is_image((struct ksyms_image *)bytes, size))
		err = -EINVAL;
	if (!err) {
		syms->image = (struct ksyms_image *)bytes;
		syms->list = image_list(syms->image);
		syms->heads = image_heads(syms->image);
		err = find_names(syms);
	}
	if (!err) {
		*out = syms;
		return 0;
	}
	warnx("%s: the copy of it: %s", name, strerror(-err));
	free(bytes);
	free(syms);
	return err;
}

int ksyms_parse(const char *name, const void *bytes, size_t size,
		struct ksyms **syms)
{
	char *text = malloc(size + 1);
	int err = -ENOMEM;

	*syms = NULL;
	if (text) {
		memcpy(text, bytes, size);
		text[size] = '\0';
		err = ksyms_make(name, &text, &size);
	}
	if (!err)
		return ksyms_take(name, text, size, syms);
	if (err == -ENOMEM)
		warnx("%s: %s", name, strerror(ENOMEM));
	free(text);
	return err;
}

/* Those of vmlinux that are no functions may be 0, as are per-CPU variables. */
static int make(char **bytes, size_t *size)
{
	struct ksyms_image *image;
	int err = ksyms_make(KSYMS_FILE, bytes, size);

	if (err)
		return err;
	image = (struct ksyms_image *)*bytes;
	return !image_list(image)[image->count - 1].addr;
}

static int read_kept(struct ksyms **syms)
{
	char *bytes;
	size_t size;
	int err = snapshot_read(KSYMS_FILE, SNAPSHOT_DIR "/symbols", make,
				&bytes, &size);

	if (!err)
		return ksyms_take(KSYMS_FILE, bytes, size, syms);
	if (err != -EINVAL)
		warnx("%s: %s", KSYMS_FILE, strerror(-err));
	return err;
}

int ksyms_open(const char *path, struct ksyms **syms)
{
	char *text;
	size_t size;
	int err;

	*syms = NULL;
	if (!strcmp(path, KSYMS_FILE))
		return read_kept(syms);
	err = file_load(path, &text, &size);
	if (err)
		return err;
	err = ksyms_parse(path, text, size, syms);
	free(text);
	return err;
}

void ksyms_free(struct ksyms *syms)
{
	if (!syms)
		return;
	free(syms->image);
	free(syms);
}

size_t ksyms_count(const struct ksyms *syms)
{
	return syms->image->count;
}

int ksyms_hidden(const struct ksyms *syms)
{
	return !syms->list[syms->image->count - 1].addr;
}

/* The next symbol of the bucket that @name is in. */
static const struct ksym *ksyms_next(const struct ksyms *syms, const char *name,
				     const struct ksym *last)
{
	uint32_t next = last ? last->next
			  : syms->heads[ksyms_hash(name) & syms->image->mask];

	return next ? &syms->list[next - 1] : NULL;
}

const struct ksym *ksyms_find(const struct ksyms *syms, const char *name,
			      const struct ksym *last)
{
	do {
		last = ksyms_next(syms, name, last);
	} while (last && strcmp(last->name, name));
	return last;
}

const struct ksym *ksyms_find_suffixed(const struct ksyms *syms,
				       const char *name,
				       const struct ksym *last)
{
	size_t len = strlen(name);

	do {
		last = ksyms_next(syms, name, last);
	} while (last && (strncmp(last->name, name, len) ||
			  !variant_is(last->name + len)));
	return last;
}

const struct ksym *ksyms_find_in(const struct ksyms *syms, const char *name,
				 const char *module)
{
	const struct ksym *sym = NULL;

	do {
		sym = ksyms_find(syms, name, sym);
	} while (sym && strcmp(sym->module, module));
	return sym;
}

const struct ksym *ksyms_find_suffixed_in(const struct ksyms *syms,
					  const char *name, const char *module)
{
	const struct ksym *sym = NULL;

	do {
		sym = ksyms_find_suffixed(syms, name, sym);
	} while (sym && strcmp(sym->module, module));
	return sym;
}

const struct ksym *ksyms_at(const struct ksyms *syms, uint64_t addr)
{
	uint32_t low = 0, high = syms->image->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (syms->list[middle].addr <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low || ksyms_hidden(syms))
		return NULL;
	for (low--; low && syms->list[low - 1].addr == syms->list[low].addr;)
		low--;
	return &syms->list[low];
}
