// SPDX-License-Identifier: GPL-2.0-only
/* BPF objects: taken apart, refused, cut off, damaged. */
#include <elf.h>

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

static struct object *parse(const char *bytes, size_t size)
{
	struct object *obj;

	return object_parse("x.o", bytes, size, &obj) ? NULL : obj;
}

static void is_map(const struct object *obj, const struct obj_map *want)
{
	const struct obj_map *got = obj->maps;

	while (got < obj->maps + obj->map_count &&
	       strcmp(got->name, want->name))
		got++;
	if (!ok(got < obj->maps + obj->map_count, want->name))
		return;
	is_int(got->type, want->type, "... type");
	is_int(got->key_size, want->key_size, "... size of a key");
	is_int(got->value_size, want->value_size, "... size of a value");
	is_int(got->max_entries, want->max_entries, "... entries");
	is_int(got->flags, want->flags, "... flags");
}

static void test_maps(const struct object *obj)
{
	static const struct obj_map want[] = {
		{ (char *)"hash", 0, 1, 8, 16, 1024, 1 },
		{ (char *)"ring", 0, 27, 0, 0, 4096, 0 },
		{ (char *)"array", 0, 2, 4, 24, 3, 0 },
	};
	__u32 i;

	is_int(obj->map_count, 3, "all maps are found");
	for (i = 0; i < 3; i++)
		is_map(obj, &want[i]);
}

static void test_program(const struct object *obj)
{
	static const int fds[] = { 70, 80, 90 };
	struct obj_prog *prog = &obj->progs[0];
	struct bpf_insn *insn;
	__u32 i;

	is_int(obj->prog_count, 1, "one program");
	is_str(prog->section, "kprobe/ip_rcv", "its section");
	is_str(prog->name, "probe", "its name");
	is_int(prog->insns[prog->insn_count - 1].code, BPF_JMP | BPF_EXIT,
	       "its last instruction");
	is_int(prog->reloc_count, 2, "it uses two maps");
	is_str(obj->maps[prog->relocs[0].map].name, "hash", "the first");
	is_str(obj->maps[prog->relocs[1].map].name, "array", "the second");
	is_int(reloc_apply(prog, fds, 0, prog->insns), 0, "they are bound");
	for (i = 0; i < prog->reloc_count; i++) {
		insn = prog->insns + prog->relocs[i].insn;
		is_int(insn->src_reg, BPF_PSEUDO_MAP_FD, "a descriptor");
		is_int(insn->imm, fds[prog->relocs[i].map], "... that map's");
	}
}

static void test_good(void)
{
	size_t size;
	char *bytes = compile("-g", HEAD MAPS USES_MAPS LICENSE, &size);
	struct object *obj = parse(bytes, size);

	is_str(obj->license, "GPL", "license");
	test_maps(obj);
	test_program(obj);
	object_free(obj);
	free(bytes);
	bytes = compile("", HEAD PLAIN LICENSE
			"SEC(\"tc\") int select(void *ctx) { return -1; }\n",
			&size);
	obj = parse(bytes, size);
	is_int(obj->prog_count, 2, "two programs, no maps, no BTF");
	is_str(obj->progs[1].section, "tc", "section of the second");
	is_str(obj->progs[1].name, "select", "name of the second");
	is_int(obj->map_count, 0, "no maps");
	object_free(obj);
	free(bytes);
}

static void test_data(void)
{
	size_t size;
	char *bytes = compile("-g", HEAD LICENSE
			      "struct { u64 a, b, c; } st SEC(\".data.state\");\n"
			      "extern const void kp_num"
			      " __attribute__((section(\".ksyms\"), weak));\n"
			      "SEC(\"kprobe/x\") int p(void *ctx)\n"
			      "{ volatile u64 *c = &st.c; *c = (u64)&kp_num;"
			      " return 0; }\n", &size);
	struct object *obj = parse(bytes, size);
	const struct obj_reloc *relocs = obj->progs[0].relocs;

	is_int(obj->map_count, 1, "a section of variables is a map");
	is_str(obj->maps[0].name, "state", "... named like it");
	is_int(obj->maps[0].type, BPF_MAP_TYPE_ARRAY, "... an array");
	is_int(obj->maps[0].value_size, 24, "... of one value");
	is_int(obj->maps[0].max_entries, 1, "... alone");
	is_int(obj->maps[0].flags, BPF_F_MMAPABLE, "... that can be mapped");
	is_int(obj->progs[0].reloc_count, 2, "two references");
	ok(relocs[0].kind != relocs[1].kind, "one to the value, one to kp_num");
	object_free(obj);
	free(bytes);
}

