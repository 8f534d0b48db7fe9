// SPDX-License-Identifier: GPL-2.0-only
/* Reading BTF: what is understood, what is refused, and what ends anyway. */
#include "../../../loader/btf/args.h"
#include "btf_build.h"
#include "capture.h"

static struct btf_build b, module;
static __u32 u32_id, skb, skb_ptr, skb_pp, void_ptr, reason, func, loop;

static void build_args(void)
{
	__u32 konst = build_type(&b, KIND_CONST, "", 0, skb, 0);
	__u32 td = build_type(&b, KIND_TYPEDEF, "skb_t", 0, konst, 0);
	__u32 proto;

	skb_ptr = build_ptr(&b, build_type(&b, KIND_VOLATILE, "", 0, td, 0));
	skb_pp = build_ptr(&b, build_type(&b, KIND_CONST, "", 0,
					  build_ptr(&b, skb), 0));
	void_ptr = build_ptr(&b, build_type(&b, KIND_CONST, "", 0, 0, 0));
	reason = build_type(&b, KIND_ENUM, "skb_drop_reason", 2, 4, 4,
			    build_string(&b, "NOT_DROPPED"), 2u,
			    build_string(&b, "NO_SOCKET"), 3u);
	proto = build_proto(&b, 6, u32_id, skb_ptr, skb_pp, reason, void_ptr,
			    skb_ptr);
	func = build_func(&b, "takes_all", proto);
	build_func(&b, "late",
		   build_proto(&b, 6, u32_id, u32_id, u32_id, u32_id, u32_id,
			       skb_ptr));
	build_func(&b, "pointer_first",
		   build_proto(&b, 3, skb_pp, skb_ptr, reason));
	build_func(&b, "nothing", build_proto(&b, 0));
	build_tracepoint(&b, "drop",
			 build_proto(&b, 4, void_ptr, skb_ptr, void_ptr,
				     reason));
}

/* struct box { u32 a; union { u32 b; struct { u32 c; struct in d; }; };
 * u32 bits:3; u32 whole:32; } */
static void build_structs(void)
{
	__u32 in = build_type(&b, KIND_STRUCT, "in", 2, 8, 6,
			      build_string(&b, "x"), u32_id, 0u,
			      build_string(&b, "y"), u32_id, 32u);
	__u32 in_td = build_type(&b, KIND_TYPEDEF, "in_t", 0, in, 0);
	__u32 deep = build_type(&b, KIND_STRUCT, "", 2, 12, 6,
				build_string(&b, "c"), u32_id, 0u,
				build_string(&b, "d"), in_td, 32u);
	__u32 either = build_type(&b, KIND_UNION, "", 2, 12, 6,
				  build_string(&b, "b"), u32_id, 0u, 0u, deep,
				  0u);

	build_type(&b, KIND_STRUCT, "box", KFLAG | 4, 24, 12,
		   build_string(&b, "a"), u32_id, 0u, 0u, either, 32u,
		   build_string(&b, "bits"), u32_id, BITS(3u, 128u),
		   build_string(&b, "whole"), u32_id, BITS(0u, 160u));
	loop = b.next_id;
	build_type(&b, KIND_STRUCT, "loop", 2, 8, 6, 0u, loop, 0u, 0u, loop,
		   0u);
}

static void build_rest(void)
{
	__u32 next = b.next_id + 1;

	build_type(&b, KIND_TYPEDEF, "ring", 0, next, 0);
	build_type(&b, KIND_CONST, "", 0, next - 1, 0);
	build_type(&b, KIND_TYPEDEF, "lost", 0, 100000, 0);
	build_type(&b, KIND_ENUM, "signed", 1 | KFLAG, 4, 2,
		   build_string(&b, "MINUS_ONE"), -1);
	build_type(&b, KIND_ENUM64, "wide", 1, 8, 3,
		   build_string(&b, "HUGE"), 1u, 2u);
	build_type(&b, KIND_FLOAT, "double", 0, 8, 0);
	build_type(&b, KIND_TYPE_TAG, "user", 0, u32_id, 0);
	build_type(&b, KIND_RESTRICT, "", 0, u32_id, 0);
	build_type(&b, KIND_DECL_TAG, "tag", 0, u32_id, 1, 0u);
	build_type(&b, KIND_FWD, "unseen", 0, 0, 0);
	build_type(&b, KIND_VAR, "variable", 0, u32_id, 1, 0u);
	build_type(&b, KIND_DATASEC, ".data", 1, 4, 3, b.next_id - 1, 0u, 4u);
	build_type(&b, KIND_TYPEDEF, "matrix", 0,
		   build_array(&b, build_array(&b, u32_id, 3), 5), 0);
	build_type(&b, KIND_TYPEDEF, "too_big", 0,
		   build_array(&b, build_array(&b, u32_id, 65536), 65536), 0);
}

static void build_all(void)
{
	build_begin(&b, NULL);
	u32_id = build_int(&b, "u32", 4);
	skb = build_type(&b, KIND_STRUCT, "sk_buff", 0, 200, 0);
	build_args();
	build_structs();
	build_rest();
	build_end(&b);
	build_begin(&module, &b);
	build_func(&module, "mod_rx", build_proto(&module, 1, skb_ptr));
	build_ptr(&module, build_type(&module, KIND_FWD, "sk_buff", 0, 0, 0));
	build_func(&module, "mod_fwd",
		   build_proto(&module, 1, module.next_id - 1));
	build_end(&module);
}

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

