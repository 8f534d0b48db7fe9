/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What an output form is: functions that print a packet and its relatives.
 * ../forms.c lists all forms.
 */
#ifndef FORMAT_H
#define FORMAT_H

#include "answers.h"
#include "columns.h"
#include "../diagnose/data.h"
#include "../path/family.h"
#include "../input/records.h"
#include "summary.h"
#include "term.h"

#include <stdio.h>

/* What a form prints with. */
struct output {
	/* where it goes */
	FILE *file;
	struct term term;		/* what file is */

	/* what the user chose */
	const struct columns *columns;	/* of text; NULL: nobody chose */
	bool quiet, verbose;
	bool live;			/* records come in the order of time */

	/* what is known besides the packets */
	const struct notes *notes;	/* those that came so far */
	const struct data *data;	/* what names mean; NULL: not known */
	const struct answers *answers;	/* to packets that were selected */

	/* the run so far */
	uint64_t oldest;		/* no other family is from before; ns */
	unsigned long families;		/* how many are printed so far */
	struct tally tally;		/* of these families */

	/* the form's own */
	void *context;			/* until close() */
	bool enough;			/* it needs no more families */
};

/*
 * The functions of a form; NULL: it has nothing to do there. A form does not
 * look at write errors: the caller finds them in output->file. family() prints a
 * family, or keeps in output->context what end() needs to print all of them
 * together; close() gives that back. family() and end() return 0 or -ENOMEM; end()
 * also -ENODATA, when the records lack what the form prints, and has said so.
 */
struct form {
	const char *name;
	bool prose;		/* a person reads it: lines may be broken */
	bool ordered;		/* looks at output->oldest */
	void (*begin)(const struct output *o);
	void (*note)(const struct output *o, const struct note *note);
	int (*family)(struct output *o, const struct family *f);
	int (*end)(const struct output *o);
	void (*close)(struct output *o);
};

/* Prints the packet and its relatives with all their steps. */
int text_family(struct output *o, const struct family *f);

/* Prints the packet and its relatives with the interfaces that they cross. */
int hops_family(struct output *o, const struct family *f);

/* Prints the packet and its relatives with the calls of functions. */
int tree_family(struct output *o, const struct family *f);

/* Prints the family as one line. */
int json_family(struct output *o, const struct family *f);

/* Prints what the run has counted, as the last line, where the records tell it. */
int json_end(const struct output *o);

/*
 * Keeps the packets of the family and prints those that come before all of the
 * families that are under way. The records of a file may stand in another order.
 */
int pcapng_family(struct output *o, const struct family *f);

/* Gives back the packets that were kept. */
void pcapng_close(struct output *o);

/* Prints the rest. -ENODATA: there are packets, but the bytes of none. */
int pcapng_end(const struct output *o);

/* Prints the header line. */
void rewrite_begin(const struct output *o);

/* Prints a note. */
void rewrite_note(const struct output *o, const struct note *note);

/*
 * Prints the records of a family; an end that did not come is not made up.
 * Ends come behind all other records, the one that came last behind the others: a
 * reader must not take the family for ended before.
 */
int rewrite_family(struct output *o, const struct family *f);

#endif /* FORMAT_H */
