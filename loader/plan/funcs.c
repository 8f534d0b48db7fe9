// SPDX-License-Identifier: GPL-2.0-only
#include "funcs.h"

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "../../bpf/bpfpath.h"
#include "../lib/file.h"
#include "../../lib/grow.h"

#define QUOTE_MAX 60		/* characters of a bad line that are shown */

/* A piece of the text: a line, then a word of it. */
struct span {
	const char *at;
	size_t len;
};

/* Where a message belongs. */
struct line_place {
	const char *name;
	uint32_t line;
};

/* Says what is wrong with @text; nothing that a terminal would act upon. */
static int funcs_wrong(const struct line_place *place, const char *what,
		       struct span text)
{
	char quoted[QUOTE_MAX + 1];
	size_t i;

	for (i = 0; i < text.len && i < QUOTE_MAX; i++)
		quoted[i] =
			isprint((unsigned char)text.at[i]) ? text.at[i] : '?';
	quoted[i] = '\0';
	warnx("%s:%u: %s: '%s'", place->name, place->line, what, quoted);
	return -EINVAL;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Takes the next word off the line; its length is 0 at the end. */
static struct span next_word(struct span *line)
{
	struct span word;

	while (line->len && is_blank(*line->at)) {
		line->at++;
		line->len--;
	}
	word = *line;
	for (word.len = 0; line->len && !is_blank(*line->at); word.len++) {
		line->at++;
		line->len--;
	}
	return word;
}

static bool is_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* A C identifier; with @suffix also followed by ".word" once or more often. */
static bool is_name(struct span text, int suffix)
{
	size_t i;

	if (!text.len || isdigit((unsigned char)text.at[0]))
		return false;
	for (i = 0; i < text.len; i++) {
		if (is_name_char(text.at[i]))
			continue;
		if (!suffix || text.at[i] != '.' || !i || i + 1 == text.len ||
		    !is_name_char(text.at[i + 1]))
			return false;
	}
	return true;
}

/* Whether @c is one of @set, whose NUL does not count. */
static bool is_one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

/* Name characters, and those of a pattern of fnmatch(3). */
static bool is_glob(struct span text)
{
	size_t i;

	for (i = 0; i < text.len; i++)
		if (!is_name_char(text.at[i]) &&
		    !is_one_of(text.at[i], "*?[]-^!."))
			return false;
	return text.len > 0;
}

static bool has_glob_char(struct span text)
{
	size_t i;

	for (i = 0; i < text.len; i++)
		if (is_one_of(text.at[i], "*?["))
			return true;
	return false;
}

static void copy_name(char *to, struct span from)
{
	memcpy(to, from.at, from.len);
	to[from.len] = '\0';
}

/* Takes "GROUP:" off a word; without it, the group is empty. */
static struct span split_group(struct span *word)
{
	const char *colon = memchr(word->at, ':', word->len);
	struct span group = { word->at, 0 };

	if (colon) {
		group.len = colon - word->at;
		word->at = colon + 1;
		word->len -= group.len + 1;
	}
	return group;
}

/* Which of both may be a glob depends on the kind of line. */
static bool is_name_of(const struct func *func, struct span group,
		       struct span name, int tracepoint)
{
	if (func->kind == FUNC_NOT)
		return is_glob(name) && (!tracepoint || is_glob(group));
	if (func->kind == FUNC_GLOB)
		return is_glob(name) && !tracepoint;
	return is_name(name, !tracepoint) && (!tracepoint || is_name(group, 0));
}

static int parse_name(const struct line_place *place, struct span word,
		      struct func *func)
{
	struct span name = word, group = split_group(&name);

