// SPDX-License-Identifier: GPL-2.0-only
#include "verdict.h"
#include "../input/utf8.h"
#include "../diagnose/delivered.h"

#include <inttypes.h>
#include <stdarg.h>

const char *us_format(char us[US_ROOM], uint64_t from, uint64_t to)
{
	uint64_t ns = to < from ? from - to : to - from;

	snprintf(us, US_ROOM, "%s%" PRIu64 ".%03u", to < from ? "-" : "",
		 ns / 1000, (unsigned int)(ns % 1000));
	return us;
}

static const char *plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

/* Prints text and then name, or nothing when there is no name. */
static void put_name(FILE *out, const char *text, const char *name)
{
	if (!name)
		return;
	fputs(text, out);
	utf8_print(out, name);
}

static void put_drop(FILE *out, const struct path *p, bool done)
{
	fputs(done ? "done with" : "dropped", out);
	if (p->end->location)
		put_name(out, " in ", p->end->location);
	else
		put_name(out, " by ", p->end->func);
	put_name(out, ", reason ", p->end->reason);
}

void verdict_how(FILE *out, const struct path *p, const struct why *why)
{
	switch (path_how(p)) {
	case HOW_CONSUMED:
		put_name(out, "", why->what ? why->what : "consumed");
		put_name(out, why->what ? ", freed by " : " by ",
			 p->end->func);
		return;
	case HOW_DROPPED:
		put_drop(out, p, why->done);
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

enum colour verdict_colour(const struct path *p, const struct why *why)
{
	enum end_how how = why_looks(why, p);

	if (how == HOW_DROPPED)
		return COLOUR_BAD;
	return how == HOW_CONSUMED ? COLOUR_GOOD : COLOUR_DOUBT;
}

/* The same in its colour. */
static void put_how(FILE *out, const struct term *t, const struct path *p,
		    const struct why *why)
{
	term_begin(t, out, verdict_colour(p, why));
	verdict_how(out, p, why);
	term_end(t, out);
}

/* After how many steps and how much time. */
static void put_after(FILE *out, const struct path *p)
{
	uint64_t steps = p->total.known ? p->total.value : p->count;
	struct number start = path_start(p), stop = path_stop(p);
	char us[US_ROOM];

	fprintf(out, ", after %" PRIu64 " step%s", steps, plural(steps));
	if (start.known && stop.known)
		fprintf(out, " and %s us",
			us_format(us, start.value, stop.value));
}

/* A list of what is wrong, put out as it comes. */
struct causes {
	FILE *out;
	const struct term *term;
	bool any;
};

__attribute__((format(printf, 2, 3)))
static void put_cause(struct causes *c, const char *format, ...)
{
	va_list args;

	if (c->any) {
		fputs(", ", c->out);
	} else {
		term_begin(c->term, c->out, COLOUR_DOUBT);
		fputs("INCOMPLETE", c->out);
		term_end(c->term, c->out);
		fputs(": ", c->out);
	}
	c->any = true;
	va_start(args, format);
	vfprintf(c->out, format, args);
	va_end(args);
}

static void put_path_causes(struct causes *c, const struct path *p)
{
	uint64_t missed = path_missed(p).value;

	if (!p->origin)
		put_cause(c, "%s not recorded", p->member ? "derivation" : "selection");
	if (p->lost.value)
		put_cause(c, "%" PRIu64 " of %" PRIu64 " step%s missing",
			  p->lost.value, p->total.value,
			  plural(p->total.value));
	if (missed)
		put_cause(c, "%" PRIu64 " probe%s did not run", missed,
			  plural(missed));
	if (p->twice)
		put_cause(c, "%zu step%s recorded twice", p->twice,
			  plural(p->twice));
	if (p->surplus)
		put_cause(c, "more steps than its end counts (%" PRIu64 ")",
			  p->end->seq.value);
	if (p->uncounted)
		put_cause(c, "not known how many steps it had");
	if (!p->end)
		put_cause(c, "no end recorded");
}

void verdict_print(FILE *out, const struct term *t, const struct path *p,
		   const struct why *why)
{
	struct causes causes = { .out = out, .term = t };

	fprintf(out, "packet %s: ", p->line);
	put_how(out, t, p, why);
	put_after(out, p);
	fputs(", ", out);
	if (p->state == PATH_INCOMPLETE)
		put_path_causes(&causes, p);
	else if (p->state == PATH_COMPLETE)
		fputs("complete", out);
	else
		fputs("steps not numbered: gaps would not show", out);
	putc('\n', out);
}

/* What is missing beside what the paths of its members lack. */
static void put_family_causes(struct causes *c, const struct family *f)
{
	if (f->late)
		put_cause(c, "the rest was printed before");
	else if (f->unseen)
		put_cause(c, "nothing recorded of %" PRIu64 " member%s",
			  f->unseen, plural(f->unseen));
	if (f->lost.value > f->gaps)
		put_cause(c, "%" PRIu64 " event%s lost", f->lost.value,
			  plural(f->lost.value));
}

static void put_paths(struct causes *c, const struct family *f)
{
	if (f->incomplete)
		put_cause(c, "%zu of %zu path%s incomplete", f->incomplete,
			  f->members.count, plural(f->members.count));
}

static void put_state(FILE *out, const struct family *f)
{
	if (f->state == PATH_COMPLETE)
		fputs("complete", out);
	else if (!f->counted)
		fputs("relatives not counted: a lost one would not show", out);
	else
		fputs("steps not numbered: gaps would not show", out);
}

/* How many relatives there were, as far as the records tell. */
static uint64_t count_relatives(const struct family *f)
{
	uint64_t recorded = family_relatives(f);

	if (f->late)
		return recorded;
	return recorded + f->unseen - !family_selected(f);
}

/* " with 2 relatives", or the word for none. */
static void put_relatives(FILE *out, const struct family *f, const char *none)
{
	uint64_t relatives = count_relatives(f);

	if (relatives)
		fprintf(out, " with %" PRIu64 " relative%s", relatives,
			plural(relatives));
	else
		fputs(none, out);
}

/* Prints "delivered to a socket (1.1), ", or how many are; nothing for none. */
static void put_delivered(FILE *out, const struct data *data,
			  const struct family *f)
{
	const struct path *p = NULL;
	size_t i, count = 0;

	for (i = 0; i < f->members.count; i++) {
		if (!delivered_path(data, family_member(f, i)))
			continue;
		p = family_member(f, i);
		count++;
	}
	if (count == 1)
		fprintf(out, "delivered to a socket (%s), ", p->line);
	else if (count)
		fprintf(out, "delivered to %zu sockets, ", count);
}

void verdict_family(FILE *out, const struct term *t, const struct data *data,
		    const struct family *f)
{
	struct causes causes = { .out = out, .term = t };

	fprintf(out, "packet %" PRIu64, f->packet);
	put_relatives(out, f, " without relatives");
	fputs(": ", out);
	put_delivered(out, data, f);
	if (f->state == PATH_INCOMPLETE) {
		put_family_causes(&causes, f);
		put_paths(&causes, f);
	} else {
		put_state(out, f);
	}
	putc('\n', out);
}

/* The causes of a family in one line: those of a packet alone are its path's. */
static void put_brief_causes(FILE *out, const struct term *t,
			     const struct family *f)
{
	struct causes causes = { .out = out, .term = t };
	const struct path *p = family_selected(f);

	put_family_causes(&causes, f);
	if (p && !family_relatives(f))
		put_path_causes(&causes, p);
	else
		put_paths(&causes, f);
}

void verdict_brief(FILE *out, const struct term *t, const struct data *data,
		   const struct family *f)
{
	const struct path *p = family_selected(f);
	struct why why = { .verdict = NULL };

	if (p)
		why_find(&why, data, f, p);
	fprintf(out, "packet %" PRIu64 ": ", f->packet);
	if (p) {
		put_how(out, t, p, &why);
		put_after(out, p);
	} else {
		fputs("nothing recorded of it", out);
	}
	if (count_relatives(f))
		putc(',', out);
	put_relatives(out, f, "");
	fputs(", ", out);
	if (count_relatives(f))
		put_delivered(out, data, f);
	if (f->state == PATH_INCOMPLETE)
		put_brief_causes(out, t, f);
	else
		put_state(out, f);
	put_name(out, "; ", why.verdict);
	putc('\n', out);
	why_free(&why);
}
