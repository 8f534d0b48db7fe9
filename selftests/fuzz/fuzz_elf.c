// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as a BPF object: taken apart, maps bound. Built and run with
 *
 *	clang -g -D_GNU_SOURCE -fsanitize=fuzzer,address,undefined -o fuzz \
 *		selftests/fuzz/fuzz_elf.c loader/{object,obj_maps,elf,reloc}.c \
 *		loader/{btf,btf_query,file}.c -lelf
 *	./fuzz -close_fd_mask=2 CORPUS
 *
 * where CORPUS holds objects that clang -target bpf -g has made.
 */
#include <stdint.h>
#include <stdlib.h>

#include "../../loader/elf/object.h"
#include "../../loader/elf/reloc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct object *obj;
	int *fds;
	__u32 i;

	if (object_parse("fuzz", data, size, &obj))
		return 0;
	fds = calloc(obj->map_count + 1, sizeof(*fds));
	for (i = 0; i < obj->prog_count; i++)
		if (reloc_apply(&obj->progs[i], fds, 0, obj->progs[i].insns))
			abort();
	free(fds);
	object_free(obj);
	return 0;
}