	if (has_glob_char(word) && func->kind == FUNC_NAMED)
		func->kind = FUNC_GLOB;
	if (!is_name_of(func, group, name, name.at != word.at))
		return funcs_wrong(place, "not a function's name", word);
	if (name.len >= FUNC_NAME_LEN || group.len >= FUNC_NAME_LEN)
		return funcs_wrong(place, "the name is too long", word);
	copy_name(func->group, group);
	copy_name(func->name, name);
	return 0;
}

static int parse_verdict(const struct line_place *place, struct span word,
		     struct func *func)
{
	if (!word.len)
		return funcs_wrong(
			place, "FIN (0, 1 or 2) is missing after",
			(struct span){func->name, strlen(func->name)});
	if (word.len != 1 || *word.at < '0' + VERDICT_NONE ||
	    *word.at > '0' + VERDICT_DROPPED)
		return funcs_wrong(place, "FIN is 0, 1 or 2, not", word);
	func->verdict = *word.at - '0';
	return 0;
}

static int parse_arg(const struct line_place *place, struct span word,
		     struct func *func)
{
	struct span digit = word;

	if (!word.len)
		return 0;
	if (*word.at == '*') {
		func->deref = 1;
		digit.at++;
		digit.len--;
	}
	if (digit.len != 1 || *digit.at < '1' || *digit.at > '0' + FUNC_ARGS)
		return funcs_wrong(place, "ARG is 1 to 8 or *1 to *8, not",
				   word);
	func->arg = *digit.at - '0';
	return 0;
}

int funcs_add(struct funcs *funcs, const struct func *func)
{
	struct func *grown = grow(funcs->funcs, funcs->count, sizeof(*grown));

	if (!grown)
		return -ENOMEM;
	funcs->funcs = grown;
	grown[funcs->count++] = *func;
	funcs->globs += func->kind == FUNC_GLOB;
	funcs->nots += func->kind == FUNC_NOT;
	return 0;
}

/* The words behind a name: none behind "!NAME". */
static int parse_rest(const struct line_place *place, struct span *line,
		      struct func *func)
{
	struct span extra;
	int err = 0;

	if (func->kind != FUNC_NOT) {
		err = parse_verdict(place, next_word(line), func);
		if (!err)
			err = parse_arg(place, next_word(line), func);
	}
	extra = next_word(line);
	if (!err && extra.len)
		err = funcs_wrong(place, "one word too many", extra);
	return err;
}

static int parse_line(const struct line_place *place, struct span line,
		      struct funcs *funcs)
{
	struct func func = { .num = place->line };
	struct span word = next_word(&line);
	int err;

	if (!word.len || *word.at == '#')
		return 0;
	if (place->line >= MAX_FUNCS)
		return funcs_wrong(place, "too many lines for", word);
	if (*word.at == '!') {
		func.kind = FUNC_NOT;
		word.at++;
		word.len--;
	}
	err = parse_name(place, word, &func);
	if (!err)
		err = parse_rest(place, &line, &func);
	return err ? err : funcs_add(funcs, &func);
}

/* A line may end with CR and LF. */
static int parse_lines(const char *name, const char *at, size_t size,
		       struct funcs *funcs)
{
	struct line_place place = { .name = name };
	const char *end = at + size, *eol;
	struct span line;
	int err = 0;

	for (; !err && at < end; at = eol + 1) {
		eol = memchr(at, '\n', end - at);
		if (!eol)
			eol = end;
		place.line = ++funcs->lines;
		line = (struct span){at, eol - at};
		if (line.len && eol[-1] == '\r')
			line.len--;
		err = parse_line(&place, line, funcs);
	}
	return err;
}

int funcs_parse(const char *name, const void *bytes, size_t size,
		struct funcs **out)
{
	struct funcs *funcs = calloc(1, sizeof(*funcs));
	int err = -ENOMEM;

	if (funcs)
		err = parse_lines(name, bytes, size, funcs);
	if (!err)
		err = funcs_index(name, funcs);
	if (err == -ENOMEM)
		warnx("%s: %s", name, strerror(ENOMEM));
	if (err) {
		funcs_free(funcs);
		funcs = NULL;
	}
	*out = funcs;
	return err;
}

int funcs_open(const char *path, struct funcs **funcs)
{
	char *bytes;
	size_t size;
	int err;

	*funcs = NULL;
	err = file_load(path, &bytes, &size);
	if (err)
		return err;
	err = funcs_parse(path, bytes, size, funcs);
	free(bytes);
	return err;
}

void funcs_free(struct funcs *funcs)
{
	if (!funcs)
		return;
	free(funcs->funcs);
	free(funcs->by_name);
	free(funcs);
}
