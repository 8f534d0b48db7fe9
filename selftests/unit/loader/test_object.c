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

/* No constant has a value. */
static int get_none(const void *ctx, const char *name, __u64 *value)
{
	(void)ctx, (void)name, (void)value;
	return -ENOENT;
}

static const struct reloc_values no_values = { get_none, NULL };

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
	is_int(reloc_apply(prog, fds, &no_values, prog->insns), 0, "they are bound");
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

/* A program that refers to three variables of a section, one after the other. */
#define VARIABLES HEAD LICENSE \
	"volatile u64 a SEC(\".data.state\"), b SEC(\".data.state\"),\n" \
	"	c SEC(\".data.state\");\n" \
	"SEC(\"kprobe/x\") int p(void *ctx)\n" \
	"{ a = 1; b = 2; c = 3; return 0; }\n"

static void test_offsets(void)
{
	size_t size;
	char *bytes = compile("-g", VARIABLES, &size);
	struct object *obj = parse(bytes, size);
	const struct obj_reloc *relocs = obj->progs[0].relocs;

	is_int(obj->progs[0].reloc_count, 3, "three variables");
	is_int(relocs[0].offset, 0, "the place of the first");
	is_int(relocs[1].offset, 8, "... of the second");
	is_int(relocs[2].offset, 16, "... and of the last");
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

/* Longer than any name that is taken. */
#define LONG_NAME \
	"a234567890123456789012345678901234567890123456789012345678901234"

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
		   "extern const void " LONG_NAME ";\n"
		   "SEC(\"kprobe/x\") u64 p(void *ctx)\n"
		   "{ return (u64)&" LONG_NAME "; }\n",
		   "bpfpath: x.o: section 'kprobe/x': instruction 0 refers to "
		   "what is no map: '" LONG_NAME "'");
	is_refused("-g", HEAD LICENSE
		   "__attribute__((noinline)) SEC(\"kprobe/y\")\n"
		   "int sub(int *a) { return *a; }\n"
		   "SEC(\"kprobe/x\") int p(void *ctx)\n"
		   "{ int a = 7; return sub(&a); }\n",
		   "bpfpath: x.o: section 'kprobe/x': instruction 4 calls "
		   "what is no function: 'sub'");
	is_refused("-g", HEAD LICENSE
		   "SEC(\"kprobe/x\") int p(void *ctx) { return 1; }\n"
		   "SEC(\"kprobe/x\") int q(void *ctx) { return 2; }\n",
		   "bpfpath: x.o: section 'kprobe/x': more than one function "
		   "in it");
}

/*
 * A program, and functions of .text that it calls: one refers to a constant, and calls
 * the other one (a near call: no relocation tells of it), which nobody else does.
 */
#define CALLS(body) HEAD LICENSE \
	"extern const void it __attribute__((section(\".ksyms\"), weak));\n" \
	"int filter(u64);\n" \
	"static __attribute__((noinline)) u64 unused_one(volatile u64 *a)\n" \
	"{ return *a * 3; }\n" \
	"static __attribute__((noinline)) u64 last(volatile u64 *a)\n" \
	"{ *a += (u64)&it; return *a; }\n" \
	"static __attribute__((noinline)) u64 first(volatile u64 *a)\n" \
	"{ u64 sum = last(a); return sum + *a; }\n" \
	"SEC(\"kprobe/y\") int q(void *ctx)\n" \
	"{ u64 a = 1; return unused_one(&a); }\n" \
	"SEC(\"kprobe/x\") int p(void *ctx) {" body "}\n"

static const struct obj_prog *part_of(const struct object *obj,
				      const char *name)
{
	for (__u32 i = 0; i < obj->func_count; i++)
		if (!strcmp(obj->funcs[i].name, name))
			return &obj->funcs[i];
	return obj->progs[1].name[0] == *name ? &obj->progs[1] : NULL;
}

/* The first instruction behind @from that is a call of a function; or -1. */
static int call_behind(const struct obj_prog *prog, int from)
{
	for (__u32 i = from; i < prog->insn_count; i++)
		if (prog->insns[i].code == (BPF_JMP | BPF_CALL) &&
		    prog->insns[i].src_reg == BPF_PSEUDO_CALL)
			return i;
	return -1;
}

/* Where it leads. */
static int call_target(const struct obj_prog *prog, int call)
{
	return call + 1 + prog->insns[call].imm;
}

static void test_calls(void)
{
	size_t size;
	char *bytes = compile("-g", CALLS("u64 a = 1; first(&a); first(&a);"
					  " return a;"), &size);
	struct object *obj = parse(bytes, size);
	int own = part_of(obj, "p")->insn_count, call;
	int first = part_of(obj, "first")->insn_count;
	int last = part_of(obj, "last")->insn_count;
	const struct obj_prog *prog = &obj->progs[1];

	is_int(obj->prog_count, 2, "two programs");
	is_int(obj->func_count, 3, "... and functions that they call");
	is_int(object_link(obj), 0, "they are put together");
	is_int(prog->insn_count, own + first + last, "what is called, once");
	call = call_behind(prog, 0);
	is_int(call_target(prog, call), own, "a call leads to the first");
	is_int(call_target(prog, call_behind(prog, call + 1)), own,
	       "... and another one, too");
	is_int(call_target(prog, call_behind(prog, own)), own + first,
	       "that one's leads to the last");
	is_int(prog->reloc_count, 1, "no call is left to lead");
	is_str(prog->relocs[0].name, "it", "... but the last one's constant");
	ok(prog->relocs[0].insn >= (__u32)(own + first), "... has moved");
	object_free(obj);
	free(bytes);
}

