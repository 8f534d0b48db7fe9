// SPDX-License-Identifier: GPL-2.0-only
/*
 * Questions to BTF: where a member lies, what a value is called, what an
 * argument is. References may be wrong or run in circles, so every
 * walk has an end.
 */
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include "btf.h"

#define DEPTH_MAX 16		/* anonymous members, arrays of arrays */
#define VISIT_MAX 10000		/* members looked at in one search */

/* A search for one member, by the name that path begins with. */
struct member_search {
	const struct btf *btf;
	const char *name;
	size_t name_len;
	int visits;
	uint64_t bits;		/* found: offset … */
	uint32_t type;		/* … and type */
	int width;		/* of a bit field; else 0 */
};

static bool is_composite(const struct btf_type *type)
{
	return btf_kind(type) == KIND_STRUCT || btf_kind(type) == KIND_UNION;
}

static bool member_has_name(const struct member_search *search,
			    const char *name)
{
	return !strncmp(name, search->name, search->name_len) &&
	       !name[search->name_len];
}

/* With the kind flag set, the offset's high 8 bits are a bit field's size. */
static void member_found(struct member_search *search,
			 const struct btf_type *type,
			 const struct btf_member *member, uint64_t bits)
{
	int flag = type->info >> 31;

	search->bits = bits + (flag ? BTF_MEMBER_BIT_OFFSET(member->offset)
				    : member->offset);
	search->width = flag ? BTF_MEMBER_BITFIELD_SIZE(member->offset) : 0;
	search->type = member->type;
}

/* Looks in a struct at @bits from the start; 1 when found. */
static int member_find(struct member_search *search, uint32_t id, uint64_t bits,
		       int depth)
{
	const struct btf_type *type;
	const struct btf_member *member;
	const char *name;
	uint32_t i;

	id = btf_resolve(search->btf, id);
	type = btf_type_by_id(search->btf, id);
	if (!type || !is_composite(type) || depth > DEPTH_MAX)
		return 0;
	member = (const struct btf_member *)(type + 1);
	for (i = 0; i < btf_vlen(type); i++, member++) {
		if (++search->visits > VISIT_MAX)
			return 0;
		name = btf_string(search->btf, member->name_off);
		if (member_has_name(search, name)) {
			member_found(search, type, member, bits);
			return 1;
		}
		if (!*name &&
		    member_find(search, member->type,
				bits + BTF_MEMBER_BIT_OFFSET(member->offset),
				depth + 1))
			return 1;
	}
	return 0;
}

/* Follows @path, a name at a time; 0 and the search has the last one. */
static int member_walk(struct member_search *search, const char *path)
{
	for (;;) {
		search->name = path;
		search->name_len = strcspn(path, ".");
		if (!search->name_len ||
		    !member_find(search, search->type, search->bits, 0))
			return -ENOENT;
		path += search->name_len;
		if (!*path)
			return 0;
		path++;
	}
}

static int member_search(struct member_search *search, const struct btf *btf,
			 const char *name, const char *path)
{
	*search = (struct member_search){
		.btf = btf,
		.type = btf_find(btf, name, KIND_STRUCT),
	};
	return search->type ? member_walk(search, path) : -ENOENT;
}

int btf_member_offset(const struct btf *btf, const char *name, const char *path)
{
	struct member_search search;
	int err = member_search(&search, btf, name, path);

	if (err)
		return err;
	if (search.width || search.bits % 8 || search.bits / 8 > INT_MAX)
		return -EINVAL;
	return search.bits / 8;
}

int btf_bit_field(const struct btf *btf, const char *name, const char *path,
		  int *width)
{
	struct member_search search;
	int err = member_search(&search, btf, name, path);

	if (err)
		return err;
	if (!search.width || search.bits > INT_MAX)
		return -EINVAL;
	*width = search.width;
	return search.bits;
}

int btf_find_member(const struct btf *btf, uint32_t id, const char *name, size_t len,
		    struct btf_place *place)
{
	struct member_search search = {
		.btf = btf,
		.name = name,
		.name_len = len,
	};

	if (!len || !member_find(&search, id, 0, 0))
		return -ENOENT;
	*place = (struct btf_place){ search.bits, search.width, search.type };
	return 0;
}

int64_t btf_size(const struct btf *btf, uint32_t id)
{
	const struct btf_type *type;
	const struct btf_array *array;
	uint64_t count = 1;
	int depth;

	for (depth = 0; depth < DEPTH_MAX; depth++) {
		type = btf_type_by_id(btf, btf_resolve(btf, id));
		if (!type)
			return -EINVAL;
		switch (btf_kind(type)) {
		case KIND_INT:
		case KIND_STRUCT:
		case KIND_UNION:
		case KIND_ENUM:
		case KIND_ENUM64:
		case KIND_FLOAT:
			count *= type->size;
			return count > UINT_MAX ? -EINVAL : (int64_t)count;
		case KIND_PTR:
			count *= 8;	/* BPF and our kernels: 64 bits */
			return count > UINT_MAX ? -EINVAL : (int64_t)count;
		case KIND_ARRAY:
			array = (const struct btf_array *)(type + 1);
			count *= array->nelems;
			if (count > UINT_MAX)
				return -EINVAL;
			id = array->type;
			break;
		default:
			return -EINVAL;
		}
	}
	return -EINVAL;
}

