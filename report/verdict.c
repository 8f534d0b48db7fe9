// SPDX-License-Identifier: GPL-2.0-only
#include "verdict.h"
#include "utf8.h"

#include <inttypes.h>

/* The time from one moment to another, both in ns, as "12.345" us. */
const char *us_format(char us[US_ROOM], uint64_t from, uint64_t to)
{
	uint64_t ns = to < from ? from - to : to - from;

	snprintf(us, US_ROOM, "%s%" PRIu64 ".%03u", to < from ? "-" : "",
		 ns / 1000, (unsigned int)(ns % 1000));
	return us;
}

/* Prints text and then name, or nothing when there is no name. */
static void put_name(FILE *out, const char *text, const char *name)
{
	if (!name)
		return;
	fputs(text, out);
	utf8_print(out, name);
}

static void put_drop(FILE *out, const struct path *p)
{
	fputs("dropped", out);
	if (p->end->location)
		put_name(out, " in ", p->end->location);
	else
		put_name(out, " by ", p->end->func);
	put_name(out, ", reason ", p->end->reason);
}

static void put_how(FILE *out, const struct path *p)
{
	switch (path_how(p)) {
	case HOW_CONSUMED:
		fputs("consumed", out);
		put_name(out, " by ", p->end->func);
		return;
	case HOW_DROPPED:
		put_drop(out, p);
		return;
	case HOW_TIMEOUT:
		fprintf(out, "under way when the %s ended",
			p->end ? "run" : "records");
		break;
	case HOW_UNKNOWN:
	case HOW_NOT_GIVEN:
		fputs("end not seen", out);
		break;
	}
	put_name(out, ", last in ", path_last_func(p));
}

/* After how many steps and how much time. */
static void put_after(FILE *out, const struct path *p)
{
	uint64_t steps = p->total.known ? p->total.value : p->count;
	struct number start = path_start(p), stop = path_stop(p);
	char us[US_ROOM];

	fprintf(out, ", after %" PRIu64 " step%s", steps,
		steps == 1 ? "" : "s");
	if (start.known && stop.known)
		fprintf(out, " and %s us",
			us_format(us, start.value, stop.value));
}

static void put_incomplete(FILE *out, const struct path *p)
{
	uint64_t missed = path_missed(p).value;
	const char *between = "INCOMPLETE: ";

	if (p->lost.value) {
		fprintf(out, "%s%" PRIu64 " of %" PRIu64 " step%s missing",
			between, p->lost.value, p->total.value,
			p->total.value == 1 ? "" : "s");
		between = ", ";
	}
	if (missed) {
		fprintf(out, "%s%" PRIu64 " probe%s did not run", between,
			missed, missed == 1 ? "" : "s");
		between = ", ";
	}
	if (p->twice) {
		fprintf(out, "%s%zu step%s recorded twice", between, p->twice,
			p->twice == 1 ? "" : "s");
		between = ", ";
	}
	if (p->surplus) {
		fprintf(out, "%smore steps than its end counts (%" PRIu64 ")",
			between, p->end->seq.value);
		between = ", ";
	}
	if (p->uncounted) {
		fprintf(out, "%snot known how many steps it had", between);
		between = ", ";
	}
	if (!p->end)
		fprintf(out, "%sno end recorded", between);
}

static const char *state_text(enum path_state state)
{
	if (state == PATH_COMPLETE)
		return "complete";
	return "steps not numbered: gaps would not show";
}

/*
 * Prints what became of the packet and whether its path is complete, a line
 * like "packet 1: consumed by icmp_rcv, after 7 steps and 12.345 us, complete".
 */
void verdict_print(FILE *out, const struct path *p)
{
	fprintf(out, "packet %s: ", p->line);
	put_how(out, p);
	put_after(out, p);
	fputs(", ", out);
	if (p->state == PATH_INCOMPLETE)
		put_incomplete(out, p);
	else
		fputs(state_text(p->state), out);
	putc('\n', out);
}

static void put_family_gaps(FILE *out, const struct family *f)
{
	const char *between = "INCOMPLETE: ";

	if (f->late) {
		fprintf(out, "%sthe rest was printed before", between);
		between = ", ";
	} else if (f->unseen) {
		fprintf(out, "%snothing recorded of %" PRIu64 " more", between,
			f->unseen);
		between = ", ";
	}
	if (f->unborn) {
		fprintf(out, "%s%zu birth%s not recorded", between, f->unborn,
			f->unborn == 1 ? "" : "s");
		between = ", ";
	}
	if (f->incomplete)
		fprintf(out, "%s%zu of %zu path%s incomplete", between,
			f->incomplete, f->members.count,
			f->members.count == 1 ? "" : "s");
}

/*
 * Prints whether all of the family is there, a line like "packet 1 with 2
 * relatives: complete".
 */
void verdict_family(FILE *out, const struct family *f)
{
	size_t relatives = family_relatives(f);

	fprintf(out, "packet %" PRIu64 " with %zu relative%s: ", f->packet,
		relatives, relatives == 1 ? "" : "s");
	if (f->state == PATH_INCOMPLETE)
		put_family_gaps(out, f);
	else
		fputs(state_text(f->state), out);
	putc('\n', out);
}
