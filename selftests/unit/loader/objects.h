/* SPDX-License-Identifier: GPL-2.0-only */
/* Sources of BPF objects with maps, and how the tests take objects apart. */
#ifndef OBJECTS_H
#define OBJECTS_H

#include "../../../loader/elf/object.h"
#include "../../../loader/elf/reloc.h"
#include "capture.h"
#include "compile.h"

#define MAPS \
	"struct value { u64 a; u32 b; };\n" \
	"struct { __uint(type, 1); __uint(max_entries, 1024);\n" \
	"	__type(key, u64); __type(value, struct value);\n" \
	"	__uint(map_flags, 1); __uint(pinning, 1);\n" \
	"} hash SEC(\".maps\");\n" \
	"struct { __uint(type, 27); __uint(max_entries, 4096);\n" \
	"} ring SEC(\".maps\");\n" \
	"struct { __uint(type, 2); __uint(key_size, 4);\n" \
	"	__uint(value_size, 24); __uint(max_entries, 3);\n" \
	"} array SEC(\".maps\");\n"

#define USES_MAPS \
	"SEC(\"kprobe/ip_rcv\") int probe(void *ctx)\n" \
	"{\n" \
	"	u64 key = 5; u32 zero = 0;\n" \
	"	return lookup(&hash, &key) && lookup(&array, &zero);\n" \
	"}\n"

/* A program that refers to three variables of a section, one after the other. */
#define VARIABLES HEAD LICENSE \
	"volatile u64 a SEC(\".data.state\"), b SEC(\".data.state\"),\n" \
	"	c SEC(\".data.state\");\n" \
	"SEC(\"kprobe/x\") int p(void *ctx)\n" \
	"{ a = 1; b = 2; c = 3; return 0; }\n"

/* No constant has a value. */
static inline int get_none(const void *ctx, const char *name, uint64_t *value)
{
	(void)ctx, (void)name, (void)value;
	return -ENOENT;
}

static const struct reloc_values no_values = { get_none, NULL };

/* The object, to be freed; NULL when it is refused. */
static inline struct object *parse(const char *bytes, size_t size)
{
	struct object *obj;

	return object_parse("x.o", bytes, size, &obj) ? NULL : obj;
}

/* Two results: these bytes are refused with that message. */
static inline void is_refused_bytes(const char *bytes, size_t size,
				    const char *want)
{
	struct object *obj;
	int ret;

	capture_begin();
	ret = object_parse("x.o", bytes, size, &obj);
	is_str(capture_end(), want, want);
	ok(ret == -EINVAL && !obj, "... is refused");
}

#endif /* OBJECTS_H */
