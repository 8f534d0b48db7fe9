/* SPDX-License-Identifier: GPL-2.0-only */
/* Puts BTF together in memory: types and strings first, then the whole. */
#ifndef BTF_BUILD_H
#define BTF_BUILD_H

#include "../../../loader/btf/btf.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#define BUILD_WORDS	2048

struct btf_build {
	uint32_t words[BUILD_WORDS];
	uint32_t word_count;
	char strings[4096];
	uint32_t strings_size;
	uint32_t strings_start;	/* of a module: where the kernel's end */
	uint32_t next_id;
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

static inline uint32_t build_string(struct btf_build *b, const char *text)
{
	uint32_t at = b->strings_size;

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
 * uint32_t. Returns its id.
 */
static inline uint32_t build_type(struct btf_build *b, enum btf_kind kind,
				  const char *name, uint32_t vlen,
				  uint32_t type, int words, ...)
{
	uint32_t name_off = build_string(b, name);
	va_list more;

	b->words[b->word_count++] = name_off;
	b->words[b->word_count++] = kind << 24 | vlen;
	b->words[b->word_count++] = type;
	va_start(more, words);
	while (words--)
		b->words[b->word_count++] = va_arg(more, uint32_t);
	va_end(more);
	return b->next_id++;
}

/* The usual short ones. */
static inline uint32_t build_int(struct btf_build *b, const char *name,
				 uint32_t size)
{
	return build_type(b, KIND_INT, name, 0, size, 1, size * 8);
}

static inline uint32_t build_ptr(struct btf_build *b, uint32_t type)
{
	return build_type(b, KIND_PTR, "", 0, type, 0);
}

static inline uint32_t build_array(struct btf_build *b, uint32_t type,
				   uint32_t count)
{
	return build_type(b, KIND_ARRAY, "", 0, 0, 3, type, 1, count);
}

/* A prototype without result whose arguments, without names, are of @types. */
static inline uint32_t build_proto(struct btf_build *b, int args, ...)
{
	va_list types;
	uint32_t id;

	id = build_type(b, KIND_FUNC_PROTO, "", args, 0, 0);
	va_start(types, args);
	while (args--) {
		b->words[b->word_count++] = 0;
		b->words[b->word_count++] = va_arg(types, uint32_t);
	}
	va_end(types);
	return id;
}

static inline uint32_t build_func(struct btf_build *b, const char *name,
				  uint32_t proto)
{
	return build_type(b, KIND_FUNC, name, 0, proto, 0);
}

/* Tracepoint @name with that prototype (which begins with a void *). */
static inline uint32_t build_tracepoint(struct btf_build *b, const char *name,
					uint32_t proto)
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
