/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What an output form is: it prints a packet and its relatives in its own way.
 * ../forms.c lists all of them.
 */
#ifndef FORM_H
#define FORM_H

#include "answers.h"
#include "columns.h"
#include "../diagnose/data.h"
#include "../path/family.h"
#include "../input/records.h"
#include "summary.h"
#include "term.h"

#include <stdio.h>

struct output {
	FILE *file;
	const struct notes *notes;	/* those that came so far */
	const struct data *data;	/* what names mean; NULL: not known */
	const struct answers *answers;	/* to packets that were selected */
	const struct columns *columns;	/* of text; NULL: nobody chose */
	struct term term;		/* what file is */
	bool quiet, verbose;
	bool live;			/* records come in the order of time */
	uint64_t oldest;		/* no other family is from before; ns */
	unsigned long families;		/* printed so far */
	struct tally tally;		/* of these */
	void *gathered;			/* by a form that prints at the end */
	bool enough;			/* a form needs no more families */
};

/*
 * The functions of a form; NULL: it has nothing to do there. A form does not
 * look at write errors: the caller finds them in output->file. One that prints
 * all families together in end() has gather() for family(), which keeps in
 * output->gathered what it needs, and forget() to give that back. gather() and
 * end() return 0 or -ENOMEM; end() also -ENODATA, when the records lack what the
 * form is made of, and has said so.
 */
struct form {
	const char *name;
	bool prose;		/* a person reads it: lines may be broken */
	bool ordered;		/* looks at output->oldest */
	void (*begin)(const struct output *o);
	void (*note)(const struct output *o, const struct note *note);
	void (*family)(const struct output *o, const struct family *f);
	int (*gather)(struct output *o, const struct family *f);
	void (*forget)(struct output *o);
	int (*end)(const struct output *o);
};

/* Of this folder: text.c, hops.c, tree.c, json.c, pcapng.c, rewrite.c. */
void text_family(const struct output *o, const struct family *f);
void hops_family(const struct output *o, const struct family *f);
void tree_family(const struct output *o, const struct family *f);
void json_family(const struct output *o, const struct family *f);
int json_end(const struct output *o);
int pcapng_gather(struct output *o, const struct family *f);
void pcapng_forget(struct output *o);
int pcapng_end(const struct output *o);
void rewrite_begin(const struct output *o);
void rewrite_note(const struct output *o, const struct note *note);
void rewrite_family(const struct output *o, const struct family *f);

#endif /* FORM_H */
