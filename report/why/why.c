// SPDX-License-Identifier: GPL-2.0-only
#include "why.h"
#include "rule.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_ROOM	256	/* for the name of a function, bytes */
#define PLACES		32	/* that many names for a place */
#define UNKNOWN		"-"	/* as table_find_any() gets it */
#define NO_REASON	"NOT_SPECIFIED"
#define BY		"by "
#define ENQUEUE		"_enqueue"	/* ends a queueing discipline's function */

/* What {WORDS} in texts stand for. */
struct words {
	const struct data *data;
	const struct path *path;
	const char *reason;		/* or UNKNOWN */
	char func[NAME_ROOM];		/* or UNKNOWN */
};

/* What the place of a drop is called in tables; the last name is NULL. */
struct places {
	const char *names[PLACES + 1];
	char text[PLACES][2 * NAME_ROOM];
	size_t count;
};

/* "ip_rcv_finish_core.isra.0+0x9c" as "ip_rcv_finish_core". */
static void base_name(char name[NAME_ROOM], const char *location)
{
	int len = location ? (int)strcspn(location, ".+") : 0;

	if (len)
		snprintf(name, NAME_ROOM, "%.*s", len, location);
	else
		snprintf(name, NAME_ROOM, UNKNOWN);
}

/*
 * An interface may have nearly any name. A command is there to be pasted into
 * a shell: of a name that means something to it, stand-in is all it gets.
 */
