// SPDX-License-Identifier: GPL-2.0-only
#include "tree.h"
#include "calls.h"
#include "pad.h"
#include "../diagnose/prog.h"
#include "../diagnose/results.h"
#include "netns_name.h"
#include "stacks.h"
#include "steps.h"
#include "../path/stack.h"
#include "../input/utf8.h"
#include "verdict.h"

#include <inttypes.h>

#define CPU_WIDTH	4
#define TIME_WIDTH	10
#define DEEPEST		64	/* the deepest nest that is drawn as one */

struct tree {
	FILE *out;
	const struct output *o;
	const struct path *path;
	struct calls calls;
	uint64_t start;		/* what times are counted from, ns */
	size_t depth;		/* of the line that is to be printed */
	const struct record *place;	/* where the packet was last; or NULL */
	const char *fields;	/* that were shown last; or NULL */
	size_t context;		/* what ran last; NO_CALL: nothing */
};

/* What stands before the function: rec's CPU, and a time in us or nothing. */
static void put_margin(const struct tree *t, const struct record *rec,
		       const char *us)
{
	char cpu[24] = "-";

	if (rec->cpu.known)
		snprintf(cpu, sizeof(cpu), "%" PRIu64, rec->cpu.value);
	pad_left(t->out, cpu, CPU_WIDTH);
	fputs(") ", t->out);
	pad_left(t->out, us, TIME_WIDTH);
	fputs(*us ? " us |" : "    |", t->out);
	pad_spaces(t->out, 2 + 2 * (t->depth < DEEPEST ? t->depth : DEEPEST));
	if (t->depth > DEEPEST)
		fprintf(t->out, "[%zu] ", t->depth);
}

static void put_margin_of(const struct tree *t, const struct call *call,
			  const struct record *rec)
{
	char us[US_ROOM] = "";

	if (call->ret)
		us_format(us, call->step->ns.value, call->ret->ns.value);
	put_margin(t, rec, us);
}

static void put_func(const struct tree *t, const struct record *rec)
{
	utf8_print(t->out, rec->func ? rec->func : "-");
	prog_print(t->out, rec);
}

/* With its last step a packet is freed, where no return is looked for. */
static bool is_end(const struct tree *t, const struct call *call)
{
	const struct path *p = t->path;

	return p->end && call->step == p->steps[p->count - 1];
}

/* A remark with the name, if it is asked for, and the result, if there is one. */
static void put_result(const struct tree *t, const struct call *call,
		       const char *name)
{
	char buf[RESULT_ROOM];
	const char *result = result_name(t->o->data, call->ret, buf);

	if (!name && !result)
		return;
	fputs(" /* ", t->out);
	if (name)
		utf8_print(t->out, name);
	if (result) {
		fputs(name ? " = " : "= ", t->out);
		utf8_print(t->out, result);
	}
	fputs(" */", t->out);
}

/* A call that nothing was made within. */
static void put_leaf(const struct tree *t, const struct call *call)
{
	put_margin_of(t, call, call->step);
	put_func(t, call->step);
	fputs("();", t->out);
	if (call->ret)
		put_result(t, call, NULL);
	else if (!is_end(t, call))
		fputs(" /* not seen to return */", t->out);
	putc('\n', t->out);
}

static void put_opening(const struct tree *t, const struct call *call)
{
	put_margin(t, call->step, "");
	put_func(t, call->step);
	fputs("() {\n", t->out);
}

static void put_closing(const struct tree *t, const struct call *call)
{
	put_margin_of(t, call, call->ret);
	putc('}', t->out);
	put_result(t, call, call->step->func ? call->step->func : "-");
	putc('\n', t->out);
}

/* Interface and namespace, where they are others than before. */
static void put_place(struct tree *t, const struct record *step)
{
	char buf[NETNS_ROOM];

	if (!record_has_place(step) ||
	    (t->place && record_same_place(t->place, step)))
		return;
	put_margin(t, step, "");
	fputs("/* ", t->out);
	utf8_print(t->out, step->ifname ? step->ifname : "no interface");
	if (step->netns.known) {
		fputs(", netns ", t->out);
		utf8_print(t->out, netns_text(buf, t->o->notes, step->netns));
	}
	fputs(" */\n", t->out);
	t->place = step;
}

