// SPDX-License-Identifier: GPL-2.0-only
/* BPF objects that are refused: whole ones, but not such as the loader takes. */
#include <elf.h>

#include "objects.h"

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

int main(void)
{
	tap_plan(46);
	test_incomplete();
	test_foreign_relocs();
	test_foreign_maps();
	test_foreign_files();
	return tap_done();
}
