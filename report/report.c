// SPDX-License-Identifier: GPL-2.0-only
#include "report.h"
#include "path/descent.h"
#include "path/families.h"
#include "input/patient.h"

#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

struct report {
	struct records *in;
	const struct form *form;
	struct output *o;
	struct families families;
	struct answers answers;
	int out_error;		/* 0 or -errno */
};

/* Says why reading stops; not when it is because nobody reads the output. */
static void complain(const struct records *in, const char *name, int err)
{
	if (err == -EPIPE)
		return;
	errno = -err;
	if (in->error[0])
		warnx("%s:%lu: %s", name, in->lines.number, in->error);
	else
		warn("%s:%lu", name, in->lines.number);
}

/*
 * Writes out what was printed. errno was set to 0 before: a write that failed has set it.
 * A reader that has gone (EPIPE) is no reason for a message.
 */
static void flush(struct report *r)
{
	FILE *out = r->o->file;

	if (!fflush(out) && !ferror(out))
		return;
	r->out_error = errno ? -errno : -EIO;
	errno = -r->out_error;
	if (errno == EINTR)
		warnx("standard output is not read: given up after %d seconds",
		      PATIENCE_SEC);
	else if (errno != EPIPE)
		warn("stdout");
}

static void print_begin(struct report *r)
{
	errno = 0;
	if (r->form->begin)
		r->form->begin(r->o);
	flush(r);
}

static void print_note(struct report *r)
{
	const struct notes *notes = r->o->notes;

	errno = 0;
	if (r->form->note)
		r->form->note(r->o, &notes->note[notes->count - 1]);
	flush(r);
}

/* No more records of f come. Returns 0 or -ENOMEM. */
static int print_family(struct report *r, struct family *f)
{
	int err = descent_name(f);

	family_judge(f);
	if (err)
		return err;
	if (r->form->ordered)
		r->o->oldest = families_oldest(&r->families);
	term_resize(&r->o->term);
	errno = 0;
	err = r->form->family(r->o, f);
	if (err)
		return err;
	r->o->families++;
	tally_family(&r->o->tally, f);
	flush(r);
	return 0;
}

/* Prints the families whose end did not come. Returns what struct form says. */
static int print_rest(struct report *r)
{
	size_t i;
	int err = 0;

	for (i = 0; i < r->families.open.count && !r->out_error && !err &&
		    !r->o->enough; i++)
		err = print_family(r, families_at(&r->families, i));
	errno = 0;
	if (r->form->end && !err)
		err = r->form->end(r->o);
	flush(r);
	return err;
}

static void refuse_second(struct report *r, const struct record *rec)
{
	const char *what = rec->type == RECORD_SELECT ? "is selected" :
			   rec->type == RECORD_DERIVED   ? "is derived" :
							"ends";
	char *error = r->in->error;
	size_t room = sizeof(r->in->error);

	if (rec->member.value)
		snprintf(error, room,
			 "packet %" PRIu64 ", kin %" PRIu64
			 " %s a second time",
			 rec->packet.value, rec->member.value, what);
	else
		snprintf(error, room, "packet %" PRIu64 " %s a second time",
			 rec->packet.value, what);
}

/* Takes one record; prints its family when it is the last one of it. */
static int take_record(struct report *r, struct record *rec)
{
	struct family *done = NULL;
	int err = 0;

	if (rec->type == RECORD_SELECT)
		err = answers_note(&r->answers, rec);
	if (!err)
		err = families_add(&r->families, rec, &done);
	if (err == -EEXIST)
		refuse_second(r, rec);
	if (err)
		record_free(rec);
	if (!done)
		return err;
	err = print_family(r, done);
	families_remember(&r->families, done);
	family_free(done);
	return err;
}

/*
 * Returns 0 when the input or the output has ended, or the form has enough; or
 * -errno of the input.
 */
static int read_all(struct report *r)
{
	struct record *rec;
	int ret = 0;

	while (!r->out_error && !r->o->enough) {
		ret = records_next(r->in, &rec);
		if (ret == RECORDS_NOTE)
			print_note(r);
		else if (ret == RECORDS_RECORD)
			ret = take_record(r, rec);
		else
			return ret;
		if (ret < 0)
			return ret;
	}
	return 0;
}

enum report_status report_run(struct records *in, const char *name,
			      const struct form *form, struct output *o)
{
	struct report r = { .in = in, .form = form, .o = o };
	int rest, err = records_open(in);

	o->notes = &in->notes;
	o->answers = &r.answers;
	if (err) {
		complain(in, name, err);
		return REPORT_FAILED;
	}
	print_begin(&r);
	err = read_all(&r);
	if (err)
		complain(in, name, err);
	if (err != -EPIPE && !r.out_error) {
		rest = print_rest(&r);
		if (rest == -ENOMEM)
			warnx("%s: %s", name, strerror(ENOMEM));
		err = rest ? rest : err;
	}
	if (form->close)
		form->close(o);
	families_free(&r.families);
	answers_free(&r.answers);
	o->answers = NULL;
	if (err || r.out_error)
		return REPORT_FAILED;
	return o->families ? REPORT_PRINTED : REPORT_NO_PACKET;
}
