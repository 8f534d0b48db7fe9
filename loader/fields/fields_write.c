// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../elf/obj_funcs.h"
#include "field_code.h"
#include "fields.h"
#include "skb_expr.h"

#define TO	R9	/* where struct field_value is written */

static int16_t place_of(uint32_t i, size_t member)
{
	return i * sizeof(struct field_value) + member;
}

/* Writes field @i; what is not known is said before it is read. */
static void put_field(struct code *code, const struct asked_fields *asked, uint32_t i)
{
	const struct field *field = &asked->list[i];

	code_add(code, INSN(BPF_ST | BPF_MEM | BPF_DW, TO, 0,
			    place_of(i, offsetof(struct field_value, known)), 0));
	if (asked_is_vlan(field)) {
		field_read(code, &asked->tag, i);
		code_jump(code, JUMP64_K(BPF_JEQ, R1, 0, 0), i);
	}
	field_read(code, field, i);
	code_add(code, STORE(BPF_DW, TO,
			     place_of(i, offsetof(struct field_value, value)), R1));
	code_add(code, INSN(BPF_ST | BPF_MEM | BPF_DW, TO, 0,
			    place_of(i, offsetof(struct field_value, known)), 1));
}

static int make_read(const struct asked_fields *asked, struct obj_prog *func)
{
	struct code code = { .func = func };
	uint32_t places[MAX_FIELDS];
	int err = field_func(func, "read_fields");

	if (err)
		return err;
	code_add(&code, ALU64_X(BPF_MOV, R6, R1));
	code_add(&code, ALU64_X(BPF_MOV, R7, R2));
	code_add(&code, STORE(BPF_DW, R10, KEPT, R3));
	code_add(&code, ALU64_X(BPF_MOV, TO, R4));
	for (uint32_t i = 0; i < asked->count; i++) {
		put_field(&code, asked, i);
		places[i] = func->insn_count;
	}
	code_add(&code, ALU64_K(BPF_MOV, R0, 0));
	code_add(&code, EXIT());
	err = code_link(&code, places);
	free(code.jumps);
	if (err)
		obj_func_clear(func);
	return err;
}

static void write_func(const struct obj_prog *func, FILE *out)
{
	unsigned long long insn;

	for (uint32_t i = 0; i < func->insn_count; i++) {
		memcpy(&insn, &func->insns[i], sizeof(insn));
		fprintf(out, "insn\t%s\t%llx\n", func->name, insn);
	}
}

static int write_asked(const struct btf *btf, const char *names, FILE *out)
{
	struct obj_prog func = {};
	struct asked_fields asked;
	int err = asked_find(btf, names, &asked);

	if (!err)
		err = make_read(&asked, &func);
	if (err)
		return err;
	for (uint32_t i = 0; i < asked.count; i++)
		fprintf(out, "field\t%s\t%d\n", asked.list[i].name, asked.list[i].form);
	if (asked.has_tunnel)
		fprintf(out, "field\ttunnel\t%d\n", FORM_TUNNEL);
	fprintf(out, "constant\twith_fields\t%u\n", asked.count);
	fprintf(out, "constant\twith_tunnel\t%d\n", asked.has_tunnel);
	fprintf(out, "constant\twith_tcp\t%d\n", asked.has_tcp);
	write_func(&func, out);
	obj_func_clear(&func);
	return 0;
}

static int write_expression(const struct btf *btf, const char *expression, FILE *out)
{
	struct obj_prog func = {};
	int err = skb_expr_make(btf, expression, &func);

	if (err)
		return err;
	fprintf(out, "constant\twant_skb\t1\n");
	write_func(&func, out);
	obj_func_clear(&func);
	return 0;
}

int fields_write(const struct btf *btf, const char *names, const char *expression,
		 FILE *out)
{
	int err = 0;

	errno = 0;
	fprintf(out, "%s\n", FIELDS_HEADER);
	if (names)
		err = write_asked(btf, names, out);
	if (!err && expression)
		err = write_expression(btf, expression, out);
	if (!err && (fflush(out) || ferror(out)))
		err = errno ? -errno : -EIO;
	return err;
}
