// SPDX-License-Identifier: GPL-2.0-only
#include "split.h"

#include <errno.h>
#include <linux/filter.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "../../lib/grow.h"
#include "tokens.h"

#define DEPTH_MAX	64	/* lists in lists */

struct split {
	struct tokens tokens;
	split_fn compile;
	void *ctx;
	struct cbpf_program *program;
	int depth;
};

/* Tokens from ->from on, before ->to. */
struct range {
	uint32_t from, to;
};

/* The members of a list; what joins them. */
struct list {
	struct range *members;
	uint32_t count;
	enum token_kind join;
};

static int split_range(struct split *it, struct range range);

static const struct token *token_at(const struct split *it, uint32_t at)
{
	return &it->tokens.list[at];
}

static bool is_join(const struct token *token, uint32_t depth)
{
	return token->depth == depth &&
	       (token->kind == TOKEN_AND || token->kind == TOKEN_OR);
}

/* How many primitives; of "host (…)" each name counts. */
static uint32_t primitives(const struct split *it, struct range range)
{
	uint32_t count = 1;

	for (uint32_t i = range.from; i < range.to; i++)
		count += token_at(it, i)->kind == TOKEN_AND ||
			 token_at(it, i)->kind == TOKEN_OR;
	return count;
}

static bool is_empty(struct range range)
{
	return range.from >= range.to;
}

/* Compiles what stands from the begin of ->from to the end, behind @head if it has any. */
static int compile_text(struct split *it, struct range head, struct range range)
{
	const struct token *first = token_at(it, range.from);
	const struct token *last = token_at(it, range.to - 1), *end;
	int head_len = 0, err;
	char *text;

	if (!is_empty(head)) {
		end = token_at(it, head.to - 1);
		head_len = end->at + end->len - token_at(it, head.from)->at;
	}
	if (asprintf(&text, "%.*s%s%.*s", head_len,
		     token_at(it, head.from)->at, head_len ? " " : "",
		     (int)(last->at + last->len - first->at), first->at) < 0)
		return -ENOMEM;
	err = it->compile(it->ctx, text, it->program);
	free(text);
	return err;
}

/*
 * Lets the program, from instruction @from on, go on behind its end where it would return
 * a match (@matched), or none.
 */
static void go_on(struct cbpf_program *program, uint32_t from, int matched)
{
	for (uint32_t i = from; i < program->count; i++) {
		struct cbpf_insn *insn = &program->insns[i];

		if (insn->code == (BPF_RET | BPF_K) && !insn->k == !matched)
			*insn = (struct cbpf_insn){
				.code = BPF_JMP | BPF_JA,
				.k = program->count - i - 1,
			};
	}
}

static void negate(struct cbpf_program *program, uint32_t from)
{
	for (uint32_t i = from; i < program->count; i++)
		if (program->insns[i].code == (BPF_RET | BPF_K))
			program->insns[i].k = !program->insns[i].k;
}

static int list_add(struct list *list, struct range member)
{
	struct range *members = grow(list->members, list->count,
				     sizeof(*members));

	if (!members)
		return -ENOMEM;
	list->members = members;
	members[list->count++] = member;
	return 0;
}

/*
 * Reads the range as a list, which is to be freed. The list begins behind the last join
 * of the other kind: all that stands before belongs to its first member.
 */
static int list_read(const struct split *it, struct range range,
		     struct list *list)
{
	uint32_t depth = token_at(it, range.from)->depth, begin, at;
	struct range member = { .from = range.from };
	int err = 0;

	*list = (struct list){ .join = TOKEN_WORD };
	for (begin = range.to; begin > range.from; begin--) {
		const struct token *token = token_at(it, begin - 1);

		if (!is_join(token, depth))
			continue;
		if (list->join != TOKEN_WORD && token->kind != list->join)
			break;
		list->join = token->kind;
	}
	for (at = begin; !err && at < range.to; at++) {
		if (!is_join(token_at(it, at), depth))
			continue;
		member.to = at;
		err = list_add(list, member);
		member.from = at + 1;
	}
	member.to = range.to;
	return err ? err : list_add(list, member);
}

/*
 * The qualifiers of a member: its own, if it is nothing but qualifiers and a name; those
 * of the one before, @head, if it is a bare name. Else an empty range: not known.
 */
static struct range head_of(const struct split *it, struct range member,
			    struct range head)
{
	uint32_t name = member.to - 1;

	if (is_empty(member) || token_at(it, name)->kind != TOKEN_WORD ||
	    token_is_qualifier(token_at(it, name)))
		return (struct range){};
	if (member.from == name && !token_is_full(&it->tokens, name))
		return head;
	for (uint32_t i = member.from; i < name; i++)
		if (!token_is_qualifier(token_at(it, i)))
			return (struct range){};
	return (struct range){ member.from, name };
}