/* A function that the loader is to bring. */
static void test_unknown_callee(void)
{
	struct bpf_insn body[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	const struct obj_prog filter = {
		.section = (char *)".text",
		.name = (char *)"filter",
		.insns = body,
		.insn_count = 2,
	};
	size_t size;
	char *bytes = compile("-g", CALLS("return filter(3);"), &size);
	struct object *obj = parse(bytes, size);
	const struct obj_prog *prog = &obj->progs[1];
	int own = prog->insn_count;

	capture_begin();
	is_int(object_link(obj), -ENOENT, "a call of what nobody has");
	is_str(capture_end(), "bpfpath: program 'p': calls 'filter', which "
	       "nobody defines", "... is named");
	is_int(object_add_function(obj, &filter), 0,
	       "the function is brought");
	is_int(object_link(obj), 0, "... and put behind it");
	is_int(prog->insn_count, own + 2, "... whole");
	is_int(call_target(prog, call_behind(prog, 0)), own, "... and called");
	object_free(obj);
	free(bytes);
}

/* The section of relocations of the only section of code that has some. */
static Elf64_Shdr *find_rels(char *bytes, Elf64_Shdr **code)
{
	Elf64_Ehdr *elf = (Elf64_Ehdr *)bytes;
	Elf64_Shdr *sections = (Elf64_Shdr *)(bytes + elf->e_shoff);

	for (int i = 0; i < elf->e_shnum; i++) {
		*code = sections + sections[i].sh_info;
		if (sections[i].sh_type == SHT_REL &&
		    (*code)->sh_flags & SHF_EXECINSTR)
			return sections + i;
	}
	puts("Bail out! no relocations in an object");
	exit(1);
}

/* The last of these relocations. */
static Elf64_Rel *find_rel(char *bytes)
{
	Elf64_Shdr *code, *rels = find_rels(bytes, &code);

	return (Elf64_Rel *)(bytes + rels->sh_offset + rels->sh_size) - 1;
}

/* The instruction of that code at @at, bytes. */
static struct bpf_insn *find_insn(char *bytes, Elf64_Addr at)
{
	Elf64_Shdr *code;

	find_rels(bytes, &code);
	return (struct bpf_insn *)(bytes + code->sh_offset + at);
}

/* The one that the relocation changes. */
static struct bpf_insn *changed_insn(char *bytes)
{
	return find_insn(bytes, find_rel(bytes)->r_offset);
}

/* @at: where the relocation says it is, bytes. */
static void is_refused_at(char *bytes, size_t size, Elf64_Addr at)
{
	char want[128];

	find_rel(bytes)->r_offset = at;
	snprintf(want, sizeof(want),
		 "bpfpath: x.o: section 'kprobe/ip_rcv': instruction %llu "
		 "cannot take 'array'",
		 (unsigned long long)at / 8);
	is_refused_bytes(bytes, size, want);
}

/* @add: what the instruction adds to the place of the variable, which is 16 of 24. */
static void is_beyond(char *bytes, size_t size, __s32 add)
{
	char want[128];

	changed_insn(bytes)->imm = add;
	snprintf(want, sizeof(want),
		 "bpfpath: x.o: section 'kprobe/x': instruction %u cannot take "
		 "'c'",
		 (unsigned int)find_rel(bytes)->r_offset / 8);
	is_refused_bytes(bytes, size, want);
}

/* A place that is not in the section is another one's memory, or nobody's. */
static void test_beyond(void)
{
	size_t size;
	char *bytes = compile("-g", VARIABLES, &size);
	struct object *obj;

	changed_insn(bytes)->imm = 7;
	obj = parse(bytes, size);
	is_int(obj ? obj->progs[0].relocs[2].offset : 0, 23, "the last byte");
	object_free(obj);
	is_beyond(bytes, size, 8);
	is_beyond(bytes, size, -1);
	is_beyond(bytes, size, 0x7fffffff);
	is_beyond(bytes, size, -0x7fffffff - 1);
	free(bytes);
	bytes = compile("-g", HEAD MAPS USES_MAPS LICENSE, &size);
	changed_insn(bytes)->imm = 1;
	is_refused_at(bytes, size, find_rel(bytes)->r_offset);
	free(bytes);
}

/* Instructions that are none, or that do not refer to a map. */
static void test_outside(void)
{
	size_t size;
	char *bytes = compile("-g", HEAD MAPS USES_MAPS LICENSE, &size);
	struct object *obj = parse(bytes, size);
	Elf64_Addr good = find_rel(bytes)->r_offset, end;

	end = obj->progs[0].insn_count * sizeof(struct bpf_insn);
	object_free(obj);
	is_refused_at(bytes, size, good + 1);
	is_refused_at(bytes, size, good + 8);
	is_refused_at(bytes, size, end - 8);
	is_refused_at(bytes, size, end);
	is_refused_at(bytes, size, end + (64 << 20));
	is_refused_at(bytes, size, good - (1ULL << 63));
	/* the first half of one alone */
	find_insn(bytes, end - 8)->code = BPF_LD | BPF_IMM | BPF_DW;
	is_refused_at(bytes, size, end - 8);
	free(bytes);
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
				reloc_apply(&obj->progs[0], fds, &no_values,
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
	tap_plan(138);
	test_good();
	test_data();
	test_offsets();
	test_incomplete();
	test_foreign_relocs();
	test_calls();
	test_unknown_callee();
	test_beyond();
	test_outside();
	test_foreign_maps();
	test_foreign_files();
	test_truncated();
	test_damaged();
	return tap_done();
}
