// SPDX-License-Identifier: GPL-2.0-only
#include "table.h"
#include "func_base.h"
#include "../../lib/grow.h"
#include "../../lib/hash.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLANKS		" \t"

/* A path has the same functions again and again; one that is found takes a slot's place. */
#define MEMO_SLOTS	256
#define MEMO_NAME	64	/* a longer name is looked for each time */

struct table_memo {
	char name[MEMO_NAME];		/* "": free */
	const struct table_entry *entry;	/* NULL: there is none */
};

/* Heads that follow each other have the texts below them in common. */
struct table_reader {
	struct table *table;
	size_t keys;		/* of a head */
	size_t first;		/* the entry of the first such head */
	size_t texts;		/* that stand below it so far */
	char *error;
};

static int refuse(struct table_reader *r, const char *error)
{
	snprintf(r->error, TABLE_ERROR, "%s", error);
	return -EINVAL;
}

/* "a,b" as "a", "b" and "", each with its NUL; NULL: no memory. */
static char *split_patterns(const char *word)
{
	size_t i, len = strlen(word);
	char *patterns = calloc(len + 2, 1);

	for (i = 0; patterns && i < len; i++)
		patterns[i] = word[i] == ',' ? '\0' : word[i];
	return patterns;
}

/* Adds an entry without texts. Returns 0 or -errno. */
static int add_head(struct table_reader *r, char *line)
{
	struct table *t = r->table;
	struct table_entry *head = grow(t->entry, t->count, sizeof(*head));
	char *word, *rest = line;
	size_t i = 0;

	if (!head)
		return -ENOMEM;
	t->entry = head;
	if (r->texts)
		r->first = t->count;
	r->texts = 0;
	head += t->count++;
	*head = (struct table_entry){ .keys = { NULL } };
	while ((word = strsep(&rest, BLANKS))) {
		if (!*word)
			continue;
		if (i == r->keys)
			return refuse(r, "too many words");
		head->keys[i] = split_patterns(word);
		if (!head->keys[i++])
			return -ENOMEM;
	}
	return i == r->keys ? 0 : refuse(r, "too few words");
}

/* Gives the text to all heads above it. Returns 0 or -errno. */
static int add_text(struct table_reader *r, const char *text)
{
	struct table *t = r->table;
	size_t i;

	if (!t->count)
		return refuse(r, "a text without a line above it");
	if (r->texts == TABLE_TEXTS)
		return refuse(r, "one text too many");
	for (i = r->first; i < t->count; i++) {
		t->entry[i].texts[r->texts] = strdup(text);
		if (!t->entry[i].texts[r->texts])
			return -ENOMEM;
	}
	r->texts++;
	return 0;
}

static int add_line(struct table_reader *r, char *line)
{
	const char *text = line + strspn(line, BLANKS);

	if (!*text || *line == '#')
		return 0;
	return text == line ? add_head(r, line) : add_text(r, text);
}

/* Gives back the last entry. */
static void remove_last(struct table *t)
{
	struct table_entry *last = &t->entry[--t->count];
	size_t i;

	for (i = 0; i < TABLE_KEYS; i++)
		free(last->keys[i]);
	for (i = 0; i < TABLE_TEXTS; i++)
		free(last->texts[i]);
}

static int read_lines(struct table_reader *r, struct lines *l)
{
	char *line;
	int ret;

	while ((ret = lines_next(l, &line)) > 0) {
		ret = add_line(r, line);
		if (ret)
			return ret;
	}
	if (ret < 0 && l->error)
		return refuse(r, l->error);
	if (!ret && r->table->count && !r->texts)
		return refuse(r, "the last line has no text below it");
	return ret;
}

int table_read(struct table *t, size_t keys, struct lines *l,
	       char error[TABLE_ERROR])
{
	struct table_reader r = { .table = t, .keys = keys, .error = error };
	int err;

	error[0] = '\0';
	err = read_lines(&r, l);
	while (!r.texts && t->count > r.first)
		remove_last(t);
	free(t->memo);	/* entries have moved */
	t->memo = calloc(MEMO_SLOTS, sizeof(*t->memo));
	return err;
}

static bool any_matches(const char *patterns, size_t key, table_fn matches,
			const void *what)
{
	for (; *patterns; patterns += strlen(patterns) + 1)
		if (matches(what, key, patterns))
			return true;
	return false;
}

static bool entry_matches(const struct table_entry *e, table_fn matches,
			  const void *what)
{
	size_t k = TABLE_KEYS;

	/* there are more patterns of the first key than of the others */
	while (k--)
		if (e->keys[k] && !any_matches(e->keys[k], k, matches, what))
			return false;
	return true;
}

const struct table_entry *table_find(const struct table *t, table_fn matches,
				     const void *what)
{
	size_t i;

	for (i = 0; i < t->count; i++)
		if (entry_matches(&t->entry[i], matches, what))
			return &t->entry[i];
	return NULL;
}

/* table_fn: what is a name */
static bool name_matches(const void *what, size_t key, const char *pattern)
{
	return !key && !fnmatch(pattern, what, 0);
}

/* As table_find() does it. */
static const struct table_entry *find_name(const struct table *t, const char *name)
{
	size_t len = strlen(name);
	struct table_memo *memo;

	if (!t->memo || !len || len >= MEMO_NAME)
		return table_find(t, name_matches, name);
	memo = &t->memo[hash_bytes(HASH_START, name, len) % MEMO_SLOTS];
	if (strcmp(memo->name, name)) {
		memcpy(memo->name, name, len + 1);
		memo->entry = table_find(t, name_matches, name);
	}
	return memo->entry;
}

const struct table_entry *table_find_func(const struct table *t,
					  const char *func)
{
	char name[FUNC_NAME];

	if (!func)
		return NULL;
	func_word(name, func, strcspn(func, "."));
	return find_name(t, name);
}

void table_free(struct table *t)
{
	while (t->count)
		remove_last(t);
	free(t->entry);
	free(t->memo);
	*t = (struct table){ .count = 0 };
}
