// SPDX-License-Identifier: GPL-2.0-only
/* Form "text": for a person at a terminal. */
#include "form.h"
#include "steps.h"
#include "utf8.h"
#include "verdict.h"

#include <inttypes.h>

/* Where the sk_buff was, and which one, as the record has it. */
static void put_place(FILE *out, const char *before, const struct record *rec)
{
	if (rec->ifname) {
		fputs(before, out);
		utf8_print(out, rec->ifname);
	}
	if (rec->netns.known)
		fprintf(out, ", netns %" PRIu64, rec->netns.value);
	if (rec->skb.known)
		fprintf(out, ", skb 0x%" PRIx64, rec->skb.value);
	if (rec->len.known)
		fprintf(out, ", %" PRIu64 " bytes", rec->len.value);
	if (rec->cpu.known)
		fprintf(out, ", cpu %" PRIu64, rec->cpu.value);
	if (rec->id.known)
		fprintf(out, ", id %" PRIu64, rec->id.value);
	putc('\n', out);
}

static void put_selection(FILE *out, const struct record *select)
{
	fputs("  selected at ", out);
	utf8_print(out, select->func ? select->func : "an unknown hook");
	put_place(out, " of ", select);
}

/* What is known of the beginning of the selected packet. */
static void put_beginning(FILE *out, const struct family *f)
{
	const struct path *p = family_selected(f);

	if (p && p->origin)
		put_selection(out, p->origin);
	else if (f->late)
		fputs("  printed before: these records came later\n", out);
	else if (p)
		fputs("  selection not recorded\n", out);
	else
		fputs("  nothing recorded of the selected packet itself\n",
		      out);
}

static void put_head(const struct output *o, const struct family *f)
{
	const char *filter = notes_find(o->notes, "filter");

	fprintf(o->file, "packet %" PRIu64, f->packet);
	if (filter) {
		fputs(": ", o->file);
		utf8_print(o->file, filter);
	}
	putc('\n', o->file);
	put_beginning(o->file, f);
}

/* What made the relative, of which member, when and where. */
static void put_birth(FILE *out, const struct path *p, uint64_t start)
{
	char us[US_ROOM];

	fprintf(out, "\npacket %s: ", p->line);
	if (!p->origin) {
		fputs("birth not recorded\n", out);
		return;
	}
	fputs("made by ", out);
	utf8_print(out, p->origin->func ? p->origin->func : "-");
	fprintf(out, " from %s, at %s us\n", p->parent,
		us_format(us, start, p->origin->ns.value));
	fputs("  born", out);
	put_place(out, " on ", p->origin);
}

static void put_member(const struct output *o, const struct path *p,
		       uint64_t start)
{
	if (p->kin)
		put_birth(o->file, p, start);
	steps_print(o, p, start);
	verdict_print(o->file, p);
}

/* Is there more to say of the family than of the selected packet's path? */
static bool has_verdict(const struct family *f)
{
	return family_relatives(f) || f->unseen ||
	       (f->state == PATH_INCOMPLETE && !f->incomplete);
}

/*
 * Prints the packet, then its relatives in the order of their births: head,
 * steps, verdict; with -q one line of all. Times of steps and births are
 * counted from the selection. A family has a verdict of its own.
 */
void text_family(const struct output *o, const struct family *f)
{
	uint64_t start = family_start(f).value;
	size_t i;

	if (o->quiet) {
		verdict_brief(o->file, f);
		return;
	}
	if (o->families)
		putc('\n', o->file);
	put_head(o, f);
	for (i = 0; i < f->members.count; i++)
		put_member(o, family_member(f, i), start);
	if (!has_verdict(f))
		return;
	putc('\n', o->file);
	verdict_family(o->file, f);
}
