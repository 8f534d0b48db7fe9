// SPDX-License-Identifier: GPL-2.0-only
#include "diagnose.h"
#include "match.h"
#include "prog.h"
#include "rule.h"
#include "words.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BY	"by "
#define DONE	"done: "	/* begins the text of an end that is no loss */
#define UNANSWERED "unanswered: " /* … of one to a question without an answer */

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

typedef void (*put_fn)(FILE *out, const char *text, const struct match *m);

static void put_verdict(FILE *out, const char *text, const struct match *m)
{
	const char *how = begins(text, DONE) ? "done with" : "dropped";

	text += begins(text, DONE) ? strlen(DONE) : 0;
	if (begins(text, BY))
		fprintf(out, "%s ", how);
	else if (strcmp(m->func, FUNC_UNKNOWN))
		fprintf(out, "%s in %s: ", how, m->func);
	else
		fprintf(out, "%s: ", how);
	words_prose(out, text, m);
	if (strcmp(m->reason, REASON_UNKNOWN) && !strstr(text, "{reason}"))
		fprintf(out, " (%s)", m->reason);
}

/* What a packet met that was consumed. */
static void put_end(FILE *out, const char *text, const struct match *m)
{
	words_prose(out, text + (begins(text, UNANSWERED) ?
				 strlen(UNANSWERED) : 0), m);
}

/* Does the function do nothing but free, for all others? */
static bool frees(const struct data *data, const char *func)
{
	const struct table_entry *layer = table_find_func(&data->layers, func);

	return layer && !strcmp(layer->texts[0], "freeing");
}

/*
 * Where it was consumed: the caller of the function that freed it, if the kernel tells.
 * NULL: not known.
 */
static const char *freed_in(char base[FUNC_NAME], const struct match *m)
{
	if (!m->path->end->location)
		return NULL;
	func_base(base, m->path->end->location);
	return frees(m->data, base) ? NULL : base;
}

/* What became of it; text is "" where that is not known. */
static void put_what(FILE *out, const char *text, const struct match *m)
{
	char base[FUNC_NAME];
	const char *in = freed_in(base, m), *last = match_last(m->path);

	fputs(*text ? text : "ends", out);
	if (*text && strcmp(text, WHY_GIVEN_UP))
		return;
	if (in)
		fprintf(out, " in %s", in);
	else if (last)
		fprintf(out, ", last in %s", last);
}

/* Sets *string to what put makes of text, NULL when that is nothing. */
static int make(char **string, put_fn put, const char *text,
		const struct match *m)
{
	size_t size;
	FILE *out;

	if (!text)
		return 0;
	out = open_memstream(string, &size);
	if (!out)
		return -ENOMEM;
	put(out, text, m);
	if (fclose(out))
		return -ENOMEM;
	if (size)
		return 0;
	free(*string);
	*string = NULL;
	return 0;
}

typedef void (*put_rule_fn)(FILE *out, const struct record *rule);

static int make_rule(char **string, put_rule_fn put, const struct record *rule)
{
	size_t size;
	FILE *out = open_memstream(string, &size);

	if (!out)
		return -ENOMEM;
	put(out, rule);
	return fclose(out) ? -ENOMEM : 0;
}

/* The rule that decided says more than the tables. */
static int find_rule(struct why *why, const struct record *rule)
{
	why->rule = rule->rule;
	if (make_rule(&why->verdict, rule_verdict, rule) ||
	    make_rule(&why->next, rule_next, rule))
		return -ENOMEM;
	return 0;
}

/* How many steps there are before those that only free it at its end. */
static size_t steps_to_end(const struct data *data, const struct path *p)
{
	size_t count = p->count ? p->count - 1 : 0;

	while (data && count && p->steps[count - 1]->func &&
	       frees(data, p->steps[count - 1]->func))
		count--;
	return count;
}

/* The same of a BPF program. */
static int find_prog(struct why *why, const struct record *prog, put_rule_fn put)
{
	if (make_rule(&why->verdict, put, prog) ||
	    make_rule(&why->next, prog_next, prog))
		return -ENOMEM;
	return 0;
}

/*
 * Finds what became of a packet that was freed. A list of functions may say of any other
 * function that packets are consumed there: then nothing is found.
 */
static int find_kind(struct why *why, const struct match *m)
{
	const struct table_entry *found;

	if (!m->data->consumed.count || !m->path->end->func ||
	    !frees(m->data, m->path->end->func))
		return 0;
	found = match_consumed(m);
	why->kind = found ? found->texts[0] : NULL;
	return make(&why->what, put_what, found ? why->kind : "", m);
}

int why_find(struct why *why, const struct data *data, const struct family *f,
	     const struct path *p)
{
	const struct record *rule = rule_decided(p);
	const struct record *prog = prog_decided(p, steps_to_end(data, p));
	bool dropped = path_how(p) == HOW_DROPPED;
	const struct table_entry *found;
	struct match m;

	*why = (struct why){ .verdict = NULL };
	if (rule)
		return find_rule(why, rule);
	if (prog)
		return find_prog(why, prog, prog_verdict);
	if (prog_attached(p))
		return find_prog(why, p->end, prog_place);
	if (!data || (!dropped && path_how(p) != HOW_CONSUMED))
		return 0;
	match_init(&m, data, f, p);
	if (!dropped && find_kind(why, &m))
		return -ENOMEM;
	found = dropped ? match_drop(&m) : match_end(&m);
	if (!found)
		return 0;
	why->done = dropped && begins(found->texts[0], DONE);
	why->unanswered = !dropped && begins(found->texts[0], UNANSWERED);
	if (make(&why->verdict, dropped ? put_verdict : put_end,
		 found->texts[0], &m) ||
	    make(&why->cause, words_prose, found->texts[1], &m) ||
	    make(&why->next, words_commands, found->texts[2], &m))
		return -ENOMEM;
	return 0;
}

enum end_how why_looks(const struct why *why, const struct path *p)
{
	if (why->done)
		return HOW_CONSUMED;
	if (why->unanswered)
		return HOW_UNKNOWN;
	if (path_how(p) != HOW_CONSUMED || !why->what)
		return path_how(p);
	if (!why->kind)
		return HOW_UNKNOWN;
	return strcmp(why->kind, WHY_GIVEN_UP) ? HOW_CONSUMED : HOW_DROPPED;
}

bool why_knows_loss(enum end_how how, const char *verdict)
{
	return verdict && how == HOW_DROPPED;
}

void why_free(struct why *why)
{
	free(why->what);
	free(why->verdict);
	free(why->cause);
	free(why->next);
}
