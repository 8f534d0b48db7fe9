// SPDX-License-Identifier: GPL-2.0-only
/* Reading BTF: what is understood. */
#include "../../../loader/btf/args.h"
#include "../tap.h"
#include "btf_all.h"

#include <errno.h>

static void test_find(const struct btf *btf)
{
	is_int(btf_find(btf, "u32", KIND_INT), u32_id, "find: an int");
	is_int(btf_find(btf, "u32", KIND_FUNC), 0, "find: not that kind");
	is_int(btf_find(btf, "takes_all", KIND_FUNC), func, "find: a function");
	is_int(btf_find(btf, "nobody", KIND_FUNC), 0, "find: no such name");
	is_int(btf_find(btf, "", KIND_PTR), 0, "find: no name");
	is_int(btf_first(btf), 1, "the first id");
	is_int(btf_end(btf), b.next_id, "the end of the ids");
	ok(!btf_type_by_id(btf, 0), "id 0 is no type");
	ok(!btf_type_by_id(btf, b.next_id), "nor is the id behind the last");
	is_str(btf_string(btf, 1u << 30), "", "a string beyond the end");
	is_int(btf_resolve(btf, btf_find(btf, "skb_t", KIND_TYPEDEF)), skb,
	       "resolve: typedef and const");
	is_int(btf_resolve(btf, btf_find(btf, "user", KIND_TYPE_TAG)), u32_id,
	       "resolve: type tag");
	is_int(btf_resolve(btf, btf_find(btf, "ring", KIND_TYPEDEF)), 0,
	       "resolve: in circles");
	is_int(btf_resolve(btf, btf_find(btf, "lost", KIND_TYPEDEF)), 0,
	       "resolve: to an id that is not there");
}

static void test_members(const struct btf *btf)
{
	int width;

	is_int(btf_member_offset(btf, "box", "a"), 0, "member: the first");
	is_int(btf_member_offset(btf, "box", "b"), 4,
	       "member: of an anonymous union");
	is_int(btf_member_offset(btf, "box", "c"), 4, "member: one deeper");
	is_int(btf_member_offset(btf, "box", "d.y"), 12,
	       "member: a path through a typedef");
	is_int(btf_member_offset(btf, "box", "whole"), 20,
	       "member: whole, beside bit fields");
	is_int(btf_member_offset(btf, "box", "bits"), -EINVAL,
	       "member: a bit field");
	is_int(btf_bit_field(btf, "box", "bits", &width), 128,
	       "bit field: where");
	is_int(width, 3, "... how wide");
	is_int(btf_bit_field(btf, "box", "a", &width), -EINVAL,
	       "bit field: of a whole member");
	is_int(btf_bit_field(btf, "box", "z", &width), -ENOENT,
	       "bit field: none");
	is_int(btf_member_offset(btf, "box", "d.z"), -ENOENT,
	       "member: path to nothing");
	is_int(btf_member_offset(btf, "box", "a.x"), -ENOENT,
	       "member: of a number");
	is_int(btf_member_offset(btf, "box", "d."), -ENOENT,
	       "member: path that ends in a dot");
	is_int(btf_member_offset(btf, "box", ""), -ENOENT, "member: no path");
	is_int(btf_member_offset(btf, "none", "a"), -ENOENT,
	       "member: of no struct");
	is_int(btf_member_offset(btf, "loop", "a"), -ENOENT,
	       "member: of a struct that holds itself twice");
}

static int64_t size_of(const struct btf *btf, const char *name,
		       enum btf_kind kind)
{
	return btf_size(btf, btf_find(btf, name, kind));
}

static void test_sizes(const struct btf *btf)
{
	is_int(size_of(btf, "u32", KIND_INT), 4, "size: int");
	is_int(size_of(btf, "box", KIND_STRUCT), 24, "size: struct");
	is_int(btf_size(btf, skb_ptr), 8, "size: pointer");
	is_int(size_of(btf, "matrix", KIND_TYPEDEF), 60,
	       "size: array of arrays");
	is_int(size_of(btf, "double", KIND_FLOAT), 8, "size: float");
	is_int(size_of(btf, "wide", KIND_ENUM64), 8, "size: enum64");
	is_int(size_of(btf, "too_big", KIND_TYPEDEF), -EINVAL,
	       "size: more than 32 bits");
	is_int(size_of(btf, "ring", KIND_TYPEDEF), -EINVAL,
	       "size: in circles");
	is_int(btf_size(btf, func), -EINVAL, "size: of a function");
	is_int(btf_size(btf, 0), -EINVAL, "size: of void");
}