static __s64 size_of(const struct btf *btf, const char *name,
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
	__u32 proto = btf_proto(btf, func);
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
	static const __u32 lengths[] = { 24, 32, 36 };
	static unsigned char longer[sizeof(b.bytes) + 16];
	struct btf *btf;

	for (int i = 0; i < 3; i++) {
		__u32 len = lengths[i];

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

static void is_refused(const void *bytes, size_t size, int want,
		       const char *message)
{
	struct btf *btf;
	int ret;

	capture_begin();
	ret = btf_parse("x", bytes, size, NULL, &btf);
	is_str(capture_end(), message, message);
	is_int(ret, want, "... and that status");
	ok(!btf, "... and no BTF");
}

/* Writes one word of the header into a copy. */
static const void *with_word(int word, __u32 value)
{
	static __u32 copy[sizeof(b.bytes) / 4];

	memcpy(copy, b.bytes, b.size);
	copy[word] = value;
	return copy;
}

static void test_refused(void)
{
	static struct btf_build odd;
	__u32 types = b.word_count * 4, all = types + b.strings_size;

	is_refused(b.bytes, 0, -EINVAL,
		   "bpfpath: x: BTF: too short for a header");
	is_refused(with_word(0, 0x00019feb), b.size, -EINVAL,
		   "bpfpath: x: BTF: made for a machine of the other byte "
		   "order");
	is_refused(with_word(0, 0x464c457f), b.size, -EINVAL,
		   "bpfpath: x: BTF: no magic number at its start");
	is_refused(with_word(0, 0x2eb9f), b.size, -EINVAL,
		   "bpfpath: x: BTF: its version is not known");
	is_refused(b.bytes, BTF_HEADER_MIN - 1, -EINVAL,
		   "bpfpath: x: BTF: too short for a header");
	is_refused(with_word(1, 20), b.size, -EINVAL,
		   "bpfpath: x: BTF: the header is wrong");
	is_refused(with_word(2, 2), b.size, -EINVAL,
		   "bpfpath: x: BTF: the header is wrong");
	is_refused(with_word(1, 0xfffffffc), b.size, -EINVAL,
		   "bpfpath: x: BTF: the types are cut off");
	is_refused(with_word(3, all + 4), b.size, -EINVAL,
		   "bpfpath: x: BTF: the types are cut off");
	is_refused(with_word(5, b.strings_size + 1), b.size, -EINVAL,
		   "bpfpath: x: BTF: the strings are cut off");
	is_refused(with_word(5, b.strings_size - 1), b.size, -EINVAL,
		   "bpfpath: x: BTF: the strings do not end");
	is_refused(with_word(5, 0), b.size, -EINVAL,
		   "bpfpath: x: BTF: no strings");
	is_refused(with_word(4, types + 1), b.size, -EINVAL,
		   "bpfpath: x: BTF: the strings are cut off");
	is_refused(with_word(3, 8), b.size, -EINVAL,
		   "bpfpath: x: BTF: type 1 is cut off");
	is_refused(with_word(7, KIND_STRUCT << 24 | 0xffff), b.size, -EINVAL,
		   "bpfpath: x: BTF: type 1 is cut off");
	build_begin(&odd, NULL);
	build_type(&odd, KIND_MAX, "new", 0, 0, 0);
	build_end(&odd);
	is_refused(odd.bytes, odd.size, -EOPNOTSUPP,
		   "bpfpath: x: BTF: type 1: kind 20 is not known");
}

/* Every question there is, of every type. */
static void ask_all(const struct btf *btf)
{
	struct args args;
	__u32 id;
	int reg;

	for (id = 0; id < btf_end(btf) + 2; id++) {
		btf_resolve(btf, id);
		btf_size(btf, id);
		args_find(btf, btf_proto(btf, id), CALL_NATIVE, &args);
		args_find(btf, id, CALL_TRACEPOINT, &args);
		args_at(btf, id, CALL_ARM64, 3, &reg);
	}
	btf_member_offset(btf, "box", "d.y");
	btf_enum_name(btf, "skb_drop_reason", 77);
	btf_enum_name(btf, "wide", 77);
}

static void test_truncated(void)
{
	int refused = 0, said = 0;
	struct btf *btf;
	size_t size;

	for (size = 0; size < b.size; size++) {
		char *exact = malloc(size + !size);

		memcpy(exact, b.bytes, size);
		capture_begin();
		refused += btf_parse("x", exact, size, NULL, &btf) < 0;
		said += !strncmp(capture_end(), "bpfpath: x: ", 12);
		free(exact);
	}
	is_int(refused, b.size, "every shorter piece of it is refused");
	is_int(said, b.size, "... with a message");
}

static void test_damaged(void)
{
	static const unsigned char values[] = { 0, 1, 0x7f, 0x80, 0xff };
	struct btf *btf;
	size_t at, i;

	capture_begin();
	for (at = 0; at < b.size; at++) {
		for (i = 0; i < sizeof(values); i++) {
			unsigned char was = b.bytes[at];

			b.bytes[at] = values[i];
			if (!btf_parse("x", b.bytes, b.size, NULL, &btf))
				ask_all(btf);
			btf_free(btf);
			b.bytes[at] = was;
		}
	}
	capture_end();
	ok(1, "with any byte wrong it is refused, or questions have answers");
}

int main(void)
{
	struct btf *btf;

	tap_plan(127);
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
	test_refused();
	test_truncated();
	test_damaged();
	return tap_done();
}