/* The fields that were asked for, where they are others than before. */
static void put_fields(struct tree *t, const struct record *step)
{
	if (!step->fields || record_same_text(t->fields, step->fields))
		return;
	put_margin(t, step, "");
	fputs("/* ", t->out);
	utf8_print(t->out, step->fields);
	fputs(" */\n", t->out);
	t->fields = step->fields;
}

/* When and by whom, where another thread or CPU works on the packet. */
static void put_context(struct tree *t, const struct call *call)
{
	const struct record *step = call->step;
	char us[US_ROOM];

	if (call->parent != NO_CALL || call->context == t->context)
		return;
	put_margin(t, step, "");
	fprintf(t->out, "/* at %s us",
		us_format(us, t->start, step->ns.value));
	if (step->comm) {
		fputs(", ", t->out);
		utf8_print(t->out, step->comm);
	}
	if (step->pid.known)
		fprintf(t->out, "-%" PRIu64, step->pid.value);
	fputs(" */\n", t->out);
	t->context = call->context;
}

/* Says what is missing before step i, or after the last one. */
static void put_gap(const struct tree *t, size_t i)
{
	uint64_t gap = path_gap(t->path, i);

	if (!gap)
		return;
	pad_spaces(t->out, CPU_WIDTH + TIME_WIDTH + 5);
	fprintf(t->out, "|  ... %" PRIu64 " step%s missing%s ...\n", gap,
		gap == 1 ? "" : "s",
		t->path->numbered ? "" : ", not known where");
}

/* The stack at a call, where those of all are told. */
static void put_stack(const struct tree *t, const struct record *step)
{
	char before[CPU_WIDTH + TIME_WIDTH + 16];

	snprintf(before, sizeof(before), "%*s|    ", CPU_WIDTH + TIME_WIDTH + 6, "");
	if (path_has_stacks(t->path))
		stacks_print(t->out, before, step->stack);
}

static void put_call(struct tree *t, size_t i)
{
	const struct call *call = &t->calls.call[i];

	put_gap(t, i);
	put_context(t, call);
	put_place(t, call->step);
	put_fields(t, call->step);
	if (call->child == NO_CALL)
		put_leaf(t, call);
	else
		put_opening(t, call);
	put_stack(t, call->step);
}

/* Closes what ends with call i; gives the call that comes next, or NO_CALL. */
static size_t next_call(struct tree *t, size_t i)
{
	const struct call *call = t->calls.call;

	if (call[i].child != NO_CALL) {
		t->depth++;
		return call[i].child;
	}
	while (call[i].next == NO_CALL && call[i].parent != NO_CALL) {
		i = call[i].parent;
		t->depth--;
		put_closing(t, &call[i]);
	}
	return call[i].next;
}

static void put_stray(const struct tree *t)
{
	size_t stray = t->calls.stray;

	if (stray)
		fprintf(t->out,
			"  %zu return%s of functions that were not seen to "
			"begin\n",
			stray, stray == 1 ? "" : "s");
}

static void put_tree(struct tree *t)
{
	size_t i;

	fputs(" CPU    DURATION       FUNCTION CALLS\n", t->out);
	for (i = t->calls.root.child; i != NO_CALL; i = next_call(t, i))
		put_call(t, i);
	put_gap(t, t->path->count);
	put_stray(t);
}

void tree_print(const struct output *o, const struct path *p, uint64_t start)
{
	struct tree t = {
		.out = o->file,
		.o = o,
		.path = p,
		.start = start,
		.place = p->origin,
		.context = NO_CALL,
	};

	if (calls_find(&t.calls, p)) {
		fputs("  no memory for a tree\n", o->file);
		return;
	}
	if (t.calls.returned) {
		put_tree(&t);
	} else {
		steps_print(o, p, start);
		if (p->count)
			fputs("  returns were not recorded (-R)\n", o->file);
	}
	calls_free(&t.calls);
}
