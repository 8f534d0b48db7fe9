// SPDX-License-Identifier: GPL-2.0-only
#include "summary.h"
#include "../input/run_notes.h"
#include "wrap.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

/* What the notes at the end of the records say of the whole run. */
struct run {
	struct number selected;		/* packets */
	struct number lost;		/* events without room */
	struct number missed;		/* probes that did not run */
	struct number untracked;	/* packets that were not selected … */
	struct number unread;		/* … since what came before was not read; the
					   others met a full table */
	struct number unfollowed;	/* relatives that did */
	bool ring;			/* events came by a ring buffer */
};

/* A sentence that is put together of parts. */
struct sentence {
	FILE *out;
	const char *between;	/* what goes before the next part */
};

void tally_family(struct tally *t, const struct family *f)
{
	enum path_state state = f->state;

	/* it is counted already, and was not whole */
	if (f->late) {
		t->complete -= f->before == PATH_COMPLETE;
		t->incomplete -= f->before == PATH_INCOMPLETE;
		t->not_known -= f->before == PATH_NOT_KNOWN;
		state = PATH_INCOMPLETE;
	}
	t->complete += state == PATH_COMPLETE;
	t->incomplete += state == PATH_INCOMPLETE;
	t->not_known += state == PATH_NOT_KNOWN;
}

static struct run find_run(const struct notes *notes)
{
	const char *reader = notes_find(notes, "read");

	return (struct run){
		.selected = run_note(notes, "selected"),
		.lost = run_note(notes, "lost"),
		.missed = run_note(notes, "missed"),
		.untracked = run_note(notes, "untracked"),
		.unread = run_note(notes, "unread"),
		.unfollowed = run_note(notes, "orphans"),
		.ring = reader && !strcmp(reader, "ring"),
	};
}

/* Puts out the next part of s, which goes on with between. */
__attribute__((format(printf, 3, 4)))
static void put_part(struct sentence *s, const char *between,
		     const char *format, ...)
{
	va_list args;

	fputs(s->between, s->out);
	s->between = between;
	va_start(args, format);
	vfprintf(s->out, format, args);
	va_end(args);
}

/* The same for a count of things; nothing when there are none. */
static void put_count(struct sentence *s, uint64_t count, const char *one,
		      const char *many)
{
	if (count)
		put_part(s, ", ", "%" PRIu64 " %s", count,
			 count == 1 ? one : many);
}

static void put_packets(struct sentence *s, const struct tally *t,
			const struct run *run, uint64_t recorded)
{
	uint64_t total = run->selected.known ? run->selected.value : recorded;

	put_part(s, recorded > total ? ", " : ": ", "%" PRIu64 " packet%s %s",
		 total, total == 1 ? "" : "s",
		 run->selected.known ? "selected" : "recorded");
	if (recorded > total)
		put_part(s, ": ", "%" PRIu64 " packet%s recorded", recorded,
			 recorded == 1 ? "" : "s");
	put_count(s, t->complete, "complete", "complete");
	put_count(s, t->not_known, "without known gaps", "without known gaps");
	put_count(s, t->incomplete, "with gaps", "with gaps");
	if (total > recorded)
		put_count(s, total - recorded, "of which nothing is recorded",
			  "of which nothing is recorded");
}

/* What the last part did. */
static void put_ending(struct sentence *s, const char *text)
{
	s->between = " ";
	put_part(s, ", ", "%s", text);
}

static void put_losses(struct sentence *s, const struct run *run)
{
	const char *full = "found the table full (-t makes it larger)";
	const char *unread = "came while nobody read what came before (the run "
			     "was stopped, or what reads it is slow)";
	uint64_t late = run->unread.value < run->untracked.value ?
				run->unread.value : run->untracked.value;
	uint64_t no_room = run->untracked.value - late;

	s->between = "; ";
	if (run->ring)
		put_count(s, run->lost.value,
			  "event found no room in the ring buffer (-b makes it "
			  "larger)", "events found no room in the ring buffer "
			  "(-b makes it larger)");
	else
		put_count(s, run->lost.value, "event found no room",
			  "events found no room");
	put_count(s, run->missed.value, "probe did not run",
		  "probes did not run");
	put_count(s, no_room, "matching packet", "matching packets");
	if (no_room && run->unfollowed.value)
		s->between = " and ";
	put_count(s, run->unfollowed.value, "relative", "relatives");
	if (no_room || run->unfollowed.value)
		put_ending(s, full);
	put_count(s, late, "matching packet", "matching packets");
	if (late)
		put_ending(s, unread);
}

/* What nobody has counted is not to be taken for nothing. */
static void put_unknown(struct sentence *s, const struct run *run)
{
	s->between = "; ";
	if (!run->selected.known)
		put_part(s, "; ", "the records end without the run's own counts");
	else if (!run->lost.known && !run->missed.known)
		put_part(s, "; ", "lost events and probes that did not run are "
			 "not counted here");
	else if (!run->lost.known)
		put_part(s, "; ", "lost events are not counted here");
	else if (!run->missed.known)
		put_part(s, "; ", "probes that did not run are not counted here");
}

static bool has_losses(const struct run *run)
{
	return run->lost.value || run->missed.value || run->untracked.value ||
	       run->unfollowed.value;
}

void summary_print(FILE *out, const struct tally *t, const struct notes *notes,
		   bool quiet)
{
	uint64_t recorded = t->complete + t->incomplete + t->not_known;
	struct run run = find_run(notes);
	struct sentence s = { .out = out, .between = "bpfpath: " };
	bool whole = t->complete + t->not_known == recorded &&
		     run.selected.value <= recorded && !has_losses(&run);

	if (whole && (quiet || !recorded))
		return;
	put_packets(&s, t, &run, recorded);
	if (whole && run.selected.known && run.lost.known && !t->not_known)
		put_part(&s, "; ", "%s", run.missed.known ? "nothing lost" :
							    "no event lost");
	put_losses(&s, &run);
	put_unknown(&s, &run);
	putc('\n', out);
}

void summary_show(const struct tally *t, const struct notes *notes, bool quiet)
{
	struct term term;
	FILE *out;

	term_find(&term, STDERR_FILENO);
	out = wrap_begin(stderr, &term);
	summary_print(out, t, notes, quiet);
	wrap_end(out, stderr);
}
