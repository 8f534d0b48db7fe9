// SPDX-License-Identifier: GPL-2.0-only
/* Any bytes as a BPF object: taken apart, put together, maps and constants bound. */
#include "../../../loader/elf/object.h"
#include "../../../loader/elf/reloc.h"
#include "../fuzz.h"

static void check(const struct object *obj, const struct obj_prog *prog)
{
	const struct obj_reloc *reloc;
	uint32_t i;

	for (i = 0; i < prog->reloc_count; i++) {
		reloc = &prog->relocs[i];
		fuzz_check(reloc->insn < prog->insn_count);
		fuzz_check(reloc->kind != RELOC_CALL);
		if (reloc->kind == RELOC_CONSTANT)
			continue;
		fuzz_check(reloc->map < obj->map_count);
		fuzz_check(reloc->kind != RELOC_VALUE ||
			   reloc->offset < obj->maps[reloc->map].value_size);
	}
}

static int get(const void *ctx, const char *name, uint64_t *value)
{
	(void)ctx;
	*value = *name;
	return 0;
}

static void bind(struct object *obj)
{
	const struct reloc_values values = { get, NULL };
	int *fds = calloc(obj->map_count + 1, sizeof(*fds));
	uint32_t i;

	for (i = 0; i < obj->prog_count; i++) {
		check(obj, &obj->progs[i]);
		fuzz_check(!reloc_apply(&obj->progs[i], fds, &values,
					obj->progs[i].insns));
	}
	free(fds);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct object *obj;

	if (object_parse("fuzz", data, size, &obj))
		return 0;
	if (!object_link(obj))
		bind(obj);
	object_free(obj);
	return 0;
}
