// SPDX-License-Identifier: GPL-2.0-only
/* Form "json": an object a line for each family; Documentation/json.md. */
#include "daytime.h"
#include "format.h"
#include "json_step.h"
#include "jsonw.h"
#include "netns_name.h"
#include "process_text.h"
#include "../path/ct_entry.h"
#include "../path/stack.h"
#include "../input/run_notes.h"
#include "../diagnose/delivered.h"
#include "../diagnose/rule.h"
#include "../diagnose/waits.h"
#include "../diagnose/diagnose.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* An address is a string: many readers keep no more than 53 bits. */
static void put_address(struct jsonw *w, const char *key, struct number n)
{
	char hex[32];

	snprintf(hex, sizeof(hex), "0x%" PRIx64, n.value);
	jsonw_string(w, key, n.known ? hex : NULL);
}

static void put_state(struct jsonw *w, const struct path *p)
{
	jsonw_complete(w, p->state);
	jsonw_number(w, "lost", p->lost);
	jsonw_number(w, "missed", path_missed(p));
}

static void put_word(struct jsonw *w, const char *key,
		     const struct rule_word *word)
{
	char *copy = word->text ? strndup(word->text, word->len) : NULL;

	jsonw_string(w, key, copy);
	free(copy);
}

static void put_count(struct jsonw *w, const char *key,
		      const struct rule_word *word)
{
	struct number n = { .known = word->text };

	if (word->text)
		n.value = strtoull(word->text, NULL, 10);
	jsonw_number(w, key, n);
}

/* The rule that dropped it, taken apart. */
static void put_rule(struct jsonw *w, const char *text)
{
	struct rule rule;

	if (!text || !rule_parse(&rule, text)) {
		jsonw_null(w, "rule_fields");
		return;
	}
	jsonw_open(w, "rule_fields", '{');
	put_word(w, "family", &rule.family);
	put_word(w, "table", &rule.table);
	put_word(w, "chain", &rule.chain);
	put_count(w, "rule", &rule.number);
	put_count(w, "handle", &rule.handle);
	jsonw_bool(w, "policy", rule.policy);
	put_word(w, "hook", &rule.hook);
	put_word(w, "comment", &rule.comment);
	jsonw_close(w, '}');
}

static void put_end(struct jsonw *w, const struct data *data,
		    const struct family *f, const struct path *p)
{
	const struct record *end = p->end;
	struct why why;

	why_find(&why, data, f, p);
	jsonw_open(w, "end", '{');
	jsonw_string(w, "how", record_hows[path_how(p)]);
	jsonw_string(w, "what", why.kind);
	jsonw_string(w, "func", end ? end->func : NULL);
	jsonw_string(w, "reason", end ? end->reason : NULL);
	jsonw_string(w, "location", end ? end->location : NULL);
	jsonw_string(w, "rule", why.rule);
	put_rule(w, why.rule);
	jsonw_string(w, "verdict", why.verdict);
	jsonw_string(w, "cause", why.cause);
	jsonw_string(w, "next", why.next);
	jsonw_loss(w, path_how(p), why.verdict, why.done);
	jsonw_bool(w, "unanswered", why.unanswered);
	json_put_stack(w, path_end_stack(p));
	jsonw_close(w, '}');
	why_free(&why);
}

static void put_events(struct jsonw *w, const struct notes *notes,
		       const struct path *p)
{
	size_t i;

	jsonw_open(w, "events", '[');
	for (i = 0; i < p->count; i++)
		json_put_step(w, notes, p, i);
	jsonw_close(w, ']');
}

/* What is no step, but happened meanwhile; only strings that it has. */
static void put_callee(struct jsonw *w, const struct record *rec)
{
	jsonw_open(w, NULL, '{');
	jsonw_number(w, "ns", rec->ns);
	jsonw_number(w, "cpu", rec->cpu);
	jsonw_string(w, "func", rec->func);
	if (rec->type == RECORD_CALLEE)
		jsonw_string(w, "module", rec->module);
	if (rec->type == RECORD_CALLEE)
		json_put_known(w, "ct_why", ct_why(rec->ct));
	if (rec->type == RECORD_RETURN)
		jsonw_string(w, "ret", rec->ret);
	if (rec->type == RECORD_RULE)
		jsonw_string(w, "rule", rec->rule);
	jsonw_close(w, '}');
}

/* All records of a type beside the steps; nothing when there are none. */
static void put_callees(struct jsonw *w, const struct path *p,
		       enum record_type type, const char *key)
{
	bool any = false;
	size_t i;

	for (i = 0; i < p->extras.count; i++) {
		if (p->extras.records[i]->type != type)
			continue;
		if (!any)
			jsonw_open(w, key, '[');
		any = true;
		put_callee(w, p->extras.records[i]);
	}
	if (any)
		jsonw_close(w, ']');
}

/* Where it has waited; nothing when it has not. */
static void put_waits(struct jsonw *w, const struct data *data,
		      const struct path *p)
{
	struct wait wait = { .next = 0 };
	bool any = false;

	while (waits_next(&wait, data, p)) {
		if (!any)
			jsonw_open(w, "waits", '[');
		any = true;
		jsonw_open(w, NULL, '{');
		jsonw_string(w, "queue", wait.queue);
		jsonw_integer(w, "ns", wait.ns);
		jsonw_number(w, "from_ns", wait.from->ns);
		jsonw_string(w, "from", wait.from->func);
		jsonw_string(w, "until", wait.until->func);
		jsonw_string(w, "reader", wait.is_read ? wait.until->comm : NULL);
		jsonw_number(w, "reader_pid", wait.is_read ? wait.until->pid :
			     (struct number){ .known = false });
		jsonw_close(w, '}');
	}
	if (any)
		jsonw_close(w, ']');
}

