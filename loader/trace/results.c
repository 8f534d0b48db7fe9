// SPDX-License-Identifier: GPL-2.0-only
#include "results.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../bpf/bpfpath.h"
#include "../lib/errnos.h"

#define MAX_ERRNO	4095	/* include/linux/err.h */

struct results {
	struct {
		const struct btf *btf;
		uint32_t proto;
	} of[MAX_FUNCS];
};

static void put_hex(uint64_t value, char out[RESULT_LEN])
{
	snprintf(out, RESULT_LEN, "0x%llx", (unsigned long long)value);
}

/* 1 when it is the negative number of an error. */
static int put_error(int64_t value, char out[RESULT_LEN])
{
	const char *name;

	if (value >= 0 || value < -MAX_ERRNO)
		return 0;
	name = errno_name(-value);
	if (name)
		snprintf(out, RESULT_LEN, "-%s", name);
	return name != NULL;
}

/* What a register has beyond a type's size does not count. */
static uint64_t narrow(uint64_t value, uint32_t size, bool is_signed)
{
	int unused = size && size < 8 ? 64 - 8 * size : 0;

	value <<= unused;
	return is_signed ? (uint64_t)((int64_t)value >> unused) : value >> unused;
}

static void put_number(uint64_t value, bool is_signed, char out[RESULT_LEN])
{
	if (is_signed && put_error(value, out))
		return;
	snprintf(out, RESULT_LEN, is_signed ? "%lld" : "%llu",
		 (unsigned long long)value);
}

static void put_int(const struct btf_type *type, uint64_t value,
		    char out[RESULT_LEN])
{
	uint32_t encoding = BTF_INT_ENCODING(*(const uint32_t *)(type + 1));
	bool is_signed = encoding & BTF_INT_SIGNED;

	value = narrow(value, type->size, is_signed);
	if (encoding & BTF_INT_BOOL)
		snprintf(out, RESULT_LEN, "%s", value ? "true" : "false");
	else
		put_number(value, is_signed, out);
}

/* A function may return an error's number in place of what its enum has. */
static void put_enum(const struct btf *btf, uint32_t id,
		     const struct btf_type *type, uint64_t value,
		     char out[RESULT_LEN])
{
	bool is_signed = type->info >> 31;
	const char *name;

	value = narrow(value, type->size, is_signed);
	name = btf_enum_value(btf, id, value);
	if (name)
		snprintf(out, RESULT_LEN, "%s", name);
	else
		put_number(value, is_signed, out);
}

static void put_pointer(uint64_t value, char out[RESULT_LEN])
{
	if (!value)
		snprintf(out, RESULT_LEN, "NULL");
	else if (!put_error(value, out))
		put_hex(value, out);
}

void result_text(const struct btf *btf, uint32_t proto, uint64_t value,
		 char out[RESULT_LEN])
{
	uint32_t id = btf_resolve(btf, btf_result(btf, proto));
	const struct btf_type *type = id ? btf_type_by_id(btf, id) : NULL;

	if (!type) {
		snprintf(out, RESULT_LEN, "-");
		return;
	}
	switch (btf_kind(type)) {
	case KIND_INT:
		put_int(type, value, out);
		break;
	case KIND_ENUM:
	case KIND_ENUM64:
		put_enum(btf, id, type, value, out);
		break;
	case KIND_PTR:
		put_pointer(value, out);
		break;
	default:
		put_hex(value, out);
		break;
	}
}

struct results *results_new(const struct plan *plan, struct btf_set *btfs)
{
	struct results *results = calloc(1, sizeof(*results));

	for (uint32_t i = 0; results && i < plan->count; i++) {
		const struct probe *probe = &plan->probes[i];
		const struct btf *btf;

		if (!probe_sees_return(probe) || !probe->btf_id)
			continue;
		btf = btfs_module(btfs, probe->module);
		if (!btf)
			continue;
		results->of[probe->num].btf = btf;
		results->of[probe->num].proto = btf_proto(btf, probe->btf_id);
	}
	return results;
}

void results_free(struct results *results)
{
	free(results);
}

void results_text(const struct results *results, uint32_t num, uint64_t value,
		  char out[RESULT_LEN])
{
	if (results && num < MAX_FUNCS && results->of[num].proto)
		result_text(results->of[num].btf, results->of[num].proto, value,
			    out);
	else
		put_hex(value, out);
}
