// SPDX-License-Identifier: GPL-2.0-only
#include "words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define ENQUEUE		"_enqueue"	/* ends a queueing discipline's function */
#define BETWEEN		"; "		/* commands */
#define TEXT_ROOM	512		/* for a part of a text, bytes */

/* A text on its way out. */
struct writer {
	FILE *out;
	const struct match *match;
	bool unknown;		/* a word is not known: its stand-in is there */
};

/*
 * An interface may have nearly any name, and commands are there to be pasted into a
 * shell. NULL: the name is not known, or has characters that mean something to a shell.
 */
static const char *safe_name(const char *name)
{
	static const char harmless[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789_.:@%+-";

	if (!name || !*name || *name == '-' || name[strspn(name, harmless)])
		return NULL;
	return name;
}

static void put_name(struct writer *w, const char *name, const char *stand_in)
{
	name = safe_name(name);
	w->unknown |= !name;
	fputs(name ? name : stand_in, w->out);
}

/* The netfilter hook that it was in last, in words; a gap may hide one. */
static const char *last_hook(const struct match *m)
{
	const struct path *p = m->path;
	const struct table_entry *hook = NULL;
	size_t i;

	for (i = p->count; i && !hook && !path_gap(p, i); i--)
		hook = table_find_func(&m->data->hooks, p->steps[i - 1]->func);
	return hook ? hook->texts[0] : "one of its hooks";
}

/* "fq_codel_enqueue" as "fq_codel"; false: it is no such function. */
static bool cut_enqueue(char name[FUNC_NAME])
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
static void put_qdisc(struct writer *w)
{
	const struct path *p = w->match->path;
	char func[FUNC_NAME];
	const char *name;
	size_t i;

	fputs("the queueing discipline", w->out);
	for (i = p->count; i && !path_gap(p, i); i--) {
		func_base(func, p->steps[i - 1]->func);
		if (!cut_enqueue(func))
			continue;
		name = safe_name(func);
		fprintf(w->out, " %s", name ? name : "");
		return;
	}
}

static void put_text(struct writer *w, const char *text);

/* A hook's text may have words, too, but no hook once more. */
static void put_hook(struct writer *w)
{
	static const struct data none;
	struct match inner = *w->match;
	struct writer part = { .out = w->out, .match = &inner };

	inner.data = &none;
	put_text(&part, last_hook(w->match));
	w->unknown |= part.unknown;
}

static void put_port(struct writer *w, struct number port)
{
	w->unknown |= !port.known;
	if (port.known)
		fprintf(w->out, "%" PRIu64, port.value);
	else
		fputs("PORT", w->out);
}

static bool is_word(const char *text, size_t len, const char *word)
{
	return len == strlen(word) && !strncmp(text, word, len);
}

/* Puts what a word that begins at text stands for; returns its length. */
static size_t put_word(struct writer *w, const char *text)
{
	const struct match *m = w->match;
	const struct record *flow = match_flow(m->path);
	size_t len = strcspn(text, "}") + 1;

	if (is_word(text, len, "{dev}"))
		put_name(w, match_interface(m->path), "the interface");
	else if (is_word(text, len, "{from}"))
		put_name(w, match_interface_before(m->path), "another");
	else if (is_word(text, len, "{func}"))
		put_name(w, m->func, "the kernel");
	else if (is_word(text, len, "{reason}"))
		put_name(w, m->reason, "not named");
	else if (is_word(text, len, "{hook}"))
		put_hook(w);
	else if (is_word(text, len, "{qdisc}"))
		put_qdisc(w);
	else if (is_word(text, len, "{saddr}"))
		put_name(w, flow->saddr, "SOURCE");
	else if (is_word(text, len, "{daddr}"))
		put_name(w, flow->daddr, "DESTINATION");
	else if (is_word(text, len, "{dport}"))
		put_port(w, flow->dport);
	else
		len = fwrite(text, 1, 1, w->out);
	return len;
}

/* A copy of the first len bytes of text with its words, or NULL. */
static char *expand(const struct writer *w, const char *text, size_t len,
		    bool *unknown)
{
	char part[TEXT_ROOM], *string = NULL;
	struct writer inner = { .match = w->match };
	size_t size;

	snprintf(part, sizeof(part), "%.*s", (int)len, text);
	inner.out = open_memstream(&string, &size);
	if (!inner.out)
		return NULL;
	put_text(&inner, part);
	fclose(inner.out);
	*unknown = inner.unknown;
	return string;
}

/* Puts "[…]" at text unless a word in it is not known; returns its length. */
static size_t put_optional(struct writer *w, const char *text)
{
	size_t len = strcspn(text, "]");
	bool unknown = true;
	char *part;

	if (!text[len] || strcspn(text, "{") > len)
		return fwrite(text, 1, 1, w->out);
	part = expand(w, text + 1, len - 1, &unknown);
	if (part && !unknown)
		fputs(part, w->out);
	free(part);
	return len + 1;
}

static void put_text(struct writer *w, const char *text)
{
	size_t plain;

	while (*text) {
		plain = strcspn(text, "{[");
		fwrite(text, 1, plain, w->out);
		text += plain;
		if (*text)
			text += *text == '{' ? put_word(w, text) :
					       put_optional(w, text);
	}
}

void words_prose(FILE *out, const char *text, const struct match *m)
{
	struct writer w = { .out = out, .match = m };

	put_text(&w, text);
}

void words_commands(FILE *out, const char *text, const struct match *m)
{
	const struct writer w = { .out = out, .match = m };
	const char *between = "", *end;
	bool unknown;
	char *one;

	for (; *text; text = *end ? end + strlen(BETWEEN) : end) {
		end = strstr(text, BETWEEN);
		if (!end)
			end = text + strlen(text);
		unknown = true;
		one = expand(&w, text, end - text, &unknown);
		if (one && !unknown) {
			fprintf(out, "%s%s", between, one);
			between = BETWEEN;
		}
		free(one);
	}
}
