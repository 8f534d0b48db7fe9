// SPDX-License-Identifier: GPL-2.0-only
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../../bpf/packet.h"
#include "../../lib/digits.h"
#include "../../lib/grow.h"
#include "../elf/obj_funcs.h"
#include "../lib/headed.h"
#include "ebpf.h"
#include "ebpf_text.h"
#include "wanted.h"

/* The functions' names, and where in the packet's head the packets of each begin. */
static const struct {
	const char *name;
	uint32_t head;
} functions[FILTER_FUNCS] = {
	{ "filter_ether", HEAD_PAD },
	{ "filter_l3", 0 },
	{ "filter_inner_ether", HEAD_PAD },
	{ "filter_inner_l3", 0 },
};

/* What never matches. */
static const struct cbpf_insn never = { .code = 0x06 /* BPF_RET | BPF_K */ };

struct wanted_reading {
	struct consts *consts;
	struct wanted_program {
		struct cbpf_insn *insns;
		uint32_t count;
	} programs[FILTER_FUNCS];
};

#define COLUMNS	6	/* type name value jt jf k */

/* Takes the line apart; 0: it has not that many columns. */
static int split(char *line, char *columns[COLUMNS])
{
	int count = 0;

	for (char *at; (at = strsep(&line, "\t")); count++)
		if (count < COLUMNS)
			columns[count] = at;
	return count == COLUMNS;
}

static int add_insn(struct wanted_program *program, char *columns[COLUMNS])
{
	struct cbpf_insn *insns = grow(program->insns, program->count,
				       sizeof(*insns));
	uint64_t code, jt, jf, k;

	if (!insns)
		return -ENOMEM;
	program->insns = insns;
	if (digits_read(columns[2], 10, 0xffff, &code) ||
	    digits_read(columns[3], 10, 0xff, &jt) ||
	    digits_read(columns[4], 10, 0xff, &jf) ||
	    digits_read(columns[5], 10, 0xffffffff, &k))
		return -EINVAL;
	insns[program->count++] = (struct cbpf_insn){ code, jt, jf, k };
	return 0;
}

static int read_insn(struct wanted_reading *it, char *columns[COLUMNS])
{
	for (int i = 0; i < FILTER_FUNCS; i++)
		if (!strcmp(columns[1], functions[i].name))
			return add_insn(&it->programs[i], columns);
	return -EINVAL;
}

static int read_line(void *ctx, char *line)
{
	struct wanted_reading *it = ctx;
	char *columns[COLUMNS];
	uint64_t value;

	if (!split(line, columns))
		return -EINVAL;
	if (!strcmp(columns[0], "insn"))
		return read_insn(it, columns);
	if (strcmp(columns[0], "constant"))
		return strcmp(columns[0], "form") ? -EINVAL : 0;
	if (digits_read(columns[2], 10, UINT64_MAX, &value))
		return -EINVAL;
	return consts_set(it->consts, columns[1], value);
}

static int read_file(const char *path, struct wanted_reading *it)
{
	return headed_read(path, WANTED_HEADER, "is not one of a filter",
			   read_line, it);
}

static void free_programs(struct wanted_reading *it)
{
	for (int i = 0; i < FILTER_FUNCS; i++)
		free(it->programs[i].insns);
}

/* Gives @err, what came of function @i, and says so. */
static int say(const char *path, int i, int err)
{
	if (err)
		warnx("%s: %s: %s", path, functions[i].name,
		      err == -E2BIG ? "the expression is too large" :
		      err == -EINVAL ? "is no program of classic BPF" :
					 strerror(-err));
	return err;
}

static int make(const char *path, const struct wanted_program *program, int i,
		struct obj_prog *func)
{
	const struct cbpf_insn *insns = program->count ? program->insns : &never;

	return say(path, i, ebpf_make(functions[i].name, insns,
				      program->count ? program->count : 1,
				      functions[i].head, func, NULL));
}

int wanted_read(const char *path, struct consts *consts,
		struct filters *filters)
{
	struct wanted_reading it = { .consts = consts };
	int err = read_file(path, &it);

	memset(filters, 0, sizeof(*filters));
	for (int i = 0; !err && i < FILTER_FUNCS; i++)
		err = make(path, &it.programs[i], i, &filters->funcs[i]);
	free_programs(&it);
	if (err)
		filters_free(filters);
	return err;
}

int filters_never(struct filters *filters)
{
	int err = 0;

	memset(filters, 0, sizeof(*filters));
	for (int i = 0; !err && i < FILTER_FUNCS; i++)
		err = ebpf_make(functions[i].name, &never, 1,
				  functions[i].head, &filters->funcs[i], NULL);
	if (err)
		filters_free(filters);
	return err;
}

void filters_free(struct filters *filters)
{
	for (int i = 0; i < FILTER_FUNCS; i++)
		obj_func_clear(&filters->funcs[i]);
	memset(filters, 0, sizeof(*filters));
}

int wanted_text(const char *path, FILE *out)
{
	struct consts consts = {};
	struct wanted_reading it = { .consts = &consts };
	int err = read_file(path, &it);

	for (int i = 0; !err && i < FILTER_FUNCS; i++) {
		const struct wanted_program *program = &it.programs[i];

		if (program->count)
			err = say(path, i,
				    ebpf_text(functions[i].name, program->insns,
					      program->count, functions[i].head,
					      out));
	}
	free_programs(&it);
	consts_free(&consts);
	return err;
}