/* Can a piece begin with the member? With @head, if it is a name alone. */
static bool can_begin(const struct split *it, struct range member,
		      struct range head)
{
	if (is_empty(member))
		return false;
	return token_is_full(&it->tokens, member.from) ||
	       (!is_empty(head) && member.to == member.from + 1);
}

/* What it lacks of that. */
static struct range head_for(const struct split *it, struct range member,
			     struct range head)
{
	return token_is_full(&it->tokens, member.from) ? (struct range){} : head;
}

/* Which member of a piece is wrong: the first that is so alone; else @err. */
static int find_wrong(struct split *it, const struct range *members,
		      uint32_t count, struct range head, int err)
{
	for (uint32_t i = 0; i < count; i++) {
		int own = 0;

		if (can_begin(it, members[i], head))
			own = compile_text(it, head_for(it, members[i], head),
					   members[i]);
		if (own)
			return own;
		head = head_of(it, members[i], head);
	}
	return err;
}

/* Compiles @count members that have @head before them, where the first needs it. */
static int compile_piece(struct split *it, const struct range *members,
			 uint32_t count, struct range head)
{
	struct range range = { members[0].from, members[count - 1].to };
	int err;

	if (count == 1 && token_is_full(&it->tokens, range.from))
		return split_range(it, range);
	err = compile_text(it, head_for(it, range, head), range);
	return err == -EINVAL && count > 1 ?
		       find_wrong(it, members, count, head, err) : err;
}

/*
 * How many members from @first on are the next piece. A large one is a piece of its own.
 * @head becomes the qualifiers for what stands behind.
 */
static uint32_t piece_len(const struct split *it, const struct list *list,
			  uint32_t first, struct range *head)
{
	uint32_t count = 0, size = 0;

	for (uint32_t i = first; i < list->count; i++) {
		uint32_t more = primitives(it, list->members[i]);

		if (count && size + more > SPLIT_PIECE &&
		    can_begin(it, list->members[i], *head))
			break;
		size += more;
		count++;
		*head = head_of(it, list->members[i], *head);
	}
	return count;
}

static int split_list(struct split *it, const struct list *list)
{
	struct range head = {}, before;
	uint32_t count, from;
	int err = 0;

	for (uint32_t at = 0; !err && at < list->count; at += count) {
		before = head;
		count = piece_len(it, list, at, &head);
		from = it->program->count;
		err = compile_piece(it, list->members + at, count, before);
		if (!err && at + count < list->count)
			go_on(it->program, from, list->join == TOKEN_AND);
	}
	return err;
}

/* All of it is in parentheses. */
static bool is_enclosed(const struct split *it, struct range range)
{
	uint32_t depth = token_at(it, range.from)->depth;

	if (token_at(it, range.from)->kind != TOKEN_OPEN)
		return false;
	for (uint32_t i = range.from + 1; i < range.to; i++)
		if (token_at(it, i)->depth == depth)
			return i == range.to - 1;
	return false;
}

static int split_not(struct split *it, struct range range)
{
	uint32_t from = it->program->count;
	int err = split_range(it, range);

	if (!err)
		negate(it->program, from);
	return err;
}

static int split_any(struct split *it, struct range range)
{
	struct list list = {};
	int err;

	err = list_read(it, range, &list);
	if (err)
		goto out;
	if (list.count > 1)
		err = split_list(it, &list);
	else if (token_at(it, range.from)->kind == TOKEN_NOT)
		err = split_not(it, (struct range){ range.from + 1, range.to });
	else if (is_enclosed(it, range))
		err = split_range(it, (struct range){ range.from + 1,
							range.to - 1 });
	else
		err = compile_text(it, (struct range){}, range);
out:
	free(list.members);
	return err;
}

/* What begins with full qualifiers. */
static int split_range(struct split *it, struct range range)
{
	int err;

	if (it->depth == DEPTH_MAX || primitives(it, range) <= SPLIT_OVER)
		return compile_text(it, (struct range){}, range);
	it->depth++;
	err = split_any(it, range);
	it->depth--;
	return err;
}

int split_compile(const char *expression, split_fn compile, void *ctx,
		  struct cbpf_program *program)
{
	struct split it = { .compile = compile, .ctx = ctx, .program = program };
	int err = tokens_read(expression, &it.tokens);

	if (!err && it.tokens.count && token_is_full(&it.tokens, 0))
		err = split_range(&it, (struct range){ 0, it.tokens.count });
	else if (!err || err == -EINVAL)
		err = compile(ctx, expression, program);
	tokens_free(&it.tokens);
	return err;
}
