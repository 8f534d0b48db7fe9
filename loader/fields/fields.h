/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The fields of a run, and the condition --skb: the file that "bpfload fields" writes, and
 * commands that load programs read. Lines of columns, separated by one tab, below a header
 * line:
 *
 *	#bpfpath-fields-1	type	name	value
 *
 *	field	 NAME FORM	a field that is read, in the order of struct field_value;
 *				enum field_form; one of FORM_TUNNEL comes last
 *	constant NAME NUMBER	a constant of programs (bpf/constants.def)
 *	insn	 FUNCTION HEX	8 bytes, an instruction of a function (bpf/fields.h)
 */
#ifndef LOADER_FIELDS_H
#define LOADER_FIELDS_H

#include <stdio.h>

#include "../elf/object.h"
#include "../kernel/map.h"
#include "../lib/consts.h"
#include "asked.h"

#define FIELDS_HEADER	"#bpfpath-fields-1\ttype\tname\tvalue"

struct fields {
	struct obj_prog funcs[FIELD_FUNCS];	/* of field_funcs; one without name: there is none */
	struct {
		char name[FIELD_NAME_LEN];
		enum field_form form;
	} list[MAX_FIELDS + 1];
	uint32_t count;
};

/* Bytes that they take behind an event. */
size_t fields_size(const struct fields *fields);

/*
 * Writes that file: @names as asked_find() takes them, @expression as skb_expr_make()
 * does; NULL: none. 0; -EINVAL, and has said what is wrong; -ENOMEM, or the -errno of
 * writing.
 */
int fields_write(const struct btf *btf, const char *names, const char *expression,
		 FILE *out);

/*
 * Reads that file: sets its constants in @consts and fills *fields, to be freed by
 * fields_free(), which takes an all-zero one, too. 0; -errno, and has said why.
 */
int fields_read(const char *path, struct consts *consts, struct fields *fields);
void fields_free(struct fields *fields);

/*
 * Writes the values, fields_size() bytes, as records have them, "NAME=VALUE", separated by
 * spaces; "-" is one that is not known. Returns that text, which lies
 * in @out.
 */
#define FIELDS_TEXT_LEN	((MAX_FIELDS + 4) * (FIELD_NAME_LEN + 24))
const char *fields_text(const struct fields *fields, const void *values,
			char out[FIELDS_TEXT_LEN]);

#endif /* LOADER_FIELDS_H */
