/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A BPF object file, as clang -target bpf writes it, taken apart: its programs, the maps
 * that it asks for, and where programs refer to maps, functions and constants. Nothing
 * here talks to the kernel. See elf(5) and Documentation/bpf/btf.rst.
 */
#ifndef OBJECT_H
#define OBJECT_H

#include <stddef.h>
#include <linux/bpf.h>
#include <stdint.h>

/*
 * A map: a variable of section ".maps", described by the object's BTF; or a
 * section ".data.NAME", whose variables together are the one value of an array.
 */
struct obj_map {
	char *name;
	size_t section;		/* index of its data section, 0: none */
	uint32_t type;		/* enum bpf_map_type */
	uint32_t key_size, value_size;	/* bytes */
	uint32_t max_entries;
	uint32_t flags;
};

enum reloc_kind {
	RELOC_MAP,		/* the descriptor of maps[map] */
	RELOC_VALUE,		/* the address of byte "offset" of its value */
	RELOC_CONSTANT,		/* the number that the symbol "name" stands for */
	RELOC_CALL,		/* no value: it is a call of function "name" */
};

#define OBJ_NAME_LEN	64	/* of a symbol, with the NUL at the end */

/* What the instruction at insns[insn], an ld_imm64 or a call, refers to. */
struct obj_reloc {
	uint32_t insn;
	enum reloc_kind kind;
	uint32_t map;
	uint32_t offset;		/* bytes */
	char name[OBJ_NAME_LEN];
};

/*
 * A function. One in a section of its own is a program, which can be given to the
 * kernel; those in section ".text" are called by programs.
 */
struct obj_prog {
	char *section;		/* "kprobe", "tc", … */
	char *name;		/* of the function */
	uint32_t start;		/* in its section, instructions */
	struct bpf_insn *insns;
	uint32_t insn_count;
	struct obj_reloc *relocs;
	uint32_t reloc_count;
};

struct object {
	char *license;
	struct obj_map *maps;
	uint32_t map_count;
	struct obj_prog *progs;	/* at least one */
	uint32_t prog_count;
	struct obj_prog *funcs;	/* what they call */
	uint32_t func_count;
};

/*
 * object_open() reads the file @path; object_parse() takes @size bytes that
 * are already in memory, @name stands for them in messages. Both give 0 and
 * *obj, to be freed by object_free(), or -errno; why has been said by then.
 */
int object_open(const char *path, struct object **obj);
int object_parse(const char *name, const void *bytes, size_t size,
		 struct object **obj);
void object_free(struct object *obj);

/*
 * Adds a copy of @func to the object's functions. 0 or -ENOMEM. To be called before
 * object_link().
 */
int object_add_function(struct object *obj, const struct obj_prog *func);

/* Does the object call the function of that name? To be called before object_link(). */
int object_calls(const struct object *obj, const char *name);

/*
 * Puts behind each program the functions that it calls, and those that these call, and
 * makes its calls lead there: the kernel takes a program in one piece. 0 (no RELOC_CALL
 * is left); -ENOENT: a function that is called is not there; -E2BIG: a program calls too
 * many; both have been said; -ENOMEM.
 */
int object_link(struct object *obj);

/* Gives the map of that name, if there is one, so many entries; of a ring: bytes. */
void object_resize(struct object *obj, const char *map, uint32_t entries);

#endif /* OBJECT_H */
