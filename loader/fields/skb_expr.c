// SPDX-License-Identifier: GPL-2.0-only
#include "skb_expr.h"

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "../../lib/digits.h"
#include "../elf/obj_funcs.h"
#include "field_code.h"

#define LABELS	512	/* targets of jumps */
#define DEPTH	32	/* of parentheses and "!" */
#define SPACE	" \t"

struct parser {
	const struct btf *btf;
	const char *text, *at;
	struct code code;
	uint32_t places[LABELS], label_count;
	int depth;
	bool failed;		/* and has said why */
};

static void parse_or(struct parser *it, uint32_t no);

static void fail(struct parser *it, const char *what, const char *why)
{
	if (!it->failed)
		warnx("--skb '%s': %s%s%s", it->text, what, *what ? " " : "", why);
	it->failed = true;
}

static uint32_t new_label(struct parser *it)
{
	if (it->label_count < LABELS)
		return it->label_count++;
	fail(it, "", "is too long");
	return 0;
}

static void place(struct parser *it, uint32_t label)
{
	it->places[label] = it->code.func->insn_count;
}

/* Takes the word, if it comes next. */
static bool take(struct parser *it, const char *word)
{
	it->at += strspn(it->at, SPACE);
	if (strncmp(it->at, word, strlen(word)))
		return false;
	it->at += strlen(word);
	return true;
}

/* The characters that come next, in @out: those in names, and of numbers. */
static void take_word(struct parser *it, char out[FIELD_NAME_LEN])
{
	size_t len = 0;

	it->at += strspn(it->at, SPACE);
	while (isalnum((unsigned char)it->at[len]) || it->at[len] == '_' ||
	       it->at[len] == '.')
		len++;
	if (len >= FIELD_NAME_LEN) {
		fail(it, "", "has too long a word");
		len = 0;
	}
	memcpy(out, it->at, len);
	out[len] = '\0';
	it->at += len;
}

static void take_member(struct parser *it, struct field *field)
{
	char name[FIELD_NAME_LEN], why[FIELD_ERROR];
	const char *path = name;

	take_word(it, name);
	if (!strncmp(name, "skb.", 4))
		path += 4;
	if (!*name)
		fail(it, "", *it->at ? "a member's name is missing" : "ends too early");
	else if (field_find(it->btf, "sk_buff", path, field, why))
		fail(it, "", why);
}

static uint64_t take_number(struct parser *it, const struct field *field)
{
	bool is_negative = take(it, "-");
	char word[FIELD_NAME_LEN];
	uint64_t value = 0;
	bool is_hex;

	take_word(it, word);
	is_hex = word[0] == '0' && (word[1] | 0x20) == 'x';
	if (digits_read(word + (is_hex ? 2 : 0), is_hex ? 16 : 10, UINT64_MAX, &value))
		fail(it, *word ? word : "a number", *word ? "is no number" : "is missing");
	if (is_negative)
		value = -value;
	if (!it->failed && !field_holds(field, value, is_negative && value))
		fail(it, word, "is more than the member can hold");
	return value;
}

/* Those with two characters first. Each as the jump where it is not true. */
static const struct relation {
	const char *text;
	uint8_t untrue, untrue_signed;
} relations[] = {
	{ "==", BPF_JNE, BPF_JNE },  { "!=", BPF_JEQ, BPF_JEQ },
	{ "<=", BPF_JGT, BPF_JSGT }, { ">=", BPF_JLT, BPF_JSLT },
	{ "<", BPF_JGE, BPF_JSGE },  { ">", BPF_JLE, BPF_JSLE },
};

static const struct relation *take_relation(struct parser *it)
{
	for (size_t i = 0; i < sizeof(relations) / sizeof(*relations); i++)
		if (take(it, relations[i].text))
			return &relations[i];
	return NULL;
}

/* "&", but not the first half of "&&". */
static bool take_mask(struct parser *it)
{
	it->at += strspn(it->at, SPACE);
	return it->at[0] == '&' && it->at[1] != '&' && take(it, "&");
}

/* Goes on where it is true, and to @no where it is not. */
static void parse_comparison(struct parser *it, uint32_t no)
{
	const struct relation *relation;
	struct field field = {};
	uint64_t value = 0;
	uint8_t jump = BPF_JEQ;

	take_member(it, &field);
	if (it->failed)
		return;
	field_read(&it->code, &field, no);
	if (take_mask(it)) {
		field_load_imm(&it->code, R2, take_number(it, &field));
		code_add(&it->code, ALU64_X(BPF_AND, R1, R2));
	}
	relation = take_relation(it);
	if (relation) {
		value = take_number(it, &field);
		jump = field.is_signed ? relation->untrue_signed :
					  relation->untrue;
	}
	field_load_imm(&it->code, R2, value);
	code_jump(&it->code, INSN(BPF_JMP | BPF_X | jump, R1, R2, 0, 0), no);
}

static void parse_not(struct parser *it, uint32_t no)
{
	uint32_t yes;

	if (++it->depth > DEPTH)
		fail(it, "", "has too many parentheses");
	if (it->failed)
		return;
	if (take(it, "!")) {
		yes = new_label(it);
		parse_not(it, yes);
		code_jump(&it->code, JUMP(0), no);
		place(it, yes);
	} else if (take(it, "(")) {
		parse_or(it, no);
		if (!take(it, ")"))
			fail(it, "", "')' is missing");
	} else {
		parse_comparison(it, no);
	}
	it->depth--;
}

static void parse_and(struct parser *it, uint32_t no)
{
	do
		parse_not(it, no);
	while (!it->failed && take(it, "&&"));
}

static void parse_or(struct parser *it, uint32_t no)
{
	uint32_t yes = new_label(it), next;
	bool more;

	do {
		next = new_label(it);
		parse_and(it, next);
		code_jump(&it->code, JUMP(0), yes);
		place(it, next);
		more = !it->failed && take(it, "||");
	} while (more);
	code_jump(&it->code, JUMP(0), no);
	place(it, yes);
}

static void add_return(struct code *code, int result)
{
	code_add(code, ALU64_K(BPF_MOV, R0, result));
	code_add(code, EXIT());
}

static void parse(struct parser *it)
{
	uint32_t no = new_label(it);

	code_add(&it->code, ALU64_X(BPF_MOV, R6, R1));
	code_add(&it->code, STORE(BPF_DW, R10, KEPT, R2));
	parse_or(it, no);
	it->at += strspn(it->at, SPACE);
	if (*it->at)
		fail(it, it->at, "is not understood");
	add_return(&it->code, 1);
	place(it, no);
	add_return(&it->code, 0);
}

int skb_expr_make(const struct btf *btf, const char *text, struct obj_prog *func)
{
	struct parser it = { .btf = btf, .text = text, .at = text, .code.func = func };
	int err = field_func(func, "skb_matches");

	if (err)
		return err;
	parse(&it);
	err = it.failed ? -EINVAL : code_link(&it.code, it.places);
	free(it.code.jumps);
	if (err)
		obj_func_clear(func);
	return err;
}
