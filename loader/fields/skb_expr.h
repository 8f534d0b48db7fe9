/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An expression of what an sk_buff must be like (--skb), as extended BPF:
 *
 *	expression	and || and …
 *	and		not && not …
 *	not		! not, ( expression ), or a comparison
 *	comparison	MEMBER [& NUMBER] [OPERATOR NUMBER]
 *
 * MEMBER is a path in struct sk_buff, with "skb." before it or without; OPERATOR one of
 * == != < <= > >=; without one the comparison is "!= 0". What cannot be read, as behind
 * a pointer that is NULL, makes a comparison false.
 */
#ifndef SKB_EXPR_H
#define SKB_EXPR_H

#include "../elf/object.h"
#include "../btf/btf.h"

/*
 * Makes @func, to be freed by obj_func_clear(), the function skb_matches() of
 * bpf/fields.h. 0; -EINVAL, and has said what is wrong; -ENOMEM.
 */
int skb_expr_make(const struct btf *btf, const char *text, struct obj_prog *func);

#endif /* SKB_EXPR_H */