static void is_refused_bytes(const char *bytes, size_t size, const char *want)
{
	struct object *obj;
	int ret;

	capture_begin();
	ret = object_parse("x.o", bytes, size, &obj);
	is_str(capture_end(), want, want);
	ok(ret == -EINVAL && !obj, "... is refused");
}

static void is_refused(const char *flags, const char *source,
		       const char *want)
{
	size_t size;
	char *bytes = compile(flags, source, &size);

	is_refused_bytes(bytes, size, want);
	free(bytes);
}

static void test_incomplete(void)
{
	is_refused("", HEAD PLAIN, "bpfpath: x.o: no section 'license'");
	is_refused("", HEAD PLAIN "char L[] SEC(\"license\") = \"\";\n",
		   "bpfpath: x.o: section 'license' is no text");
	is_refused("", HEAD LICENSE, "bpfpath: x.o: no program in it");
	is_refused("", HEAD MAPS USES_MAPS LICENSE,
		   "bpfpath: x.o: maps without BTF (clang -g makes it)");
}

static void test_foreign_relocs(void)
{
	is_refused("-g", HEAD LICENSE PLAIN
		   "u64 start SEC(\".data.state\") = 7;\n",
		   "bpfpath: x.o: section '.data.state': variables must be 0 at "
		   "first");
	is_refused("-g", HEAD LICENSE
		   "int data = 3; SEC(\"kprobe/x\") int p(void *ctx)\n"
		   "{ return *(volatile int *)&data; }\n",
		   "bpfpath: x.o: section 'kprobe/x': instruction 0 refers to "
		   "what is no map: 'data'");
	is_refused("-g", HEAD LICENSE
		   "static const volatile int ro = 3;\n"
		   "SEC(\"kprobe/x\") int p(void *ctx) { return ro; }\n",
		   "bpfpath: x.o: section 'kprobe/x': instruction 0 refers to "
		   "what is no map: '.rodata'");
	is_refused("-g", HEAD LICENSE
		   "extern int gone; SEC(\"kprobe/x\") int p(void *ctx)\n"
		   "{ return gone; }\n",
		   "bpfpath: x.o: section 'kprobe/x': instruction 0 refers to "
		   "what is no map: 'gone'");
	is_refused("-g", HEAD LICENSE
		   "int ext(void); SEC(\"kprobe/x\") int p(void *ctx)\n"
		   "{ return ext(); }\n",
		   "bpfpath: x.o: section 'kprobe/x': instruction 0 calls a "
		   "function that is not part of it: 'ext'");
	is_refused("-g", HEAD LICENSE
		   "__attribute__((noinline)) SEC(\"kprobe/y\")\n"
		   "int sub(int *a) { return *a; }\n"
		   "SEC(\"kprobe/x\") int p(void *ctx)\n"
		   "{ int a = 7; return sub(&a); }\n",
		   "bpfpath: x.o: section 'kprobe/x': instruction 4 calls a "
		   "function that is not part of it: 'sub'");
	is_refused("-g", HEAD LICENSE
		   "SEC(\"kprobe/x\") int p(void *ctx) { return 1; }\n"
		   "SEC(\"kprobe/x\") int q(void *ctx) { return 2; }\n",
		   "bpfpath: x.o: section 'kprobe/x': more than one function "
		   "in it");
}

#define MAP(body) HEAD LICENSE PLAIN "struct {" body "} m SEC(\".maps\");\n"

