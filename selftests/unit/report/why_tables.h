/* SPDX-License-Identifier: GPL-2.0-only */
/* Small tables of why packets are dropped or end, and paths that are looked up there. */
#ifndef WHY_TABLES_H
#define WHY_TABLES_H

#include "harness.h"
#include "../../../report/diagnose/diagnose.h"

/* An entry with the keys @a and, if not NULL, @b; add() puts it into a table. */
static inline struct table_entry entry(const char *a, const char *b)
{
	struct table_entry e = { .keys = { calloc(strlen(a) + 2, 1), NULL } };

	strcpy(e.keys[0], a);
	if (b)
		e.keys[1] = strcpy(calloc(strlen(b) + 2, 1), b);
	return e;
}

/* @next: what to look at next, or NULL. */
static inline void add(struct table *t, struct table_entry e, const char *text,
		       const char *next)
{
	t->entry = realloc(t->entry, (t->count + 1) * sizeof(e));
	e.texts[0] = strdup(text);
	e.texts[2] = next ? strdup(next) : NULL;
	t->entry[t->count++] = e;
}

/* Functions that are probed. */
static struct note probed = { (char *)"probed", (char *)"x a b" };
static const struct notes notes = { &probed, 1 };

/* All tables; data_free() frees them. */
static inline struct data make_data(void)
{
	struct data d = { .verdicts = { .count = 0 } };

	add(&d.verdicts, entry("hook", "*"), "by netfilter in {hook}", NULL);
	add(&d.verdicts, entry("f", "R"), "{}{no} {dev", "see {dev} {func}");
	add(&d.verdicts, entry("f", "-"), "no reason", NULL);
	add(&d.verdicts, entry("g", "*"), "{reason} on {dev}", NULL);
	add(&d.verdicts, entry("sent/k", "-"), "sent before", NULL);
	add(&d.verdicts, entry("k", "NOT_SPECIFIED"), "newer", NULL);
	add(&d.verdicts, entry("k", "-"), "older", NULL);
	add(&d.verdicts, entry("se*", "*"), "no such place", NULL);
	add(&d.verdicts, entry("to", "*"), "{saddr} {daddr} {dport}", NULL);
	add(&d.verdicts, entry("ip/l", "*"), "IP", NULL);
	add(&d.verdicts, entry("q", "*"), "by {qdisc} of {dev}", NULL);
	add(&d.verdicts, entry("-", "*"), "nobody knows where", NULL);
	add(&d.verdicts, entry("last=a/c", "*"), "a last", NULL);
	add(&d.verdicts, entry("!a/c", "*"), "never a", NULL);
	add(&d.verdicts, entry("!other/c2", "*"), "never another", NULL);
	add(&d.verdicts, entry("path=a/b/c", "*"), "a and b", NULL);
	add(&d.verdicts, entry("dev=bond?/c", "*"), "a bond", NULL);
	add(&d.verdicts, entry("daddr=127.*/to4", "*"), "loopback", NULL);
	add(&d.verdicts, entry("proto=tcp/to4", "*"), "TCP[ from {saddr}]",
	    "one[ {saddr}]; two {saddr}; three");
	add(&d.verdicts, entry("icmp=8/to4", "*"), "echo", NULL);
	add(&d.verdicts, entry("copy/ping", "*"), "done: a copy", NULL);
	add(&d.verdicts, entry("ping", "*"), "no copy", NULL);
	add(&d.verdicts, entry("relative/kin", "*"), "a relative", NULL);
	add(&d.verdicts, entry("kin", "*"), "selected", NULL);
	add(&d.verdicts, entry("sent/beyond", "*"), "on {dev}", NULL);
	add(&d.verdicts, entry("beyond", "*"), "{from} to {dev}", NULL);
	add(&d.consumed, entry("delivered/*", NULL), "delivered", NULL);
	add(&d.consumed, entry("in=worker/*", NULL), "given up", NULL);
	add(&d.consumed, entry("len=0/last=a/*", NULL), "empty", NULL);
	add(&d.consumed, entry("last=a/*", NULL), "given up", NULL);
	add(&d.layers, entry("free*", NULL), "freeing", NULL);
	add(&d.deliveries, entry("queue", NULL), "a socket", NULL);
	add(&d.deliveries, entry("read", NULL), "a reader", NULL);
	add(&d.deliveries, entry("tap", NULL), "a capture", NULL);
	add(&d.hooks, entry("in*", NULL), "input of {dev}, {hook}", NULL);
	add(&d.hooks, entry("out", NULL), "output", NULL);
	d.notes = &notes;
	return d;
}

/* The path of the records of @r, to its verdict; the caller frees both. */
static inline struct path *read_path(struct records *r)
{
	struct path *p = calloc(1, sizeof(*p));
	struct record *rec;

	records_open(r);
	while (records_next(r, &rec) == RECORDS_RECORD)
		path_add(p, rec);
	p->member = p->end->member.value;
	path_judge(p);
	return p;
}

#endif /* WHY_TABLES_H */
