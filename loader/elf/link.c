// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls between functions (BPF_PSEUDO_CALL): the kernel numbers the instructions of
 * a program and all that it calls through, and a call tells how many to skip.
 */
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "object.h"

#define PARTS_MAX	64	/* functions of a program; the kernel takes 256 */

/* A program while it is put together. */
struct linking {
	const struct object *obj;
	const struct obj_prog *parts[PARTS_MAX];
	uint32_t starts[PARTS_MAX];	/* instruction where that part begins */
	uint32_t part_count;
	uint32_t insn_count, reloc_count;	/* of all parts */
};

static int add_part(struct linking *link, const struct obj_prog *func)
{
	if (link->part_count == PARTS_MAX) {
		warnx("program '%s': calls more than %d functions",
		      link->parts[0]->name, PARTS_MAX - 1);
		return -E2BIG;
	}
	link->parts[link->part_count] = func;
	link->starts[link->part_count++] = link->insn_count;
	link->insn_count += func->insn_count;
	link->reloc_count += func->reloc_count;
	return 0;
}

/* The part that is the function of that name, or part_count. */
static uint32_t part_of(const struct linking *link, const char *name)
{
	uint32_t i = 1;

	while (i < link->part_count && strcmp(link->parts[i]->name, name))
		i++;
	return i;
}

static int add_function(struct linking *link, const char *name)
{
	const struct object *obj = link->obj;

	if (part_of(link, name) < link->part_count)
		return 0;
	for (uint32_t i = 0; i < obj->func_count; i++)
		if (!strcmp(obj->funcs[i].name, name))
			return add_part(link, &obj->funcs[i]);
	warnx("program '%s': calls '%s', which nobody defines",
	      link->parts[0]->name, name);
	return -ENOENT;
}

/* All that part @i calls. */
static int add_callees(struct linking *link, uint32_t i)
{
	const struct obj_prog *part = link->parts[i];
	int err = 0;

	for (uint32_t n = 0; !err && n < part->reloc_count; n++)
		if (part->relocs[n].kind == RELOC_CALL)
			err = add_function(link, part->relocs[n].name);
	return err;
}

static void lead(const struct linking *link, const struct obj_reloc *reloc,
		 struct bpf_insn *insns, uint32_t at)
{
	insns[at].src_reg = BPF_PSEUDO_CALL;
	insns[at].imm = link->starts[part_of(link, reloc->name)] - at - 1;
}

static void copy_part(const struct linking *link, uint32_t i,
		      struct obj_prog *whole)
{
	const struct obj_prog *part = link->parts[i];
	uint32_t start = link->starts[i];

	memcpy(whole->insns + start, part->insns,
	       part->insn_count * sizeof(*part->insns));
	for (uint32_t n = 0; n < part->reloc_count; n++) {
		struct obj_reloc reloc = part->relocs[n];

		reloc.insn += start;
		if (reloc.kind == RELOC_CALL)
			lead(link, &reloc, whole->insns, reloc.insn);
		else
			whole->relocs[whole->reloc_count++] = reloc;
	}
}

static int link_program(const struct object *obj, struct obj_prog *prog)
{
	struct linking link = { .obj = obj };
	struct obj_prog whole = *prog;
	int err = add_part(&link, prog);

	for (uint32_t i = 0; !err && i < link.part_count; i++)
		err = add_callees(&link, i);
	if (err)
		return err;
	whole.insns = calloc(link.insn_count, sizeof(*whole.insns));
	whole.relocs = calloc(link.reloc_count + 1, sizeof(*whole.relocs));
	if (!whole.insns || !whole.relocs) {
		free(whole.insns);
		free(whole.relocs);
		return -ENOMEM;
	}
	whole.insn_count = link.insn_count;
	whole.reloc_count = 0;
	for (uint32_t i = 0; i < link.part_count; i++)
		copy_part(&link, i, &whole);
	free(prog->insns);
	free(prog->relocs);
	*prog = whole;
	return 0;
}

int object_link(struct object *obj)
{
	int err = 0;

	for (uint32_t i = 0; !err && i < obj->prog_count; i++)
		err = link_program(obj, &obj->progs[i]);
	return err;
}