/* The n-th value, widened to 64 bits as its enum is signed or not. */
static uint64_t enum_value(const struct btf_type *type, uint32_t n,
			   uint32_t *name)
{
	const uint32_t *words = (const uint32_t *)(type + 1);

	if (btf_kind(type) == KIND_ENUM64) {
		words += n * 3;
		*name = words[0];
		return words[1] | (uint64_t)words[2] << 32;
	}
	words += n * 2;
	*name = words[0];
	return type->info >> 31 ? (uint64_t)(int32_t)words[1] : words[1];
}

const char *btf_enum_value(const struct btf *btf, uint32_t id, uint64_t value)
{
	const struct btf_type *type = btf_type_by_id(btf, id);
	uint32_t i, name_off;

	for (i = 0; type && i < btf_vlen(type); i++)
		if (enum_value(type, i, &name_off) == value)
			return btf_string(btf, name_off);
	return NULL;
}

const char *btf_enum_name(const struct btf *btf, const char *name,
			  uint64_t value)
{
	uint32_t id = btf_find(btf, name, KIND_ENUM);

	if (!id)
		id = btf_find(btf, name, KIND_ENUM64);
	return btf_enum_value(btf, id, value);
}

uint32_t btf_proto(const struct btf *btf, uint32_t id)
{
	const struct btf_type *type = btf_type_by_id(btf, id);

	if (type && btf_kind(type) == KIND_TYPEDEF)
		type = btf_type_by_id(btf, btf_resolve(btf, type->type));
	if (!type ||
	    (btf_kind(type) != KIND_FUNC && btf_kind(type) != KIND_PTR))
		return 0;
	id = btf_resolve(btf, type->type);
	type = btf_type_by_id(btf, id);
	return type && btf_kind(type) == KIND_FUNC_PROTO ? id : 0;
}

static bool has_name(const struct btf *btf, const struct btf_type *type,
		     const char *name)
{
	return !strcmp(btf_string(btf, type->name_off), name);
}

/* struct sk_buff, which may be only declared where it is used. */
static bool is_skb(const struct btf *btf, const struct btf_type *type)
{
	return (btf_kind(type) == KIND_STRUCT || btf_kind(type) == KIND_FWD) &&
	       has_name(btf, type, "sk_buff");
}

static enum btf_arg pointer_arg(const struct btf *btf, uint32_t id)
{
	const struct btf_type *type;

	id = btf_resolve(btf, id);
	if (!id)
		return ARG_VOID_PTR;
	type = btf_type_by_id(btf, id);
	if (is_skb(btf, type))
		return ARG_SKB;
	if (btf_kind(type) != KIND_PTR)
		return ARG_OTHER;
	type = btf_type_by_id(btf, btf_resolve(btf, type->type));
	return type && is_skb(btf, type) ? ARG_SKB_PTR : ARG_OTHER;
}

/* The n-th argument, from 1; NULL when there is none. */
static const struct btf_param *proto_param(const struct btf *btf,
					   uint32_t proto, int n)
{
	const struct btf_type *type = btf_type_by_id(btf, proto);

	if (!type || btf_kind(type) != KIND_FUNC_PROTO || n < 1 ||
	    (uint32_t)n > btf_vlen(type))
		return NULL;
	return (const struct btf_param *)(type + 1) + n - 1;
}

enum btf_arg btf_arg(const struct btf *btf, uint32_t proto, int n)
{
	const struct btf_param *param = proto_param(btf, proto, n);
	const struct btf_type *type;

	if (!param)
		return ARG_NONE;
	type = btf_type_by_id(btf, btf_resolve(btf, param->type));
	if (!type)
		return ARG_OTHER;
	switch (btf_kind(type)) {
	case KIND_PTR:
		return pointer_arg(btf, type->type);
	case KIND_ENUM:
	case KIND_ENUM64:
		return has_name(btf, type, "skb_drop_reason") ? ARG_REASON
							      : ARG_OTHER;
	default:
		return ARG_OTHER;
	}
}

int64_t btf_arg_size(const struct btf *btf, uint32_t proto, int n)
{
	const struct btf_param *param = proto_param(btf, proto, n);
	const struct btf_type *type;
	int64_t size;

	if (!param)
		return 0;
	type = btf_type_by_id(btf, btf_resolve(btf, param->type));
	if (!type || btf_kind(type) == KIND_FLOAT)
		return 0;
	size = btf_size(btf, param->type);
	return size < 0 ? 0 : size;
}

uint32_t btf_result(const struct btf *btf, uint32_t proto)
{
	const struct btf_type *type = btf_type_by_id(btf, proto);

	return type && btf_kind(type) == KIND_FUNC_PROTO ? type->type : 0;
}

int btf_arg_points_to(const struct btf *btf, uint32_t proto, int n,
		      const char *name)
{
	const struct btf_param *param = proto_param(btf, proto, n);
	const struct btf_type *type = NULL;

	if (param)
		type = btf_type_by_id(btf, btf_resolve(btf, param->type));
	if (!type || btf_kind(type) != KIND_PTR)
		return 0;
	type = btf_type_by_id(btf, btf_resolve(btf, type->type));
	return type && has_name(btf, type, name);
}