static const char *safe_name(const char *name, const char *stand_in)
{
	static const char harmless[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789_.:@%+-";

	if (!name || !*name || *name == '-' || name[strspn(name, harmless)])
		return stand_in;
	return name;
}

/* The interface that the packet was on last. */
static const char *last_interface(const struct path *p)
{
	size_t i;

	if (p->end->ifname)
		return p->end->ifname;
	for (i = p->count; i--;)
		if (p->steps[i]->ifname)
			return p->steps[i]->ifname;
	return NULL;
}

/* The netfilter hook that it was in last, in words; a gap may hide one. */
static const char *last_hook(const struct words *w)
{
	const struct path *p = w->path;
	const struct table_entry *hook = NULL;
	size_t i;

	for (i = p->count; i && !hook && !path_gap(p, i); i--)
		hook = table_find_func(&w->data->hooks, p->steps[i - 1]->func);
	return hook ? hook->texts[0] : "one of its hooks";
}

/* "fq_codel_enqueue" as "fq_codel"; false: it is no such function. */
static bool cut_enqueue(char name[NAME_ROOM])
{
	static const char *const ends[] = { "_qdisc" ENQUEUE, ENQUEUE };
	size_t i, len, end;

	for (i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		len = strlen(name);
		end = strlen(ends[i]);
		if (len > end && !strcmp(name + len - end, ends[i])) {
			name[len - end] = '\0';
			return true;
		}
	}
	return false;
}

/* The queueing discipline that it came to last, by name where a step tells it. */
static void put_qdisc(FILE *out, const struct words *w)
{
	const struct path *p = w->path;
	char func[NAME_ROOM];
	size_t i;

	fputs("the queueing discipline", out);
	for (i = p->count; i && !path_gap(p, i); i--) {
		base_name(func, p->steps[i - 1]->func);
		if (!cut_enqueue(func))
			continue;
		fprintf(out, " %s", safe_name(func, ""));
		return;
	}
}

static void put_text(FILE *out, const char *text, const struct words *w);

/* A hook's text may have words, too, but no hook once more. */
static void put_hook(FILE *out, const struct words *w)
{
	static const struct data none;
	struct words inner = *w;

	inner.data = &none;
	put_text(out, last_hook(w), &inner);
}

/* The record that tells the packet's last addresses, or the end. */
static const struct record *last_flow(const struct path *p)
{
	size_t i;

	for (i = p->count; i-- && !p->end->saddr;)
		if (p->steps[i]->saddr)
			return p->steps[i];
	return p->end;
}

static void put_port(FILE *out, struct number port)
{
	if (port.known)
		fprintf(out, "%" PRIu64, port.value);
	else
		fputs("PORT", out);
}

static bool is_word(const char *text, size_t len, const char *word)
{
	return len == strlen(word) && !strncmp(text, word, len);
}

/* Puts what a word that begins at text stands for; returns its length. */
static size_t put_word(FILE *out, const char *text, const struct words *w)
{
	size_t len = strcspn(text, "}") + 1;
	const struct record *flow = last_flow(w->path);

	if (is_word(text, len, "{dev}"))
		fputs(safe_name(last_interface(w->path), "IFACE"), out);
	else if (is_word(text, len, "{func}"))
		fputs(safe_name(w->func, "the kernel"), out);
	else if (is_word(text, len, "{reason}"))
		fputs(safe_name(w->reason, "not named"), out);
	else if (is_word(text, len, "{hook}"))
		put_hook(out, w);
	else if (is_word(text, len, "{qdisc}"))
		put_qdisc(out, w);
	else if (is_word(text, len, "{saddr}"))
		fputs(safe_name(flow->saddr, "SOURCE"), out);
	else if (is_word(text, len, "{daddr}"))
		fputs(safe_name(flow->daddr, "DESTINATION"), out);
	else if (is_word(text, len, "{dport}"))
		put_port(out, flow->dport);
	else
		len = fwrite(text, 1, 1, out);
	return len;
}

static void put_text(FILE *out, const char *text, const struct words *w)
{
	size_t plain;

	while (*text) {
		plain = strcspn(text, "{");
		fwrite(text, 1, plain, out);
		text += plain;
		if (*text)
			text += put_word(out, text, w);
	}
}

static void put_verdict(FILE *out, const char *text, const struct words *w)
{
	if (!strncmp(text, BY, strlen(BY)))
		fputs("dropped ", out);
	else if (strcmp(w->func, UNKNOWN))
		fprintf(out, "dropped in %s: ", w->func);
	else
		fputs("dropped: ", out);
	put_text(out, text, w);
	if (strcmp(w->reason, UNKNOWN) && !strstr(text, "{reason}"))
		fprintf(out, " (%s)", w->reason);
}

typedef void (*put_fn)(FILE *out, const char *text, const struct words *w);

/* Sets *string to what put makes of text. Returns 0 or -ENOMEM. */
static int make(char **string, put_fn put, const char *text,
		const struct words *w)
{
	size_t size;
	FILE *out;

	if (!text)
		return 0;
	out = open_memstream(string, &size);
	if (!out)
		return -ENOMEM;
	put(out, text, w);
	return fclose(out) ? -ENOMEM : 0;
}

/* Was it on the interface, in the namespace, where it ended? */
static bool at_the_end(const struct path *p, const struct record *step)
{
	const struct record *end = p->end;

	return record_same_number(step->ifindex, end->ifindex) &&
	       step->netns.value == end->netns.value;
}

/* Adds "before/place" to what the place is called. */
static void add_name(struct places *places, const char *before,
		     const char *place)
{
	char *text = places->text[places->count];

	snprintf(text, sizeof(*places->text), "%s/%s", before, place);
	places->names[places->count++] = text;
}

/*
 * The names that the place has in a table: its own, and behind each of the last
 * functions that the packet came to on the same interface.
 */
static void name_place(struct places *places, const struct words *w)
{
	const struct path *p = w->path;
	char func[NAME_ROOM];
	size_t i;

	places->names[places->count++] = w->func;
	if (p->end->proto)
		add_name(places, "ip", w->func);
	for (i = p->count; i-- && at_the_end(p, p->steps[i]);) {
		if (places->count == PLACES)
			break;
		base_name(func, p->steps[i]->func);
		add_name(places, func, w->func);
	}
}

/* The entry that knows something of the place and the reason, or NULL. */
static const struct table_entry *find_entry(const struct words *w,
					    const char *given)
{
	const char *reasons[] = { w->reason, given, NULL };
	struct places places = { .count = 0 };

	name_place(&places, w);
	return table_find_any(&w->data->verdicts,
			      (const char *const *const[]){ places.names,
							    reasons });
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

/*
 * Says why p ended, when it was dropped and data, which may be NULL, knows
 * something of it. The strings may hold any bytes that records and data have.
 * why_free() is to follow in any case. Returns 0 or -ENOMEM.
 */
int why_find(struct why *why, const struct data *data, const struct path *p)
{
	struct words w = { .data = data, .path = p, .reason = UNKNOWN };
	const struct record *rule = rule_decided(p);
	const struct table_entry *found;

	*why = (struct why){ .verdict = NULL };
	if (rule)
		return find_rule(why, rule);
	if (!data || path_how(p) != HOW_DROPPED)
		return 0;
	if (p->end->reason && strcmp(p->end->reason, NO_REASON))
		w.reason = p->end->reason;
	base_name(w.func, p->end->location);
	found = find_entry(&w, p->end->reason);
	if (!found)
		return 0;
	if (make(&why->verdict, put_verdict, found->texts[0], &w) ||
	    make(&why->cause, put_text, found->texts[1], &w) ||
	    make(&why->next, put_text, found->texts[2], &w))
		return -ENOMEM;
	return 0;
}

/* Gives back the strings. */
void why_free(struct why *why)
{
	free(why->verdict);
	free(why->cause);
	free(why->next);
}
