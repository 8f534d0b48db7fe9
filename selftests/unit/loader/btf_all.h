/* SPDX-License-Identifier: GPL-2.0-only */
/* BTF with types of all kinds, of a kernel and of a module. */
#ifndef BTF_ALL_H
#define BTF_ALL_H

#include "btf_build.h"

static struct btf_build b, module;
static uint32_t u32_id, skb, skb_ptr, skb_pp, void_ptr, reason, func, loop;

/* Functions, and what they take; sets the ids above. */
static inline void build_args(void)
{
	uint32_t konst = build_type(&b, KIND_CONST, "", 0, skb, 0);
	uint32_t td = build_type(&b, KIND_TYPEDEF, "skb_t", 0, konst, 0);
	uint32_t proto;

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
static inline void build_structs(void)
{
	uint32_t in = build_type(&b, KIND_STRUCT, "in", 2, 8, 6,
			      build_string(&b, "x"), u32_id, 0u,
			      build_string(&b, "y"), u32_id, 32u);
	uint32_t in_td = build_type(&b, KIND_TYPEDEF, "in_t", 0, in, 0);
	uint32_t deep = build_type(&b, KIND_STRUCT, "", 2, 12, 6,
				build_string(&b, "c"), u32_id, 0u,
				build_string(&b, "d"), in_td, 32u);
	uint32_t either = build_type(&b, KIND_UNION, "", 2, 12, 6,
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

/* Kinds that the tests of members and arguments do not need, and such as are wrong. */
static inline void build_rest(void)
{
	uint32_t next = b.next_id + 1;

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

/* Makes @b, and @module of it. */
static inline void build_all(void)
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

#endif /* BTF_ALL_H */
