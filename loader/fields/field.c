// SPDX-License-Identifier: GPL-2.0-only
#include "field.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define POINTER_SIZE	8

/* A path while it is followed. */
struct walk {
	const struct btf *btf;
	struct field *field;
	uint32_t type;		/* where it has come to */
	uint64_t bits;		/* … from the start, or from the last pointer */
	int width;
	bool at_sock;		/* that pointer was one to a struct sock */
	char *error;
};

static const struct btf_type *type_at(const struct walk *walk)
{
	return btf_type_by_id(walk->btf, btf_resolve(walk->btf, walk->type));
}

static bool is_composite(const struct btf_type *type)
{
	return btf_kind(type) == KIND_STRUCT || btf_kind(type) == KIND_UNION;
}

static int refuse(const struct walk *walk, const char *name, size_t len,
		  const char *why)
{
	snprintf(walk->error, FIELD_ERROR, "'%.*s' %s", (int)(len < FIELD_NAME_LEN ? len : FIELD_NAME_LEN),
		 name, why);
	return -EINVAL;
}

/*
 * What skb->sk points to may be a socket in TIME_WAIT, or a request for one: of these only
 * struct sock_common is there (include/net/sock.h, sk_fullsock()).
 */
static void check_sock(struct walk *walk)
{
	const struct btf *btf = walk->btf;
	int64_t common = btf_size(btf, btf_find(btf, "sock_common", KIND_STRUCT));
	int state = btf_member_offset(btf, "sock", "__sk_common.skc_state");

	if (!walk->at_sock || walk->field->whole_sock || common < 0 || state < 0 ||
	    walk->bits / 8 < (uint64_t)common)
		return;
	walk->field->whole_sock = walk->field->step_count;
	walk->field->sock_state = state;
}

static bool has_name(const struct walk *walk, const struct btf_type *type, const char *name)
{
	return type && !strcmp(btf_string(walk->btf, type->name_off), name);
}

static void follow(struct walk *walk, const struct btf_type *pointer)
{
	check_sock(walk);
	walk->field->steps[walk->field->step_count++] = walk->bits / 8;
	walk->bits = 0;
	walk->type = pointer->type;
	walk->at_sock = has_name(walk, type_at(walk), "sock");
}

/* What @name names is to have members. */
static int enter(struct walk *walk, const char *name, size_t len)
{
	const struct btf_type *type = type_at(walk);

	if (type && btf_kind(type) == KIND_PTR && !walk->width) {
		if (walk->field->step_count == FIELD_STEPS)
			return refuse(walk, name, len, "is behind too many pointers");
		follow(walk, type);
		type = type_at(walk);
	}
	if (type && btf_kind(type) == KIND_FWD)
		return refuse(walk, name, len,
			      "is of a struct that the kernel's BTF does not have");
	if (!type || !is_composite(type))
		return refuse(walk, name, len, "has no members");
	return 0;
}

static int take_member(struct walk *walk, const char *name, size_t len)
{
	struct btf_place place;
	const char *of = btf_string(walk->btf, type_at(walk)->name_off);
	char why[FIELD_ERROR / 2];

	if (btf_find_member(walk->btf, walk->type, name, len, &place)) {
		snprintf(why, sizeof(why), "is no member of %s%.*s",
			 *of ? "struct " : "it", FIELD_NAME_LEN, of);
		return refuse(walk, name, len, why);
	}
	walk->bits += place.bits;
	walk->width = place.width;
	walk->type = place.type;
	return 0;
}

/* Is it one of the types __be16, __be32, __be64 by name? */
static bool is_network_order(const struct walk *walk)
{
	const struct btf_type *type = btf_type_by_id(walk->btf, walk->type);

	for (int i = 0; type && i < FIELD_STEPS; i++) {
		if (btf_kind(type) == KIND_TYPEDEF &&
		    !strncmp(btf_string(walk->btf, type->name_off), "__be", 4))
			return true;
		if (btf_kind(type) != KIND_TYPEDEF && btf_kind(type) != KIND_CONST &&
		    btf_kind(type) != KIND_VOLATILE)
			break;
		type = btf_type_by_id(walk->btf, type->type);
	}
	return false;
}

