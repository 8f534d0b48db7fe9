// SPDX-License-Identifier: GPL-2.0-only
/* Tables of names and texts: what is read, what is refused, what matches. */
#include "harness.h"

#include <errno.h>
#include <fnmatch.h>

static char error[TABLE_ERROR];
static unsigned long line;

static int read_table(struct table *t, size_t keys, const char *text)
{
	struct memory m = { text, strlen(text), 7 };
	struct lines *l = malloc(sizeof(*l));
	int err;

	lines_init(l, memory_read, &m);
	err = table_read(t, keys, l, error);
	line = l->number;
	free(l);
	return err;
}

/* table_fn: what are two names, for a key each */
static bool matches(const void *what, size_t key, const char *pattern)
{
	const char *const *names = what;

	return !fnmatch(pattern, names[key], 0);
}

/* The n-th text that the table has for these names; NULL: none. */
static const char *find(const struct table *t, size_t n, const char *a,
			const char *b)
{
	const char *names[] = { a, b };
	const struct table_entry *found = table_find(t, matches, names);

	return found ? found->texts[n] : NULL;
}

static void reading(void)
{
	struct table t = { .count = 0 };
	int err = read_table(&t, 2, "# a comment\n"
			     "\n"
			     "a x\n"
			     "\tone\n"
			     "   two  words \n"
			     "\t\n"
			     "b,c*  \tx,-\n"
			     "d y\n"
			     "# between heads\n"
			     "\tboth\n"
			     "a,b *\n"
			     "\tthe rest\n");

	is_int(err, 0, "a table is read");
	is_int(t.count, 4, "its heads");
	is_str(find(&t, 0, "a", "x"), "one", "the first text");
	is_str(find(&t, 1, "a", "x"), "two  words ",
	       "the second, without its indentation");
	is_str(find(&t, 2, "a", "x"), NULL, "no third");
	is_str(find(&t, 0, "b", "x"), "both", "two heads have a text: one");
	is_str(find(&t, 0, "d", "y"), "both", "two heads have a text: other");
	is_str(find(&t, 0, "call", "-"), "both", "a pattern behind a comma");
	is_str(find(&t, 0, "a", "y"), "the rest", "the first that matches");
	is_str(find(&t, 0, "c,", "z"), NULL, "nothing matches");
	is_str(find(&t, 0, "", "x"), NULL, "no name matches no pattern");
	table_free(&t);
	is_int(t.count, 0, "given back");
}

static void one_key(void)
{
	struct table t = { .count = 0 };

	is_int(read_table(&t, 1, "ip_*\n\tIP\n"), 0, "heads of one key");
	is_str(find(&t, 0, "ip_rcv", NULL), "IP", "it alone is looked at");
	table_free(&t);
	is_int(read_table(&t, 1, ""), 0, "an empty file is a table");
	is_int(t.count, 0, "without entries");
	table_free(&t);
}

static void refused(const char *text, unsigned long where, const char *why)
{
	struct table t = { .count = 0 };

	is_int(read_table(&t, 2, text), -EINVAL, why);
	is_str(error, why, "its message");
	is_int(line, where, "its line");
	is_int(t.count && !t.entry[t.count - 1].texts[0], 0,
	       "no entry without a text is left");
	table_free(&t);
}

static void refusals(void)
{
	refused("a\n\tone\n", 1, "too few words");
	refused("a b c\n\tone\n", 1, "too many words");
	refused("# c\n\tone\n", 2, "a text without a line above it");
	refused("a b\n 1\n 2\n 3\n 4\n", 5, "one text too many");
	refused("a b\n 1\nc d\n", 4, "the last line has no text below it");
	refused("a b\n 1", 2, "the last line has no newline");
}

static void shipped(void)
{
	struct data data;
	size_t i, texts = 0, hooks = 0;

	data_load(&data, "data");
	for (i = 0; i < data.verdicts.count; i++)
		texts += data.verdicts.entry[i].texts[TABLE_TEXTS - 1] != NULL;
	for (i = 0; i < data.hooks.count; i++)
		hooks += data.hooks.entry[i].texts[0] != NULL;
	ok(texts > 150, "data/verdicts.list is read");
	is_int(texts, data.verdicts.count, "each entry has all its texts");
	ok(hooks > 15, "data/hooks.list is read");
	is_str(find(&data.verdicts, 1, "f", "NEW"), "an error path of {func}",
	       "the last entry matches anything");
	data_free(&data);
}

int main(void)
{
	tap_plan(44);
	reading();
	one_key();
	refusals();
	shipped();
	return tap_done();
}