static void test_enums(const struct btf *btf)
{
	is_str(btf_enum_name(btf, "skb_drop_reason", 3), "NO_SOCKET",
	       "enum: a value's name");
	is_str(btf_enum_name(btf, "skb_drop_reason", 4), NULL,
	       "enum: no such value");
	is_str(btf_enum_name(btf, "no_enum", 3), NULL, "enum: no such enum");
	is_str(btf_enum_name(btf, "signed", -1), "MINUS_ONE",
	       "enum: a negative value");
	is_str(btf_enum_name(btf, "wide", 0x200000001), "HUGE",
	       "enum: a value of 64 bits");
}

static void test_args(const struct btf *btf)
{
	static const enum btf_arg want[] = {
		ARG_NONE,   ARG_OTHER,	  ARG_SKB, ARG_SKB_PTR,
		ARG_REASON, ARG_VOID_PTR, ARG_SKB, ARG_NONE,
	};
	uint32_t proto = btf_proto(btf, func);
	char what[32];
	int n;

	for (n = 0; n < 8; n++) {
		snprintf(what, sizeof(what), "kind of argument %d", n);
		is_int(btf_arg(btf, proto, n), want[n], what);
	}
	is_int(btf_arg(btf, func, 1), ARG_NONE, "a function is no prototype");
	is_int(btf_proto(btf, u32_id), 0, "an int has no prototype");
	is_int(btf_arg_size(btf, proto, 1), 4, "size of an argument");
	is_int(btf_arg_size(btf, proto, 2), 8, "... that is a pointer");
	is_int(btf_arg_size(btf, proto, 7), 0, "... that is not there");
	is_int(btf_arg_points_to(btf, proto, 2, "sk_buff"), 1,
	       "an argument that points to a struct of that name");
	is_int(btf_arg_points_to(btf, proto, 2, "sock"), 0, "... or another");
	is_int(btf_arg_points_to(btf, proto, 5, "sk_buff"), 0, "... or void");
	is_int(btf_arg_points_to(btf, proto, 1, "u32"), 0, "... or not at all");
}

static enum btf_arg first_arg(const struct btf *btf, const char *name)
{
	return btf_arg(btf, btf_proto(btf, btf_find(btf, name, KIND_FUNC)), 1);
}

static void test_module(const struct btf *btf)
{
	struct btf *mod;

	is_int(btf_parse("mod", module.bytes, module.size, btf, &mod), 0,
	       "a module's BTF is read");
	is_int(btf_first(mod), b.next_id, "its ids follow the kernel's");
	is_int(btf_find(mod, "u32", KIND_INT), u32_id,
	       "the kernel's types are found in it");
	is_int(first_arg(mod, "mod_rx"), ARG_SKB, "its function's packet");
	is_int(first_arg(mod, "mod_fwd"), ARG_SKB,
	       "... and one that is only declared");
	is_int(btf_find(btf, "mod_rx", KIND_FUNC), 0,
	       "its types are not the kernel's");
	btf_free(mod);
}

/* The header of Linux 7.2 has two words more, one not yet known another one. */
static void test_headers(void)
{
	static const uint32_t lengths[] = { 24, 32, 36 };
	static unsigned char longer[sizeof(b.bytes) + 16];
	struct btf *btf;

	for (int i = 0; i < 3; i++) {
		uint32_t len = lengths[i];

		memset(longer, 0xff, sizeof(longer));
		memcpy(longer, b.bytes, BTF_HEADER_MIN);
		memcpy(longer + 4, &len, sizeof(len));
		memcpy(longer + len, b.bytes + BTF_HEADER_MIN,
		       b.size - BTF_HEADER_MIN);
		is_int(btf_parse("x", longer, b.size + len - BTF_HEADER_MIN,
				 NULL, &btf), 0, "a header of another length");
		is_int(btf ? btf_find(btf, "takes_all", KIND_FUNC) : 0, func,
		       "... and what follows it");
		btf_free(btf);
	}
}

int main(void)
{
	struct btf *btf;

	tap_plan(76);
	build_all();
	is_int(btf_parse("x", b.bytes, b.size, NULL, &btf), 0,
	       "BTF of all kinds is read");
	test_find(btf);
	test_members(btf);
	test_sizes(btf);
	test_enums(btf);
	test_args(btf);
	test_module(btf);
	btf_free(btf);
	is_int(btf_open("/nonexistent/btf", NULL, &btf), -ENOENT,
	       "a file that is not there is the caller's business");
	test_headers();
	return tap_done();
}
