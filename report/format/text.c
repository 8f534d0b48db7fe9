// SPDX-License-Identifier: GPL-2.0-only
/*
 * Forms "text", "hops" and "tree": for a person at a terminal, with the steps of
 * each path, with the interfaces that it crosses, or with the calls of functions.
 */
#include "../path/alike.h"
#include "../path/stack.h"
#include "daytime.h"
#include "flow.h"
#include "format.h"
#include "headers.h"
#include "hops.h"
#include "netns_name.h"
#include "process_text.h"
#include "stacks.h"
#include "steps.h"
#include "tree.h"
#include "wrap.h"
#include "../input/utf8.h"
#include "verdict.h"
#include "../diagnose/diagnose.h"
#include "../diagnose/waits.h"

#include <inttypes.h>
#include <string.h>

/* With more relatives than this, those that are like others are not printed. */
#define MANY_RELATIVES	8

/* Prints a path's route as a table, times counted from start, ns. */
typedef void (*route_fn)(const struct output *o, const struct path *p,
		       uint64_t start);

/* Where the sk_buff was, and which one, as the record has it. */
static void put_place(const struct output *o, const char *before,
		      const struct record *rec)
{
	FILE *out = o->file;
	char buf[NETNS_ROOM];

	if (rec->ifname) {
		fputs(before, out);
		utf8_print(out, rec->ifname);
	}
	if (rec->netns.known) {
		fputs(", netns ", out);
		utf8_print(out, netns_text(buf, o->notes, rec->netns));
	}
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

/* What packet it is, as its own headers say, as far as that is known. */
static void put_packet(FILE *out, const struct record *select)
{
	char what[FLOW_ROOM], flow[FLOW_ROOM], buf[HEADERS_ROOM];
	const char *more = headers_describe(buf, select);

	if (!flow_describe(what, select) || !flow_format(flow, select)) {
		utf8_line(out, "  ", more);
		return;
	}
	fputs("  ", out);
	utf8_print(out, flow);
	fputs(", ", out);
	utf8_print(out, what);
	if (more)
		fprintf(out, ", %s", more);
	putc('\n', out);
}

static void put_time(const struct output *o, const struct record *select)
{
	char buf[DAYTIME_ROOM];

	utf8_line(o->file, "  at ", daytime_local(buf, o->notes, select->ns));
}

/* Which selected packet this one answers, or is answered by. */
static void put_answer(const struct output *o, const struct path *p, bool reply)
{
	const struct answer *other = answers_find(o->answers, p);
	char us[US_ROOM];

	if (!other || other->reply == reply)
		return;
	us_format(us, reply ? other->ns : p->origin->ns.value,
		  reply ? p->origin->ns.value : other->ns);
	fprintf(o->file, reply ? "  answers packet %" PRIu64 ", after %s us\n" :
				 "  answered by packet %" PRIu64
				 ", after %s us\n", other->packet, us);
}

static void put_selection(const struct output *o, const struct path *p)
{
	const struct record *select = p->origin;

	fputs("  selected at ", o->file);
	utf8_print(o->file, select->func ? select->func : "an unknown hook");
	put_place(o, " of ", select);
	put_time(o, select);
	put_packet(o->file, select);
	process_print_maker(o->file, p);
}

/* What is known of the beginning of the selected packet. */
static void put_beginning(const struct output *o, const struct family *f)
{
	const struct path *p = family_selected(f);
	FILE *out = o->file;

	if (p && p->origin) {
		put_selection(o, p);
		put_answer(o, p, true);
	} else if (f->late)
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
	put_beginning(o, f);
}

/* Prints what made the relative, of which member, when and where. */
static void put_derived(const struct output *o, const struct path *p,
		      uint64_t start)
{
	FILE *out = o->file;
	char us[US_ROOM];

	fprintf(out, "\npacket %s: ", p->line);
	if (!p->origin) {
		fputs("derivation not recorded\n", out);
		return;
	}
	fputs("made by ", out);
	utf8_print(out, p->origin->func ? p->origin->func : "-");
	fprintf(out, " from %s, at %s us\n", p->parent,
		us_format(us, start, p->origin->ns.value));
	fputs("  derived", out);
	put_place(o, " on ", p->origin);
}

static void put_verdict(const struct output *o, const struct path *p,
			const struct why *why)
{
	if (!why->verdict)
		return;
	term_begin(&o->term, o->file, verdict_colour(p, why));
	fputs("  ", o->file);
	utf8_print(o->file, why->verdict);
	term_end(&o->term, o->file);
	putc('\n', o->file);
}

/* The stack where it ended. */
static void put_stack(const struct output *o, const struct path *p)
{
	const char *stack = path_end_stack(p);

	if (!stack)
		return;
	fputs("  the kernel's stack there:\n", o->file);
	stacks_print(o->file, "    ", stack);
}

/*
 * How it ended, and why; without memory for that, the path is all there is. @steps: its
 * steps have been printed, with their stacks.
 */
static void put_end(const struct output *o, const struct family *f,
		    const struct path *p, bool steps)
{
	struct why why;

	why_find(&why, o->data, f, p);
	verdict_print(o->file, &o->term, p, &why);
	put_verdict(o, p, &why);
	if (!steps || !path_has_stacks(p))
		put_stack(o, p);
	utf8_line(o->file,
		  why_looks(&why, p) == HOW_DROPPED ? "  usual cause: " :
						      "  it means: ",
		  why.cause);
	utf8_line(o->file, WRAP_COMMANDS, why.next);
	put_answer(o, p, false);
	why_free(&why);
}

/* "waited 3.200 us in fq_codel of eth0; 1.100 us in …", in a line. */
static void put_waits(const struct output *o, const struct path *p)
{
	const char *before = "  waited ";
	struct wait wait = { .next = 0 };
	char us[US_ROOM];

	while (waits_next(&wait, o->data, p)) {
		fprintf(o->file, "%s%s us in ", before,
			us_format(us, 0, wait.ns));
		utf8_print(o->file, wait.queue);
		before = "; ";
	}
	if (*before == ';')
		putc('\n', o->file);
}

static void put_member(const struct output *o, const struct family *f,
		       const struct path *p, uint64_t start, route_fn put_route)
{
	if (p->member)
		put_derived(o, p, start);
	put_route(o, p, start);
	put_waits(o, p);
	process_print_reader(o->file, o->data, p);
	put_end(o, f, p, put_route != hops_print);
}

/* Prints in one line the count members behind number i, which are like it. */
static void put_alike(FILE *out, const struct family *f, size_t i, size_t count,
		      uint64_t start)
{
	const struct path *first = family_member(f, i + 1);
	const struct path *last = family_member(f, i + count);
	char us[US_ROOM];

	fprintf(out, "\npackets %s to %s: made like %s, ", first->line,
		last->line, family_member(f, i)->line);
	fprintf(out, "at %s ", us_format(us, start, path_start(first).value));
	fprintf(out, "to %s us, the same steps and the same end, all complete "
		"(-v shows them)\n",
		us_format(us, start, path_start(last).value));
}

static void put_members(const struct output *o, const struct family *f,
			uint64_t start, route_fn put_route)
{
	bool folded = !o->verbose && family_relatives(f) > MANY_RELATIVES;
	size_t i, alike;

	for (i = 0; i < f->members.count; i++) {
		put_member(o, f, family_member(f, i), start, put_route);
		alike = folded ? alike_count(f, i) : 0;
		if (alike < 2)
			continue;
		put_alike(o->file, f, i, alike, start);
		i += alike;
	}
}

/* Is there more to say of the family than of the selected packet's path? */
static bool has_verdict(const struct family *f)
{
	return family_relatives(f) || f->unseen ||
	       (f->state == PATH_INCOMPLETE && !f->incomplete);
}

/*
 * Prints the packet, then its relatives in the order of their derivations: head,
 * route, verdict; with -q one line of all. Times of steps and derivations are
 * counted from the selection. Relatives that are alike (alike.h) are printed
 * once, unless o->verbose. A family has a verdict of its own.
 */
static void put_family(const struct output *o, const struct family *f,
		       route_fn put_route)
{
	if (o->quiet) {
		verdict_brief(o->file, &o->term, o->data, f);
		return;
	}
	if (o->families)
		putc('\n', o->file);
	put_head(o, f);
	put_members(o, f, family_start(f).value, put_route);
	if (!has_verdict(f))
		return;
	putc('\n', o->file);
	verdict_family(o->file, &o->term, o->data, f);
}

int text_family(struct output *o, const struct family *f)
{
	put_family(o, f, steps_print);
	return 0;
}

int hops_family(struct output *o, const struct family *f)
{
	put_family(o, f, hops_print);
	return 0;
}

int tree_family(struct output *o, const struct family *f)
{
	put_family(o, f, tree_print);
	return 0;
}
