// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as BTF, and every question to every type; then the same bytes as
 * a module's on top.
 */
#include "../../../loader/btf/args.h"
#include "../../../loader/plan/noise.h"
#include "../../../loader/trace/results.h"
#include "../fuzz.h"

#define NAMES_MAX	200	/* searches by name, each up to 10000 steps */

static void ask_type(const struct btf *btf, uint32_t id)
{
	uint32_t proto = btf_proto(btf, id);
	char text[RESULT_LEN];
	struct args args;
	int reg;

	btf_resolve(btf, id);
	btf_size(btf, id);
	btf_arg(btf, id, 3);
	args_find(btf, proto, CALL_NATIVE, &args);
	args_find(btf, id, CALL_TRACEPOINT, &args);
	args_at(btf, id, CALL_ARM64, 3, &reg);
	noise_of("a_fill_info", btf, proto);
	result_text(btf, proto, 1, text);
	fuzz_check(memchr(text, '\0', sizeof(text)) != NULL);
}

static void ask_name(const struct btf *btf, const char *name)
{
	int width;

	btf_find(btf, name, KIND_FUNC);
	btf_member_offset(btf, name, "a.b");
	btf_member_offset(btf, name, "type");
	btf_bit_field(btf, name, "type", &width);
	btf_enum_name(btf, name, 1);
}

static void ask_all(const struct btf *btf)
{
	const struct btf_type *type;
	uint32_t id, names = 0;

	for (id = 0; id < btf_end(btf) + 2; id++) {
		ask_type(btf, id);
		type = btf_type_by_id(btf, id);
		if (type && names++ < NAMES_MAX)
			ask_name(btf, btf_string(btf, type->name_off));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct btf *btf, *module;

	if (btf_parse("fuzz", data, size, NULL, &btf))
		return 0;
	ask_all(btf);
	if (!btf_parse("module", data, size, btf, &module))
		ask_all(module);
	btf_free(module);
	btf_free(btf);
	return 0;
}
