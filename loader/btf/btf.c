// SPDX-License-Identifier: GPL-2.0-only
/*
 * BTF as it lies in memory: a header, types one after another, strings. All
 * sizes and offsets are checked once, when it is parsed; references between
 * types are checked where they are followed.
 */
#include "btf.h"

#include <err.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../lib/hash.h"
#include "btf_elf.h"
#include "../lib/file.h"

#define RESOLVE_MAX	64	/* typedefs, const, … one behind the other */

struct btf {
	const struct btf *base;
	char *bytes;
	const char *types;	/* in bytes */
	uint32_t types_size;
	const char *strings;	/* in bytes */
	uint32_t strings_size;
	uint32_t strings_start;	/* where base's strings end */
	uint32_t first;		/* id of the first type */
	uint32_t count;
	uint32_t *offsets;	/* of type first + i, in types */
	uint32_t *heads;	/* index by name: a bucket's first id, or 0 */
	uint32_t *next;		/* of type first + i: id that follows, or 0 */
	uint32_t mask;		/* number of buckets - 1 */
};

/* Kind and vlen have grown within "info"; bits that were spare are 0. */
enum btf_kind btf_kind(const struct btf_type *type)
{
	return (type->info >> 24) & 0x7f;
}

uint32_t btf_vlen(const struct btf_type *type)
{
	return type->info & 0xffffff;
}

uint32_t btf_first(const struct btf *btf)
{
	return btf->first;
}

uint32_t btf_end(const struct btf *btf)
{
	return btf->first + btf->count;
}

static const struct btf_type *btf_own_type(const struct btf *btf, uint32_t n)
{
	return (const struct btf_type *)(btf->types + btf->offsets[n]);
}

const struct btf_type *btf_type_by_id(const struct btf *btf, uint32_t id)
{
	while (btf->base && id < btf->first)
		btf = btf->base;
	if (id < btf->first || id - btf->first >= btf->count)
		return NULL;
	return btf_own_type(btf, id - btf->first);
}

const char *btf_string(const struct btf *btf, uint32_t offset)
{
	while (btf->base && offset < btf->strings_start)
		btf = btf->base;
	offset -= btf->strings_start;
	return offset < btf->strings_size ? btf->strings + offset : "";
}

uint32_t btf_resolve(const struct btf *btf, uint32_t id)
{
	const struct btf_type *type;
	int i;

	for (i = 0; i < RESOLVE_MAX; i++) {
		type = btf_type_by_id(btf, id);
		if (!type)
			return 0;
		switch (btf_kind(type)) {
		case KIND_TYPEDEF:
		case KIND_VOLATILE:
		case KIND_CONST:
		case KIND_RESTRICT:
		case KIND_TYPE_TAG:
			id = type->type;
			break;
		default:
			return id;
		}
	}
	return 0;
}

/* Bytes that follow a struct btf_type, -1 for a kind that is not known. */
static int64_t btf_tail_size(const struct btf_type *type)
{
	int64_t vlen = btf_vlen(type);

	switch (btf_kind(type)) {
	case KIND_PTR:
	case KIND_FWD:
	case KIND_TYPEDEF:
	case KIND_VOLATILE:
	case KIND_CONST:
	case KIND_RESTRICT:
	case KIND_FUNC:
	case KIND_FLOAT:
	case KIND_TYPE_TAG:
		return 0;
	case KIND_INT:
	case KIND_VAR:
	case KIND_DECL_TAG:
		return 4;
	case KIND_ARRAY:
		return sizeof(struct btf_array);
	case KIND_STRUCT:
	case KIND_UNION:
		return vlen * sizeof(struct btf_member);
	case KIND_ENUM:
		return vlen * sizeof(struct btf_enum);
	case KIND_FUNC_PROTO:
		return vlen * sizeof(struct btf_param);
	case KIND_DATASEC:
		return vlen * sizeof(struct btf_var_secinfo);
	case KIND_ENUM64:
		return vlen * 12;	/* three uint32_t */
	default:
		return -1;
	}
}

/* Finds where each type begins. */
static int btf_walk(const char *name, struct btf *btf)
{
	const uint32_t head = sizeof(struct btf_type);
	const struct btf_type *type;
	uint32_t at = 0;
	int64_t tail;

	btf->offsets = malloc((btf->types_size / head + 1) * sizeof(uint32_t));
	if (!btf->offsets)
		return -ENOMEM;
	while (at < btf->types_size) {
		if (btf->types_size - at < head)
			goto truncated;
		type = (const struct btf_type *)(btf->types + at);
		tail = btf_tail_size(type);
		if (tail < 0) {
			warnx("%s: BTF: type %u: kind %d is not known", name,
			      btf_end(btf), btf_kind(type));
			return -EOPNOTSUPP;
		}
		if (tail > btf->types_size - at - head)
			goto truncated;
		btf->offsets[btf->count++] = at;
		at += head + tail;
	}
	return 0;
truncated:
	warnx("%s: BTF: type %u is cut off", name, btf_end(btf));
	return -EINVAL;
}

/* Whether a part of the file lies within it. */
static int btf_fits(size_t size, uint32_t head, uint32_t offset, uint32_t len)
{
	return (uint64_t)head + offset + len <= size;
}

