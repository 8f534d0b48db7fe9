/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * BTF, the type information of kernels, modules and BPF objects: reads it
 * and answers what bpfpath asks of it. Format: Documentation/bpf/btf.rst.
 * Type ids count from 1; id 0 is void and also stands for "none".
 */
#ifndef BTF_H
#define BTF_H

#include <stddef.h>
#include <linux/btf.h>
#include <stdint.h>

/* The kinds of types; older linux/btf.h do not have all of them. */
enum btf_kind {
	KIND_VOID,
	KIND_INT,
	KIND_PTR,
	KIND_ARRAY,
	KIND_STRUCT,
	KIND_UNION,
	KIND_ENUM,
	KIND_FWD,
	KIND_TYPEDEF,
	KIND_VOLATILE,
	KIND_CONST,
	KIND_RESTRICT,
	KIND_FUNC,
	KIND_FUNC_PROTO,
	KIND_VAR,
	KIND_DATASEC,
	KIND_FLOAT,
	KIND_DECL_TAG,
	KIND_TYPE_TAG,
	KIND_ENUM64,
	KIND_MAX,
};

/*
 * Bytes of the header up to the strings' length. Newer headers are longer (32 bytes in
 * Linux 7.2, and in its linux/btf.h): a header says itself where it ends.
 */
#define BTF_HEADER_MIN	24

struct btf;

/*
 * btf_parse() copies @size bytes of BTF, which messages call @name; btf_open() reads the
 * file @path, of an ELF file the section .BTF. @base is the BTF that this one continues,
 * vmlinux's for a module, and must live longer; else NULL. Both return 0 and *btf, to be
 * freed by btf_free(); or -errno, and have said why. Only of a file that does not
 * exist (-ENOENT) nothing is said.
 */
int btf_parse(const char *name, const void *bytes, size_t size,
	      const struct btf *base, struct btf **btf);
int btf_open(const char *path, const struct btf *base, struct btf **btf);
void btf_free(struct btf *btf);

/* The ids that are @btf's own, not its base's: btf_first() to btf_end() - 1. */
uint32_t btf_first(const struct btf *btf);
uint32_t btf_end(const struct btf *btf);

/* The type of that id, or NULL. Its members or parameters behind it are complete. */
const struct btf_type *btf_type_by_id(const struct btf *btf, uint32_t id);
enum btf_kind btf_kind(const struct btf_type *type);
uint32_t btf_vlen(const struct btf_type *type);

/* A string of the string section; "" when @offset is beyond its end. */
const char *btf_string(const struct btf *btf, uint32_t offset);

/*
 * The type behind typedef, const, volatile, restrict and type tags: its id,
 * or 0 (void, a broken reference or an endless chain).
 */
uint32_t btf_resolve(const struct btf *btf, uint32_t id);

/*
 * The id of the type of that name and kind, in @btf and then in its base; 0
 * when there is none. Fast: there is an index.
 */
uint32_t btf_find(const struct btf *btf, const char *name, enum btf_kind kind);

/*
 * Offset in bytes of a member from the start of struct (or union) @name,
 * through anonymous members and along a dotted path:
 * btf_member_offset(btf, "sock", "__sk_common.skc_net.net").
 * -ENOENT when struct or member is not there, -EINVAL for a bit field.
 */
int btf_member_offset(const struct btf *btf, const char *name,
		      const char *path);

/*
 * The offset of a bit field, in bits from the start of the struct, and its *width in
 * bits. -EINVAL: the member is no bit field.
 */
int btf_bit_field(const struct btf *btf, const char *name, const char *path,
		  int *width);

/* Where a member of a struct or union lies. */
struct btf_place {
	uint64_t bits;		/* from the struct's start */
	int width;		/* of a bit field, bits; else 0 */
	uint32_t type;		/* id of the member's type */
};

/*
 * Finds the member whose name is the first @len bytes of @name in the struct or union
 * @id, through anonymous members. 0 or -ENOENT.
 */
int btf_find_member(const struct btf *btf, uint32_t id, const char *name, size_t len,
		    struct btf_place *place);

/* Size in bytes of a value of that type; -EINVAL when it has none. */
int64_t btf_size(const struct btf *btf, uint32_t id);

/* The name of @value in an enum or enum64, NULL when it has none. */
const char *btf_enum_name(const struct btf *btf, const char *name,
			  uint64_t value);

/* The same for the enum or enum64 with that id; @value is as wide as the enum. */
const char *btf_enum_value(const struct btf *btf, uint32_t id, uint64_t value);

/* What an argument of a function is, as far as a probe cares. */
enum btf_arg {
	ARG_NONE,		/* the function has no such argument */
	ARG_OTHER,
	ARG_SKB,		/* struct sk_buff *, also const */
	ARG_SKB_PTR,		/* struct sk_buff ** */
	ARG_REASON,		/* enum skb_drop_reason */
	ARG_VOID_PTR,		/* void * */
};

/* What argument @n, from 1, of prototype @proto (a FUNC_PROTO's id) is. */
enum btf_arg btf_arg(const struct btf *btf, uint32_t proto, int n);

/* The size of that argument in bytes; 0: there is none, or it is a floating point one. */
int64_t btf_arg_size(const struct btf *btf, uint32_t proto, int n);

/* The type of a function's result: an id, 0 for void. */
uint32_t btf_result(const struct btf *btf, uint32_t proto);

/* 1 when argument @n points to a struct (or another type) of that name. */
int btf_arg_points_to(const struct btf *btf, uint32_t proto, int n,
		      const char *name);

/*
 * The prototype that a function (FUNC), or a typedef of a pointer to one,
 * leads to; 0 when there is none.
 */
uint32_t btf_proto(const struct btf *btf, uint32_t id);

#endif /* BTF_H */
