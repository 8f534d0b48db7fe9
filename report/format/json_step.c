// SPDX-License-Identifier: GPL-2.0-only
#include "json_step.h"
#include "netns_name.h"
#include "../path/conntrack.h"
#include "../path/ct_entry.h"
#include "../path/fields.h"
#include "../path/stack.h"

void json_put_known(struct jsonw *w, const char *key, const char *text)
{
	if (text)
		jsonw_string(w, key, text);
}

void json_put_stack(struct jsonw *w, const char *stack)
{
	const char *at = stack;
	char text[FRAME_ROOM];
	struct stack_frame frame;

	if (!stack)
		return;
	jsonw_open(w, "stack", '[');
	while (stack_next(&at, &frame))
		jsonw_string(w, NULL, frame_text(text, &frame));
	jsonw_close(w, ']');
	jsonw_bool(w, "stack_cut", stack_is_cut(stack));
}

/* The thread that ran, and what the packet's headers say. */
static void put_flow(struct jsonw *w, const struct record *step)
{
	jsonw_string(w, "comm", step->comm);
	jsonw_number(w, "pid", step->pid);
	jsonw_string(w, "proto", step->proto);
	jsonw_string(w, "saddr", step->saddr);
	jsonw_number(w, "sport", step->sport);
	jsonw_string(w, "daddr", step->daddr);
	jsonw_number(w, "dport", step->dport);
	jsonw_string(w, "icmp", step->icmp);
}

/* The fields that were asked for; without any nothing. */
static void put_fields(struct jsonw *w, const char *text)
{
	struct shown_field field;

	if (!text)
		return;
	jsonw_open(w, "fields", '{');
	while (field_next(&text, &field))
		if (!field.known)
			jsonw_null(w, field.name);
		else if (field_is_integer(&field))
			jsonw_literal(w, field.name, field.value);
		else
			jsonw_string(w, field.name, field.value);
	jsonw_close(w, '}');
}

/* What a BPF program, or Open vSwitch, has decided, or which socket XDP has given it. */
static void put_prog(struct jsonw *w, const struct record *step)
{
	if (step->prog.known)
		jsonw_number(w, "prog", step->prog);
	else if (!step->hook)
		return;
	jsonw_string(w, "hook", step->hook);
	jsonw_string(w, "verdict", step->verdict);
}

/* What the thread does. */
static void put_call(struct jsonw *w, const struct record *step)
{
	json_put_known(w, "call", step->call);
	if (step->fd.known)
		jsonw_number(w, "fd", step->fd);
	if (step->socket.known)
		jsonw_number(w, "socket", step->socket);
}

static void put_ct_flow(struct jsonw *w, const char *key, const struct ct_flow *flow)
{
	jsonw_open(w, key, '{');
	jsonw_string(w, "proto", flow->proto);
	jsonw_string(w, "saddr", flow->saddr);
	jsonw_number(w, "sport", flow->sport);
	jsonw_string(w, "daddr", flow->daddr);
	jsonw_number(w, "dport", flow->dport);
	jsonw_number(w, "id", flow->id);
	jsonw_close(w, '}');
}

static void put_entry(struct jsonw *w, const char *ct)
{
	struct ct_entry entry;

	if (!ct_entry_parse(&entry, ct))
		return;
	jsonw_open(w, "ct_entry", '{');
	jsonw_bool(w, "confirmed", entry.is_confirmed);
	jsonw_integer(w, "zone", entry.zone.value);
	jsonw_integer(w, "mark", entry.mark.value);
	if (entry.is_translated) {
		put_ct_flow(w, "original", &entry.original);
		put_ct_flow(w, "reply", &entry.reply);
	}
	jsonw_close(w, '}');
}

/* What conntrack takes it for, and why, and what is known of its entry, if anything is. */
static void put_conntrack(struct jsonw *w, const struct path *p, size_t i)
{
	const char *ct = conntrack_at(p, i);
	char state[CT_STATE_ROOM];

	jsonw_string(w, "ct", ct_state(ct, state));
	if (ct && ct != p->steps[i]->ct)
		json_put_known(w, "ct_why", conntrack_why(p, i));
	put_entry(w, ct);
}

void json_put_step(struct jsonw *w, const struct notes *notes, const struct path *p,
		   size_t i)
{
	const struct record *step = p->steps[i];

	jsonw_open(w, NULL, '{');
	jsonw_number(w, "seq", step->seq);
	jsonw_number(w, "ns", step->ns);
	jsonw_number(w, "cpu", step->cpu);
	jsonw_string(w, "func", step->func);
	jsonw_string(w, "ifname", step->ifname);
	jsonw_number(w, "ifindex", step->ifindex);
	jsonw_number(w, "netns", step->netns);
	jsonw_number(w, "len", step->len);
	jsonw_number(w, "mark", step->mark);
	jsonw_number(w, "id", step->id);
	jsonw_string(w, "netns_name", netns_name(notes, step->netns));
	put_flow(w, step);
	jsonw_string(w, "module", step->module);
	put_conntrack(w, p, i);
	put_prog(w, step);
	put_call(w, step);
	json_put_stack(w, step->stack);
	put_fields(w, step->fields);
	jsonw_close(w, '}');
}
