/* SPDX-License-Identifier: GPL-2.0-only */
/* What the tests of report/ share: records from memory, output into memory. */
#ifndef HARNESS_H
#define HARNESS_H

#include "../tap.h"
#include "../../../report/forms.h"
#include "../../../report/report.h"

#include <stdlib.h>

/* The columns of older traces, and those that came later. */
#define OLD_COLUMNS "#bpfpath-records-1\ttype\tpacket\tseq\tns\tcpu\tskb\t" \
		"func\tifname\tifindex\tnetns\tlen\tmark\thow\treason\t" \
		"location"
#define HEADER	OLD_COLUMNS "\tmissed\tkin\tparent\n"

/* Short records: what a test does not look at is "-". */
#define SELECT(packet, ns) \
	"select\t" packet "\t-\t" ns "\t-\t-\tingress" \
	"\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\n"
#define DERIVED(packet, member, parent, ns, func) \
	"born\t" packet "\t-\t" ns "\t-\t-\t" func \
	"\t-\t-\t-\t-\t-\t-\t-\t-\t-\t" member "\t" parent "\n"
#define STEP_MEMBER(packet, member, seq, ns, func) \
	"step\t" packet "\t" seq "\t" ns "\t-\t-\t" func \
	"\t-\t-\t-\t-\t-\t-\t-\t-\t-\t" member "\t-\n"
#define STEP(packet, seq, ns, func) STEP_MEMBER(packet, "-", seq, ns, func)
#define END_ALL(packet, member, seq, ns, func, how, missed) \
	"end\t" packet "\t" seq "\t" ns "\t-\t-\t" func \
	"\t-\t-\t-\t-\t-\t" how "\t-\t-\t" missed "\t" member "\t-\n"
#define END_MEMBER(packet, member, seq, ns, func, how) \
	END_ALL(packet, member, seq, ns, func, how, "-")
#define END_MISSED(packet, seq, ns, func, how, missed) \
	END_ALL(packet, "-", seq, ns, func, how, missed)
#define END(packet, seq, ns, func, how) \
	END_MISSED(packet, seq, ns, func, how, "-")

struct memory {
	const char *at;
	size_t left;
	size_t piece;	/* the most that one read gives */
};

/* lines_read_fn that reads from struct memory. */
static inline ssize_t memory_read(void *source, char *buf, size_t size)
{
	struct memory *m = source;
	size_t got = m->left < size ? m->left : size;

	if (got > m->piece)
		got = m->piece;
	memcpy(buf, m->at, got);
	m->at += got;
	m->left -= got;
	return got;
}

struct printed {
	char *text;
	size_t size;
	enum report_status status;
};

/*
 * Runs a whole report on input. Flags: q and v are the options, d: with the
 * tables of data/. The caller frees ->text.
 */
static inline struct printed print_bytes(const char *input, size_t size,
					 const char *form, const char *flags)
{
	struct memory m = { input, size, 4096 };
	struct records *r = records_new(memory_read, &m);
	struct printed p = { NULL, 0, REPORT_FAILED };
	struct data data = { .verdicts = { .count = 0 } };
	struct output o = {
		.file = open_memstream(&p.text, &p.size),
		.data = &data,
		.quiet = strchr(flags, 'q'),
		.verbose = strchr(flags, 'v'),
	};

	if (strchr(flags, 'd'))
		data_load(&data, "data");
	data.notes = &r->notes;
	p.status = report_run(r, "memory", form_find(form), &o);
	records_free(r);
	data_free(&data);
	fclose(o.file);
	return p;
}

/* Does the form make want out of input? */
static inline void is_printed(const char *input, const char *form,
			      const char *flags, const char *want,
			      const char *what)
{
	struct printed p = print_bytes(input, strlen(input), form, flags);

	is_str(p.text, want, what);
	free(p.text);
}

#endif /* HARNESS_H */
