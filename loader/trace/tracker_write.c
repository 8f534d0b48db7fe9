// SPDX-License-Identifier: GPL-2.0-only
/* The tracker's records: writes events and ends by their names. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "../fields/fields.h"
#include "../syms/names.h"
#include "conntrack.h"
#include "records.h"
#include "results.h"
#include "rule_text.h"
#include "stack.h"
#include "tracker_own.h"
#include "tracker_said.h"

/*
 * The name of what makes a relative: the copy site's caller, or, where that is not
 * known, the copy site. The original of a clone was made by nobody.
 */
static void copy_site_name(const struct tracker *tracker,
		       const struct event *event, char name[FUNC_NAME_LEN])
{
	const struct probe *probe = tracker_probe(tracker, event->copy_site);

	if (!event->copy_site) {
		strcpy(name, "original");
		return;
	}
	name_caller(tracker->names, event->location, name, FUNC_NAME_LEN);
	if (!*name)
		strcpy(name, probe ? probe->name : "-");
}

static void func_name(const struct tracker *tracker,
		      const struct event *event, char name[FUNC_NAME_LEN])
{
	const struct probe *probe;

	if (event->func == FUNC_SELECTED) {
		strcpy(name, name_hook(event->hook));
	} else if (event->func == FUNC_DERIVED) {
		copy_site_name(tracker, event, name);
	} else {
		probe = tracker_probe(tracker, FUNC_NUM(event->func));
		strcpy(name, probe ? probe->name : "-");
	}
}

/* The module of what it has reached; NULL: it has reached none yet. */
static const char *module_of(const struct tracker *tracker,
			     const struct event *event)
{
	const struct probe *probe = tracker_probe(tracker,
						  FUNC_NUM(event->func));

	if (event->func == FUNC_SELECTED || !probe)
		return NULL;
	return *probe->module ? probe->module : "vmlinux";
}

static void write_record(struct tracker *tracker, struct record_fields *record)
{
	record->names = tracker->names;
	record_write(record, tracker->out);
	tracker->written++;
}

void tracker_write_end(struct tracker *tracker, const struct live_family *family,
		       struct member *member)
{
	const struct event *last = &member->last;
	struct prog_texts texts;
	char func[FUNC_NAME_LEN] = "-";
	struct record_fields record = {
		.type = "end",
		.event = last,
		.func = func,
		.how = member->how,
		.has_seq = member->has_steps,
		.seq = member->steps,
		.has_derived = family->derived != NO_COUNT,
		.has_lost = family->lost != NO_COUNT,
		.derived = family->derived,
		.lost = family->lost,
		.module = module_of(tracker, last),
		.has_missed = member->has_missed_after,
		.missed = member->missed_after - member->missed,
	};

	if (tracker_is_step(last))
		func_name(tracker, last, func);
	tracker_add_attached(tracker, &record, last, &texts);
	write_record(tracker, &record);
	member->how = NULL;
}

/*
 * A list of fragments that is sent as it is (ip_do_fragment()): each has its header
 * copied from the one before. All of them are shown as made of the first one.
 * ip6_fraglist_prepare() ends by a jump to the function that copies, which then returns
 * to ip6_fragment().
 */
static void member_derived(const struct live_family *family, struct member *member,
			const char *func, struct event *event)
{
	const struct member *parent = live_family_member(family, event->parent);

	member->in_list = !strcmp(func, "ip_fraglist_prepare") ||
			  !strcmp(func, "ip6_fraglist_prepare") ||
			  !strcmp(func, "ip6_fragment");
	if (member->in_list && parent && parent->in_list)
		event->parent = parent->parent;
	member->parent = event->parent;
}

/* What follows @event, as it came in, if there is anything. */
static void add_capture(const struct tracker *tracker,
			struct record_fields *record, const struct event *event)
{
	const struct capture *capture = (const void *)(event + 1);

	if (!tracker->bytes || event->func >= MAX_FUNCS || !capture->len ||
	    capture->len > tracker->bytes || tracker_is_free(tracker, event))
		return;
	record->bytes = capture->bytes;
	record->bytes_len = capture->len;
	record->bytes_more = capture->size - capture->len;
	record->link_type = capture->link_type;
}

