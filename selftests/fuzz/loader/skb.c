// SPDX-License-Identifier: GPL-2.0-only
/* Any bytes as an expression of --skb and as names of fields: a function is made, or not. */
#include "../../../loader/elf/obj_funcs.h"
#include "../../../loader/fields/asked.h"
#include "../../../loader/fields/skb_expr.h"
#include "../../unit/loader/btf_build.h"
#include "../fuzz.h"

/* A kernel with an sk_buff that has numbers, a bit field and a pointer. */
static struct btf *build_kernel(void)
{
	static struct btf_build build;
	struct btf_build *b = &build;
	struct btf *btf = NULL;
	uint32_t u32_id, dev;

	build_begin(b, NULL);
	u32_id = build_int(b, "unsigned int", 4);
	dev = build_ptr(b, build_type(b, KIND_STRUCT, "net_device", 1, 64, 3,
				      build_string(b, "mtu"), u32_id, 0u));
	build_type(b, KIND_STRUCT, "sk_buff", KFLAG | 4, 64, 12,
		   build_string(b, "dev"), dev, 0u,
		   build_string(b, "len"), u32_id, 64u,
		   build_string(b, "mark"), u32_id, 96u,
		   build_string(b, "pkt_type"), u32_id, BITS(3u, 128u));
	build_end(b);
	fuzz_check(!btf_parse("a kernel", build.bytes, build.size, NULL, &btf));
	return btf;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct btf *btf;
	static struct asked_fields asked;
	char *text = fuzz_text(data, size);
	struct obj_prog func = {};

	if (!btf)
		btf = build_kernel();
	if (!skb_expr_make(btf, text, &func)) {
		fuzz_check(func.insn_count > 0);
		obj_func_clear(&func);
	}
	asked_find(btf, text, &asked);
	fuzz_check(asked.count <= MAX_FIELDS);
	free(text);
	return 0;
}
