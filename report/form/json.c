// SPDX-License-Identifier: GPL-2.0-only
/* Form "json": an object a line for each family; Documentation/json.md. */
#include "form.h"
#include "jsonw.h"
#include "space.h"
#include "../why/why.h"

#include <inttypes.h>

static void put_string(struct jsonw *w, const char *key, const char *value)
{
	jsonw_key(w, key);
	jsonw_string(w, value);
}

static void put_number(struct jsonw *w, const char *key, struct number n)
{
	jsonw_key(w, key);
	if (n.known)
		jsonw_number(w, n.value);
	else
		jsonw_null(w);
}

/* An address is a string: many readers keep no more than 53 bits. */
static void put_address(struct jsonw *w, const char *key, struct number n)
{
	char hex[32];

	snprintf(hex, sizeof(hex), "0x%" PRIx64, n.value);
	put_string(w, key, n.known ? hex : NULL);
}

static void put_complete(struct jsonw *w, enum path_state state)
{
	jsonw_key(w, "complete");
	if (state == PATH_NOT_KNOWN)
		jsonw_null(w);
	else
		jsonw_bool(w, state == PATH_COMPLETE);
}

static void put_state(struct jsonw *w, const struct path *p)
{
	put_complete(w, p->state);
	put_number(w, "lost", p->lost);
	put_number(w, "missed", path_missed(p));
}

static void put_end(struct jsonw *w, const struct data *data,
		    const struct path *p)
{
	const struct record *end = p->end;
	struct why why;

	why_find(&why, data, p);
	jsonw_key(w, "end");
	jsonw_open(w, '{');
	put_string(w, "how", record_hows[path_how(p)]);
	put_string(w, "func", end ? end->func : NULL);
	put_string(w, "reason", end ? end->reason : NULL);
	put_string(w, "location", end ? end->location : NULL);
	put_string(w, "rule", why.rule);
	put_string(w, "verdict", why.verdict);
	put_string(w, "cause", why.cause);
	put_string(w, "next", why.next);
	jsonw_close(w, '}');
	why_free(&why);
}

/* The thread that ran, and what the packet's headers say. */
static void put_flow(struct jsonw *w, const struct record *step)
{
	put_string(w, "comm", step->comm);
	put_number(w, "pid", step->pid);
	put_string(w, "proto", step->proto);
	put_string(w, "saddr", step->saddr);
	put_number(w, "sport", step->sport);
	put_string(w, "daddr", step->daddr);
	put_number(w, "dport", step->dport);
	put_string(w, "icmp", step->icmp);
}

static void put_event(struct jsonw *w, const struct notes *notes,
		      const struct record *step)
{
	jsonw_open(w, '{');
	put_number(w, "seq", step->seq);
	put_number(w, "ns", step->ns);
	put_number(w, "cpu", step->cpu);
	put_string(w, "func", step->func);
	put_string(w, "ifname", step->ifname);
	put_number(w, "ifindex", step->ifindex);
	put_number(w, "netns", step->netns);
	put_number(w, "len", step->len);
	put_number(w, "mark", step->mark);
	put_number(w, "id", step->id);
	put_string(w, "netns_name", space_name(notes, step->netns));
	put_flow(w, step);
	put_string(w, "module", step->module);
	jsonw_close(w, '}');
}

static void put_events(struct jsonw *w, const struct notes *notes,
		       const struct path *p)
{
	size_t i;

	jsonw_key(w, "events");
	jsonw_open(w, '[');
	for (i = 0; i < p->count; i++)
		put_event(w, notes, p->steps[i]);
	jsonw_close(w, ']');
}

/* What is no step, but happened meanwhile; only strings that it has. */
static void put_aside(struct jsonw *w, const struct record *rec)
{
	jsonw_open(w, '{');
	put_number(w, "ns", rec->ns);
	put_number(w, "cpu", rec->cpu);
	put_string(w, "func", rec->func);
	if (rec->type == RECORD_ASIDE)
		put_string(w, "module", rec->module);
	if (rec->type == RECORD_RETURN)
		put_string(w, "ret", rec->ret);
	if (rec->type == RECORD_RULE)
		put_string(w, "rule", rec->rule);
	jsonw_close(w, '}');
}

/* All records of a type beside the steps; nothing when there are none. */
static void put_asides(struct jsonw *w, const struct path *p,
		       enum record_type type, const char *key)
{
	bool any = false;
	size_t i;

	for (i = 0; i < p->beside.count; i++) {
		if (p->beside.records[i]->type != type)
			continue;
		if (!any) {
			jsonw_key(w, key);
			jsonw_open(w, '[');
		}
		any = true;
		put_aside(w, p->beside.records[i]);
	}
	if (any)
		jsonw_close(w, ']');
}

static void put_beside(struct jsonw *w, const struct path *p)
{
	put_asides(w, p, RECORD_ASIDE, "aside");
	put_asides(w, p, RECORD_RETURN, "returns");
	put_asides(w, p, RECORD_RULE, "rules");
}

static void put_relative(struct jsonw *w, const struct output *o,
			 const struct path *p)
{
	jsonw_open(w, '{');
	put_string(w, "line", p->line);
	jsonw_key(w, "kin");
	jsonw_number(w, p->kin);
	put_string(w, "parent", p->parent);
	put_string(w, "maker", p->origin ? p->origin->func : NULL);
	put_address(w, "skb", path_skb(p));
	put_number(w, "start_ns", path_start(p));
	put_number(w, "start_cpu", path_start_cpu(p));
	put_state(w, p);
	put_end(w, o->data, p);
	put_events(w, o->notes, p);
	put_beside(w, p);
	jsonw_close(w, '}');
}

static void put_relatives(struct jsonw *w, const struct output *o,
			  const struct family *f)
{
	size_t i;

	jsonw_key(w, "relatives");
	jsonw_open(w, '[');
	for (i = 0; i < f->members.count; i++)
		if (family_member(f, i)->kin)
			put_relative(w, o, family_member(f, i));
	jsonw_close(w, ']');
}

/* What is to be said of the packet and its relatives together. */
static void put_whole(struct jsonw *w, const struct family *f)
{
	jsonw_key(w, "family");
	jsonw_open(w, '{');
	jsonw_key(w, "members");
	jsonw_number(w, f->members.count);
	put_number(w, "kins", f->kins);
	jsonw_key(w, "unseen");
	jsonw_number(w, f->unseen);
	jsonw_key(w, "unborn");
	jsonw_number(w, f->unborn);
	put_complete(w, f->state);
	put_number(w, "lost", f->lost);
	jsonw_key(w, "late");
	jsonw_bool(w, f->late);
	jsonw_close(w, '}');
}

/* Prints the family as one line. */
void json_family(const struct output *o, const struct family *f)
{
	static const struct path nothing = { .state = PATH_INCOMPLETE };
	const struct path *p = family_selected(f);
	struct jsonw w = { .out = o->file };

	if (!p)
		p = &nothing;
	jsonw_open(&w, '{');
	jsonw_key(&w, "packet");
	jsonw_number(&w, f->packet);
	put_string(&w, "filter", notes_find(o->notes, "filter"));
	put_address(&w, "skb", path_skb(p));
	put_number(&w, "start_ns", path_start(p));
	put_number(&w, "start_cpu", path_start_cpu(p));
	put_string(&w, "hook", p->origin ? p->origin->func : NULL);
	put_state(&w, p);
	put_end(&w, o->data, p);
	put_events(&w, o->notes, p);
	put_beside(&w, p);
	put_relatives(&w, o, f);
	put_whole(&w, f);
	jsonw_close(&w, '}');
	putc('\n', o->file);
}
