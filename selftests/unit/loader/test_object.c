// SPDX-License-Identifier: GPL-2.0-only
/* BPF objects: taken apart, and put together where programs call functions. */
#include "objects.h"

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
	uint32_t i;

	is_int(obj->map_count, 3, "all maps are found");
	for (i = 0; i < 3; i++)
		is_map(obj, &want[i]);
}

static void test_program(const struct object *obj)
{
	static const int fds[] = { 70, 80, 90 };
	struct obj_prog *prog = &obj->progs[0];
	struct bpf_insn *insn;
	uint32_t i;

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
	for (uint32_t i = 0; i < obj->func_count; i++)
		if (!strcmp(obj->funcs[i].name, name))
			return &obj->funcs[i];
	return obj->progs[1].name[0] == *name ? &obj->progs[1] : NULL;
}

/* The first instruction behind @from that is a call of a function; or -1. */
static int call_behind(const struct obj_prog *prog, int from)
{
	for (uint32_t i = from; i < prog->insn_count; i++)
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
	ok(prog->relocs[0].insn >= (uint32_t)(own + first), "... has moved");
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

int main(void)
{
	tap_plan(64);
	test_good();
	test_data();
	test_offsets();
	test_calls();
	test_unknown_callee();
	return tap_done();
}
