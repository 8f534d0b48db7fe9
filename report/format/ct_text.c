// SPDX-License-Identifier: GPL-2.0-only
#include "ct_text.h"
#include "flow.h"
#include "../path/ct_entry.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Behind what is in buf already, and a comma. */
static void __attribute__((format(printf, 2, 3)))
add(char buf[CT_TEXT_ROOM], const char *format, ...)
{
	size_t at = strlen(buf);
	va_list args;

	if (at && at + 2 < CT_TEXT_ROOM)
		at += snprintf(buf + at, CT_TEXT_ROOM - at, ", ");
	va_start(args, format);
	vsnprintf(buf + at, CT_TEXT_ROOM - at, format, args);
	va_end(args);
}

/* @is_back: from its destination to its source. */
static const char *flow_of(const struct ct_flow *flow, bool is_back, char buf[FLOW_ROOM])
{
	struct record ends = {
		.saddr = is_back ? flow->daddr : flow->saddr,
		.daddr = is_back ? flow->saddr : flow->daddr,
		.sport = is_back ? flow->dport : flow->sport,
		.dport = is_back ? flow->sport : flow->dport,
	};
	size_t len = strlen(flow_format(buf, &ends));

	if (flow->id.known)
		snprintf(buf + len, FLOW_ROOM - len, " id %" PRIu64, flow->id.value);
	return buf;
}

/*
 * A packet comes to conntrack as one of its direction, and leaves as the other
 * direction's packets come, the other way round.
 */
static void add_translation(char buf[CT_TEXT_ROOM], const struct ct_entry *entry)
{
	const struct ct_flow *comes = entry->is_reply ? &entry->reply : &entry->original;
	const struct ct_flow *other = entry->is_reply ? &entry->original : &entry->reply;
	char before[FLOW_ROOM], after[FLOW_ROOM];

	add(buf, "%s as %s", flow_of(comes, false, before), flow_of(other, true, after));
}

/* A connection that was answered is confirmed, which need not be said. */
static bool is_answered(const char *ct)
{
	return !strncmp(ct, "established", 11) || !strncmp(ct, "reply", 5);
}

static void add_entry(char buf[CT_TEXT_ROOM], const char *ct)
{
	struct ct_entry entry;

	if (!ct_entry_parse(&entry, ct))
		return;
	if (entry.is_confirmed && !is_answered(ct))
		add(buf, "confirmed");
	if (entry.zone.known)
		add(buf, "zone %" PRIu64, entry.zone.value);
	if (entry.mark.known)
		add(buf, "mark 0x%" PRIx64, entry.mark.value);
	if (entry.is_translated)
		add_translation(buf, &entry);
}

const char *ct_text(const char *ct, bool with_state, const char *why,
		    char buf[CT_TEXT_ROOM])
{
	*buf = '\0';
	if (with_state && ct)
		ct_state(ct, buf);
	add_entry(buf, ct);
	if (why)
		add(buf, "%s", why);
	return buf;
}
