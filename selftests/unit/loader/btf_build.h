/* SPDX-License-Identifier: GPL-2.0-only */
/* Puts BTF together in memory: types and strings first, then the whole. */
#ifndef BTF_BUILD_H
#define BTF_BUILD_H

#include "../../../loader/btf/btf.h"

#include <stdarg.h>
#include <string.h>

#define BUILD_WORDS	2048

struct btf_build {
	__u32 words[BUILD_WORDS];
	__u32 word_count;
	char strings[4096];
	__u32 strings_size;
	__u32 strings_start;	/* of a module: where the kernel's end */
	__u32 next_id;
	unsigned char bytes[BUILD_WORDS * 4 + 8192];
	size_t size;
};

/* Begins kernel BTF, or, with the finished base, that of a module. */
static inline void build_begin(struct btf_build *b,
			       const struct btf_build *base)
{
	memset(b, 0, sizeof(*b));
	b->strings_size = base ? 0 : 1;
	b->strings_start = base ? base->strings_size : 0;
	b->next_id = base ? base->next_id : 1;
}

static inline __u32 build_string(struct btf_build *b, const char *text)
{
	__u32 at = b->strings_size;

	if (!*text)
		return 0;
	strcpy(b->strings + at, text);
	b->strings_size += strlen(text) + 1;
	return b->strings_start + at;
}

/* Of a struct with bit fields; a member's place, bits, is then one of BITS(). */
#define KFLAG		0x80000000u
#define BITS(size, at)	((size) << 24 | (at))

/*
 * Adds a type: what stands in size/type, and then @words more words, each a
 * __u32. Returns its id.
 */
static inline __u32 build_type(struct btf_build *b, enum btf_kind kind,
			       const char *name, __u32 vlen, __u32 type,
			       int words, ...)
{
	__u32 name_off = build_string(b, name);
	va_list more;

	b->words[b->word_count++] = name_off;
	b->words[b->word_count++] = kind << 24 | vlen;
	b->words[b->word_count++] = type;
	va_start(more, words);
	while (words--)
		b->words[b->word_count++] = va_arg(more, __u32);
	va_end(more);
	return b->next_id++;
}

/* The usual short ones. */
static inline __u32 build_int(struct btf_build *b, const char *name,
			      __u32 size)
{
	return build_type(b, KIND_INT, name, 0, size, 1, size * 8);
}

static inline __u32 build_ptr(struct btf_build *b, __u32 type)
{
	return build_type(b, KIND_PTR, "", 0, type, 0);
}

static inline __u32 build_array(struct btf_build *b, __u32 type, __u32 count)
{
	return build_type(b, KIND_ARRAY, "", 0, 0, 3, type, 1, count);
}

/* A prototype without result whose arguments, without names, are of @types. */
static inline __u32 build_proto(struct btf_build *b, int args, ...)
{
	va_list types;
	__u32 id;

	id = build_type(b, KIND_FUNC_PROTO, "", args, 0, 0);
	va_start(types, args);
	while (args--) {
		b->words[b->word_count++] = 0;
		b->words[b->word_count++] = va_arg(types, __u32);
	}
	va_end(types);
	return id;
}

static inline __u32 build_func(struct btf_build *b, const char *name,
			       __u32 proto)
{
	return build_type(b, KIND_FUNC, name, 0, proto, 0);
}

/* Tracepoint @name with that prototype (which begins with a void *). */
static inline __u32 build_tracepoint(struct btf_build *b, const char *name,
				     __u32 proto)
{
	char typedef_name[80] = "btf_trace_";

	strcat(typedef_name, name);
	return build_type(b, KIND_TYPEDEF, typedef_name, 0,
			  build_ptr(b, proto), 0);
}

static inline void build_end(struct btf_build *b)
{
	struct btf_header header = {
		.magic = BTF_MAGIC,
		.version = BTF_VERSION,
		.hdr_len = BTF_HEADER_MIN,
		.type_len = b->word_count * 4,
		.str_off = b->word_count * 4,
		.str_len = b->strings_size,
	};

	memcpy(b->bytes, &header, BTF_HEADER_MIN);
	memcpy(b->bytes + BTF_HEADER_MIN, b->words, header.type_len);
	memcpy(b->bytes + BTF_HEADER_MIN + header.type_len, b->strings,
	       b->strings_size);
	b->size = BTF_HEADER_MIN + header.type_len + b->strings_size;
}

#endif /* BTF_BUILD_H */