/* What linux/btf.h has in @hdr behind str_len is not read: the file may lack it. */
static const char *btf_check_header(const struct btf_header *hdr, size_t size)
{
	if (size < BTF_HEADER_MIN)
		return "too short for a header";
	if (size > FILE_MAX)
		return "too large";
	if (hdr->magic == __builtin_bswap16(BTF_MAGIC))
		return "made for a machine of the other byte order";
	if (hdr->magic != BTF_MAGIC)
		return "no magic number at its start";
	if (hdr->version != BTF_VERSION)
		return "its version is not known";
	if (hdr->hdr_len < BTF_HEADER_MIN || hdr->hdr_len % 4 ||
	    hdr->type_off % 4)
		return "the header is wrong";
	if (!btf_fits(size, hdr->hdr_len, hdr->type_off, hdr->type_len))
		return "the types are cut off";
	if (!btf_fits(size, hdr->hdr_len, hdr->str_off, hdr->str_len))
		return "the strings are cut off";
	return NULL;
}

/* The first string is "", the last one ends; a module may have none. */
static const char *btf_check_strings(const struct btf *btf)
{
	if (!btf->strings_size)
		return btf->base ? NULL : "no strings";
	if (btf->strings[btf->strings_size - 1])
		return "the strings do not end";
	if (!btf->base && btf->strings[0])
		return "the first string is not empty";
	return NULL;
}

static int btf_sections(const char *name, struct btf *btf, size_t size)
{
	const struct btf_header *hdr = (const void *)btf->bytes;
	const char *wrong = btf_check_header(hdr, size);

	if (!wrong) {
		btf->types = btf->bytes + hdr->hdr_len + hdr->type_off;
		btf->types_size = hdr->type_len;
		btf->strings = btf->bytes + hdr->hdr_len + hdr->str_off;
		btf->strings_size = hdr->str_len;
		wrong = btf_check_strings(btf);
	}
	if (wrong) {
		warnx("%s: BTF: %s", name, wrong);
		return -EINVAL;
	}
	return 0;
}

/* Made from the last type to the first: the lowest id is found first. */
static int btf_index(struct btf *btf)
{
	const char *name;
	uint32_t i, *head;

	for (btf->mask = 1; btf->mask < btf->count; btf->mask *= 2)
		;
	btf->heads = calloc(btf->mask, sizeof(uint32_t));
	btf->next = malloc((btf->count + 1) * sizeof(uint32_t));
	if (!btf->heads || !btf->next)
		return -ENOMEM;
	btf->mask--;
	for (i = btf->count; i-- > 0;) {
		name = btf_string(btf, btf_own_type(btf, i)->name_off);
		if (!*name)
			continue;
		head = &btf->heads[hash_string(HASH_START, name) & btf->mask];
		btf->next[i] = *head;
		*head = btf->first + i;
	}
	return 0;
}

uint32_t btf_find(const struct btf *btf, const char *name, enum btf_kind kind)
{
	uint32_t hash = hash_string(HASH_START, name), id;
	const struct btf_type *type;

	for (; btf && *name; btf = btf->base) {
		id = btf->heads[hash & btf->mask];
		for (; id; id = btf->next[id - btf->first]) {
			type = btf_own_type(btf, id - btf->first);
			if (btf_kind(type) == kind &&
			    !strcmp(btf_string(btf, type->name_off), name))
				return id;
		}
	}
	return 0;
}

/* Takes @bytes over, also when it fails. */
static int btf_take(const char *name, char *bytes, size_t size,
		    const struct btf *base, struct btf **out)
{
	struct btf *btf = calloc(1, sizeof(*btf));
	int err = -ENOMEM;

	if (!btf) {
		free(bytes);
		goto cleanup;
	}
	btf->bytes = bytes;
	btf->base = base;
	btf->first = base ? btf_end(base) : 1;
	btf->strings_start =
		base ? base->strings_start + base->strings_size : 0;
	err = btf_sections(name, btf, size);
	if (!err)
		err = btf_walk(name, btf);
	if (!err)
		err = btf_index(btf);
cleanup:
	if (err == -ENOMEM)
		warnx("%s: BTF: %s", name, strerror(ENOMEM));
	if (err) {
		btf_free(btf);
		btf = NULL;
	}
	*out = btf;
	return err;
}

int btf_parse(const char *name, const void *bytes, size_t size,
	      const struct btf *base, struct btf **out)
{
	char *copy = malloc(size + 1);

	*out = NULL;
	if (!copy) {
		warnx("%s: BTF: %s", name, strerror(ENOMEM));
		return -ENOMEM;
	}
	memcpy(copy, bytes, size);
	return btf_take(name, copy, size, base, out);
}

int btf_open(const char *path, const struct btf *base, struct btf **out)
{
	char *bytes;
	size_t size;
	int err;

	*out = NULL;
	err = file_read(path, &bytes, &size);
	if (!err && !btf_is_elf(bytes, size))
		return btf_take(path, bytes, size, base, out);
	if (!err)
		free(bytes);
	if (err && err != -EFBIG) {
		if (err != -ENOENT)
			warnx("%s: %s", path, strerror(-err));
		return err;
	}
	/* an ELF file, or one so large that it can be nothing else */
	err = btf_elf_read(path, &bytes, &size);
	return err ? err : btf_take(path, bytes, size, base, out);
}

void btf_free(struct btf *btf)
{
	if (!btf)
		return;
	free(btf->bytes);
	free(btf->offsets);
	free(btf->heads);
	free(btf->next);
	free(btf);
}