static void put_extras(struct jsonw *w, const struct data *data,
		       const struct path *p)
{
	put_callees(w, p, RECORD_CALLEE, "aside");
	put_callees(w, p, RECORD_RETURN, "returns");
	put_callees(w, p, RECORD_RULE, "rules");
	put_waits(w, data, p);
	process_put(w, data, p);
}

static void put_relative(struct jsonw *w, const struct output *o,
			 const struct family *f, const struct path *p)
{
	jsonw_open(w, NULL, '{');
	jsonw_string(w, "line", p->line);
	jsonw_integer(w, "kin", p->member);
	jsonw_string(w, "parent", p->parent);
	jsonw_string(w, "maker", p->origin ? p->origin->func : NULL);
	put_address(w, "skb", path_skb(p));
	jsonw_number(w, "start_ns", path_start(p));
	jsonw_number(w, "start_cpu", path_start_cpu(p));
	put_state(w, p);
	put_end(w, o->data, f, p);
	put_events(w, o->notes, p);
	put_extras(w, o->data, p);
	jsonw_close(w, '}');
}

static void put_relatives(struct jsonw *w, const struct output *o,
			  const struct family *f)
{
	size_t i;

	jsonw_open(w, "relatives", '[');
	for (i = 0; i < f->members.count; i++)
		if (family_member(f, i)->member)
			put_relative(w, o, f, family_member(f, i));
	jsonw_close(w, ']');
}

/* The members that programs have got. */
static void put_delivered(struct jsonw *w, const struct data *data,
			  const struct family *f)
{
	size_t i;

	jsonw_open(w, "delivered", '[');
	for (i = 0; i < f->members.count; i++)
		if (delivered_path(data, family_member(f, i)))
			jsonw_string(w, NULL, family_member(f, i)->line);
	jsonw_close(w, ']');
}

/* What is to be said of the packet and its relatives together. */
static void put_whole(struct jsonw *w, const struct data *data,
		      const struct family *f)
{
	jsonw_open(w, "family", '{');
	jsonw_integer(w, "members", f->members.count);
	jsonw_number(w, "kins", f->relatives);
	jsonw_integer(w, "unseen", f->unseen);
	jsonw_integer(w, "unborn", f->underived);
	jsonw_complete(w, f->state);
	jsonw_number(w, "lost", f->lost);
	jsonw_bool(w, "late", f->late);
	put_delivered(w, data, f);
	jsonw_close(w, '}');
}

/* Where and when it was selected. */
static void put_selection(struct jsonw *w, const struct notes *notes,
			  const struct record *select)
{
	static const struct record nothing;
	char buf[DAYTIME_ROOM];

	if (!select)
		select = &nothing;
	jsonw_string(w, "hook", select->func);
	jsonw_string(w, "ifname", select->ifname);
	jsonw_number(w, "netns", select->netns);
	jsonw_string(w, "netns_name", netns_name(notes, select->netns));
	jsonw_number(w, "len", select->len);
	jsonw_string(w, "time", daytime_utc(buf, notes, select->ns));
}

/* The selected packets that this one answers, and is answered by. */
static void put_answers(struct jsonw *w, const struct output *o,
			const struct path *p)
{
	const struct answer *other = answers_find(o->answers, p);
	struct number number = { .known = other };
	static const struct number none;

	if (other)
		number.value = other->packet;
	jsonw_number(w, "answers", other && !other->reply ? number : none);
	jsonw_number(w, "answered_by", other && other->reply ? number : none);
}

int json_family(struct output *o, const struct family *f)
{
	static const struct path nothing = { .state = PATH_INCOMPLETE };
	const struct path *p = family_selected(f);
	struct jsonw w = { .out = o->file };

	if (!p)
		p = &nothing;
	jsonw_open(&w, NULL, '{');
	jsonw_integer(&w, "packet", f->packet);
	jsonw_string(&w, "filter", notes_find(o->notes, "filter"));
	put_address(&w, "skb", path_skb(p));
	jsonw_number(&w, "start_ns", path_start(p));
	jsonw_number(&w, "start_cpu", path_start_cpu(p));
	put_selection(&w, o->notes, p->origin);
	put_state(&w, p);
	put_end(&w, o->data, f, p);
	put_events(&w, o->notes, p);
	put_extras(&w, o->data, p);
	put_answers(&w, o, p);
	put_relatives(&w, o, f);
	put_whole(&w, o->data, f);
	jsonw_close(&w, '}');
	putc('\n', o->file);
	return 0;
}

int json_end(const struct output *o)
{
	struct jsonw w = { .out = o->file };
	bool any = false;
	size_t i;

	for (i = 0; i < RUN_NOTES; i++)
		any |= run_note(o->notes, run_notes[i]).known;
	if (!any)
		return 0;
	jsonw_open(&w, NULL, '{');
	jsonw_open(&w, "run", '{');
	for (i = 0; i < RUN_NOTES; i++)
		jsonw_number(&w, run_notes[i],
			     run_note(o->notes, run_notes[i]));
	jsonw_integer(&w, "complete", o->tally.complete);
	jsonw_integer(&w, "incomplete", o->tally.incomplete);
	jsonw_integer(&w, "not_known", o->tally.not_known);
	jsonw_close(&w, '}');
	jsonw_close(&w, '}');
	putc('\n', o->file);
	return 0;
}