static void test_foreign_maps(void)
{
	is_refused("-g", MAP("__uint(max_entries, 4);"),
		   "bpfpath: x.o: map 'm': member 'type': missing");
	is_refused("-g", MAP("__uint(type, 1); __uint(map_extra, 4);"),
		   "bpfpath: x.o: map 'm': member 'map_extra': not known");
	is_refused("-g", MAP("int type;"),
		   "bpfpath: x.o: map 'm': member 'type': not of the form "
		   "__uint()");
	is_refused("-g", MAP("__uint(type, 1); u32 key;"),
		   "bpfpath: x.o: map 'm': member 'key': not of the form "
		   "__type()");
	is_refused("-g", MAP("__uint(type, 1); __type(key, u32);"
			     " __uint(key_size, 8);"),
		   "bpfpath: x.o: map 'm': member 'key_size': contradicts "
		   "another member");
	is_refused("-g", HEAD LICENSE PLAIN "int m SEC(\".maps\");\n",
		   "bpfpath: x.o: map 'm': not a struct");
}

/* One byte of a good object's header changed. */
static void is_bad_header(char *bytes, size_t size, int at, char value,
			  const char *want)
{
	char was = bytes[at];

	bytes[at] = value;
	is_refused_bytes(bytes, size, want);
	bytes[at] = was;
}

static void test_foreign_files(void)
{
	struct object *obj;
	size_t size;
	char *bytes = compile("", HEAD PLAIN LICENSE, &size);

	is_refused_bytes("text\n", 5, "bpfpath: x.o: not an ELF file");
	is_refused_bytes("", 0, "bpfpath: x.o: not an ELF file");
	is_bad_header(bytes, size, 18, EM_X86_64,
		      "bpfpath: x.o: not for the BPF machine");
	is_bad_header(bytes, size, 16, ET_EXEC,
		      "bpfpath: x.o: not a relocatable object (clang -c)");
	free(bytes);
	bytes = compile("-target bpfeb", HEAD PLAIN LICENSE, &size);
	is_refused_bytes(bytes, size,
			 "bpfpath: x.o: for a machine of the other byte order");
	free(bytes);
	capture_begin();
	is_int(object_open("/nonexistent.o", &obj), -ENOENT, "no such file");
	is_str(capture_end(),
	       "bpfpath: /nonexistent.o: No such file or directory",
	       "... is named");
	capture_begin();
	is_int(object_open("/proc/self/exe", &obj), -EINVAL, "this program");
	is_str(capture_end(),
	       "bpfpath: /proc/self/exe: not for the BPF machine",
	       "... is no object");
}

/* Each piece in a buffer of its own: reading beyond its end is seen. */
static void test_truncated(void)
{
	int refused = 0, said = 0;
	size_t all, size;
	char *bytes = compile("-g", HEAD MAPS USES_MAPS LICENSE, &all), *exact;
	struct object *obj;

	for (size = 0; size < all; size++) {
		exact = malloc(size + !size);
		memcpy(exact, bytes, size);
		capture_begin();
		obj = parse(exact, size);
		refused += !obj;
		said += !strncmp(capture_end(), "bpfpath: x.o: ", 14);
		object_free(obj);
		free(exact);
	}
	ok(refused > 0, "pieces of an object are refused");
	is_int(said, refused, "... each with a message");
	free(bytes);
}

static void test_damaged(void)
{
	static const unsigned char values[] = { 0, 0x7f, 0xff };
	static const int fds[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	size_t all, at, i;
	char *bytes = compile("-g", HEAD MAPS USES_MAPS LICENSE, &all);
	struct object *obj;

	capture_begin();
	for (at = 0; at < all; at++) {
		for (i = 0; i < sizeof(values); i++) {
			char was = bytes[at];

			bytes[at] = values[i];
			obj = parse(bytes, all);
			if (obj)
				reloc_apply(&obj->progs[0], fds, 0,
					    obj->progs[0].insns);
			object_free(obj);
			bytes[at] = was;
		}
	}
	capture_end();
	ok(1, "with any byte wrong it is read or refused");
	free(bytes);
}

int main(void)
{
	test_good();
	test_data();
	test_incomplete();
	test_foreign_relocs();
	test_foreign_maps();
	test_foreign_files();
	test_truncated();
	test_damaged();
	return tap_done();
}