static bool is_signed(const struct btf_type *type)
{
	if (btf_kind(type) == KIND_INT)
		return *(const uint32_t *)(type + 1) >> 24 & BTF_INT_SIGNED;
	return btf_kind(type) != KIND_PTR && type->info >> 31;
}

/* The smallest number of bytes that has that many bits; 0: none has. */
static uint8_t size_for(int bits)
{
	for (uint8_t size = 1; size <= 8; size *= 2)
		if (bits <= size * 8)
			return size;
	return 0;
}

/* Bit fields are picked as on machines whose first byte is the lowest. */
static int take_bits(struct walk *walk, const char *name, size_t len)
{
	struct field *field = walk->field;

	field->shift = walk->bits % 8;
	field->width = walk->width;
	field->size = size_for(field->shift + walk->width);
	if (!field->size || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
		return refuse(walk, name, len, "is a bit field that cannot be read");
	return 0;
}

static const char *why_no_number(enum btf_kind kind)
{
	switch (kind) {
	case KIND_STRUCT:
		return "is a struct: name one of its members";
	case KIND_UNION:
		return "is a union: name one of its members";
	case KIND_ARRAY:
		return "is an array";
	default:
		return "is no number";
	}
}

static int take_number(struct walk *walk, const char *name, size_t len)
{
	const struct btf_type *type = type_at(walk);
	struct field *field = walk->field;
	enum btf_kind kind = type ? btf_kind(type) : KIND_VOID;

	if (kind != KIND_INT && kind != KIND_ENUM && kind != KIND_ENUM64 &&
	    kind != KIND_PTR)
		return refuse(walk, name, len, why_no_number(kind));
	field->is_signed = is_signed(type);
	field->form = field->is_signed ? FORM_SIGNED : FORM_NUMBER;
	if (kind == KIND_PTR)
		field->form = FORM_HEX;
	field->is_swapped = is_network_order(walk);
	field->offset = walk->bits / 8;
	check_sock(walk);
	if (walk->width)
		return take_bits(walk, name, len);
	field->size = kind == KIND_PTR ? POINTER_SIZE : type->size;
	if (walk->bits % 8 || size_for(field->size * 8) != field->size)
		return refuse(walk, name, len, "has no size of 1, 2, 4 or 8 bytes");
	return 0;
}

/*
 * Has TCP something else at this member while it keeps the sk_buff: its tree, or its list
 * (the unions in struct sk_buff, include/linux/skbuff.h)?
 */
static bool is_lent(const struct walk *walk, uint32_t skb)
{
	static const char *const tcps[] = { "rbnode", "tcp_tsorted_anchor" };
	struct btf_place place;

	for (size_t i = 0; i < sizeof(tcps) / sizeof(*tcps); i++)
		if (!btf_find_member(walk->btf, skb, tcps[i], strlen(tcps[i]), &place) &&
		    walk->bits >= place.bits &&
		    walk->bits < place.bits + 8 * btf_size(walk->btf, place.type))
			return true;
	return false;
}

int field_find(const struct btf *btf, const char *name, const char *path,
	       struct field *field, char error[FIELD_ERROR])
{
	struct walk walk = {
		.btf = btf,
		.field = field,
		.type = btf_find(btf, name, KIND_STRUCT),
		.error = error,
	};
	size_t len = strcspn(path, ".");
	uint32_t strct = walk.type;
	int err;

	memset(field, 0, sizeof(*field));
	if (!walk.type)
		return refuse(&walk, name, strlen(name),
			      "is a struct that the kernel's BTF does not have");
	err = take_member(&walk, path, len);
	field->is_lent = !err && is_lent(&walk, strct);
	while (!err && path[len]) {
		err = enter(&walk, path, len);
		path += len + 1;
		len = strcspn(path, ".");
		if (!err)
			err = take_member(&walk, path, len);
	}
	return err ? err : take_number(&walk, path, len);
}

bool field_holds(const struct field *field, uint64_t value, bool is_negative)
{
	int bits = field->width ? field->width : field->size * 8;

	if (is_negative)
		return field->is_signed && value >> (bits - 1) == UINT64_MAX >> (bits - 1);
	if (field->is_signed)
		bits--;
	return bits == 64 || !(value >> bits);
}