/* Where the fields of an event begin, bytes behind it (fields_at() in bpf/bytes.h), … */
static size_t fields_at(const struct tracker *tracker)
{
	return tracker->bytes ? sizeof(struct capture) + (tracker->bytes + 7) / 8 * 8 :
				0;
}

/* … and its stack (stack_at() in bpf/stack.h). */
static size_t stack_at(const struct tracker *tracker)
{
	return fields_at(tracker) + (tracker->fields ? fields_size(tracker->fields) : 0);
}

/* The same of the fields behind it. A packet that is free has none. */
static void add_fields(const struct tracker *tracker, struct record_fields *record,
		       const struct event *event, char text[FIELDS_TEXT_LEN])
{
	const char *behind = (const char *)(event + 1);

	if (!tracker->fields || !tracker->fields->count || event->func >= MAX_FUNCS ||
	    tracker_is_free(tracker, event))
		return;
	record->fields = fields_text(tracker->fields, behind + fields_at(tracker), text);
}

/* The same of the stack behind it. */
static void add_stack(const struct tracker *tracker,
		      struct record_fields *record, const struct event *event,
		      char text[STACK_TEXT_LEN])
{
	const struct probe *probe = tracker_probe(tracker, event->func);
	const char *behind = (const char *)(event + 1);

	if (!tracker->stacks || !tracker_is_step(event) || !probe ||
	    (tracker->stacks == STACKS_END && probe_verdict(probe) == VERDICT_NONE))
		return;
	record->stack = stack_text((const void *)(behind + stack_at(tracker)),
				   tracker->stack_limit, probe, tracker->names,
				   text);
}

/* @came: the same as @event, where it came in. */
void tracker_write_event(struct tracker *tracker,
			 const struct live_family *family, struct member *member,
			 struct event *event, const struct event *came)
{
	char func[FUNC_NAME_LEN], stack[STACK_TEXT_LEN], fields[FIELDS_TEXT_LEN];
	struct said_texts texts;
	struct record_fields record = {
		.type = event->func == FUNC_SELECTED ? "select" :
			event->func == FUNC_DERIVED     ? "born" :
			event->func & FUNC_CALLEE     ? "aside" :
						       "step",
		.event = event,
		.func = func,
		.how = "-",
		.has_seq = tracker_is_step(event),
		.seq = event->seq,
		.has_parent = event->func == FUNC_DERIVED,
		.module = module_of(tracker, event),
	};

	func_name(tracker, event, func);
	if (event->func == FUNC_DERIVED)
		member_derived(family, member, func, event);
	add_capture(tracker, &record, came);
	add_fields(tracker, &record, came, fields);
	add_stack(tracker, &record, came, stack);
	tracker_add_said(tracker, &record, event, &texts);
	write_record(tracker, &record);
}

void tracker_write_rule(struct tracker *tracker,
			const struct rule_event *rule)
{
	char func[FUNC_NAME_LEN], text[RULE_TEXT_LEN];
	struct record_fields record = {
		.type = "rule",
		.event = &rule->event,
		.func = func,
		.how = "-",
		.rule = text,
	};

	func_name(tracker, &rule->event, func);
	rule_text(rule, text, sizeof(text));
	write_record(tracker, &record);
}

void tracker_write_conntrack(struct tracker *tracker, const struct ct_event *ct)
{
	char func[FUNC_NAME_LEN], why[CONNTRACK_WHY_LEN];
	struct record_fields record = {
		.type = "aside",
		.event = &ct->event,
		.func = func,
		.how = "-",
		.module = module_of(tracker, &ct->event),
		.ct_why = conntrack_why(ct, why),
	};

	func_name(tracker, &ct->event, func);
	write_record(tracker, &record);
}

void tracker_write_return(struct tracker *tracker,
			  const struct event *event)
{
	char func[FUNC_NAME_LEN], ret[RESULT_LEN] = "-";
	struct record_fields record = {
		.type = "return",
		.event = event,
		.func = func,
		.how = "-",
		.module = module_of(tracker, event),
		.ret = ret,
	};

	func_name(tracker, event, func);
	if (tracker->ops->result)
		tracker->ops->result(tracker->ctx, FUNC_NUM(event->func),
				     event->value, ret);
	write_record(tracker, &record);
}
