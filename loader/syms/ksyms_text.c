// SPDX-License-Identifier: GPL-2.0-only
/*
 * /proc/kallsyms: lines "ADDRESS TYPE NAME", then "\t[MODULE]" where it is of
 * a module.
 */
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../lib/digits.h"
#include "../../lib/grow.h"
#include "ksyms.h"
#include "ksyms_image.h"

/* Symbols that point into the text. */
struct parsed {
	char *text;
	struct ksym *list;
	uint32_t count;
};

/* The address that the line begins with; returns what follows, or NULL. */
static char *parse_address(char *line, uint64_t *addr)
{
	char *at = line;
	unsigned int digit;

	for (*addr = 0; (digit = digit_value(*at)) < 16; at++)
		*addr = *addr << 4 | digit;
	return at > line && at - line <= 16 ? at : NULL;
}

static bool is_text(char type)
{
	return type == 't' || type == 'T' || type == 'w' || type == 'W';
}

/*
 * Cuts one line, which ends at @eol, up in place. 1: a symbol; 0: not of text;
 * -1: malformed. There are many lines: see what is not needed first.
 */
static int parse_line(char *line, char *eol, struct ksym *sym)
{
	char *at = memchr(line, ' ', eol - line), *module;

	if (!at || eol - at < 4 || at[2] != ' ')
		return -1;
	if (!is_text(at[1]))
		return 0;
	if (parse_address(line, &sym->addr) != at)
		return -1;
	sym->name = at + 3;
	sym->module = "";
	module = memchr(at + 3, '\t', eol - at - 3);
	if (!module)
		return 1;
	*module++ = '\0';
	if (*module != '[' || eol[-1] != ']')
		return -1;
	eol[-1] = '\0';
	sym->module = module + 1;
	return 1;
}

/* By address; those of one address stay in the order of the file. */
static int ksym_compare(const void *a, const void *b)
{
	const struct ksym *left = a, *right = b;

	if (left->addr != right->addr)
		return left->addr < right->addr ? -1 : 1;
	return left->name < right->name ? -1 : left->name > right->name;
}

static int ksyms_add(struct parsed *syms, const struct ksym *sym)
{
	struct ksym *grown = grow(syms->list, syms->count, sizeof(*grown));

	if (!grown)
		return -ENOMEM;
	syms->list = grown;
	syms->list[syms->count++] = *sym;
	return 0;
}

static int ksyms_lines(const char *name, struct parsed *syms, size_t size)
{
	char *line = syms->text, *end = line + size, *eol;
	struct ksym sym = { 0 };
	int found, number;

	for (number = 1; line < end; number++, line = eol + 1) {
		eol = memchr(line, '\n', end - line);
		if (!eol)
			eol = end;
		*eol = '\0';
		found = parse_line(line, eol, &sym);
		if (found < 0) {
			warnx("%s:%d: not a line of kernel symbols", name,
			      number);
			return -EINVAL;
		}
		if (found && ksyms_add(syms, &sym))
			return -ENOMEM;
	}
	if (syms->count)
		return 0;
	warnx("%s: no functions in it", name);
	return -EINVAL;
}

/* Merges @list, of which the first @head and the others are in order. */
static void merge(const struct ksym *list, uint32_t head, uint32_t count,
		  struct ksym *to)
{
	const struct ksym *left = list, *right = list + head;
	const struct ksym *middle = right, *end = list + count;

	while (left < middle && right < end)
		*to++ = ksym_compare(left, right) < 0 ? *left++ : *right++;
	memcpy(to, left, (middle - left) * sizeof(*to));
	to += middle - left;
	memcpy(to, right, (end - right) * sizeof(*to));
}

/* The symbols of vmlinux come in order already; those of modules do not. */
static int ksyms_sort(struct parsed *syms)
{
	struct ksym *list = syms->list, *sorted;
	uint32_t head = 1;

	while (head < syms->count &&
	       ksym_compare(&list[head - 1], &list[head]) < 0)
		head++;
	if (head == syms->count)
		return 0;
	sorted = malloc(syms->count * sizeof(*sorted));
	if (!sorted)
		return -ENOMEM;
	qsort(list + head, syms->count - head, sizeof(*list), ksym_compare);
	merge(list, head, syms->count, sorted);
	free(list);
	syms->list = sorted;
	return 0;
}

/* Bytes that all names take, at worst; the first one is that of "no module". */
static size_t names_room(const struct parsed *syms)
{
	const char *last = "";
	size_t room = 1;

	for (uint32_t i = 0; i < syms->count; i++) {
		room += strlen(syms->list[i].name) + 1;
		if (syms->list[i].module != last)
			room += strlen(syms->list[i].module) + 1;
		last = syms->list[i].module;
	}
	return room;
}

/* Copies @text to where *end is, which is moved; its place in @names. */
static const char *put_name(const char *names, char **end, const char *text)
{
	char *at = *end;

	*end = stpcpy(at, text) + 1;
	return (const char *)(size_t)(at - names);
}

/* Those of a module stand together as a rule, and share its name. */
static void put_names(const struct parsed *syms, struct ksym *list, char *names,
		      uint32_t *size)
{
	const char *last = "", *last_at = NULL;
	char *end = names + 1;

	*names = '\0';
	for (uint32_t i = 0; i < syms->count; i++) {
		const struct ksym *sym = &syms->list[i];

		if (strcmp(sym->module, last))
			last_at = *sym->module ?
					  put_name(names, &end, sym->module) :
					  NULL;
		last = sym->module;
		list[i].name = put_name(names, &end, sym->name);
		list[i].module = last_at;
	}
	*size = end - names;
}

/* Made from the end: a bucket is in the order of addresses. */
static void put_index(const struct parsed *syms, struct ksym *list,
		      uint32_t *heads, uint32_t mask)
{
	uint32_t *head;

	for (uint32_t i = syms->count; i-- > 0;) {
		head = &heads[ksyms_hash(syms->list[i].name) & mask];
		list[i].next = *head;
		*head = i + 1;
	}
}

/* 0 and the image, or -ENOMEM. */
static int make_image(const struct parsed *syms, char **bytes, size_t *size)
{
	struct ksyms_image *image;
	uint32_t buckets = 1;

	while (buckets < syms->count)
		buckets *= 2;
	*size = sizeof(*image) + syms->count * sizeof(*syms->list) +
		buckets * sizeof(uint32_t);
	image = calloc(1, *size + names_room(syms));
	if (!image)
		return -ENOMEM;
	*image = (struct ksyms_image){ .count = syms->count,
				       .mask = buckets - 1 };
	memcpy(image_list(image), syms->list,
	       syms->count * sizeof(*syms->list));
	put_index(syms, image_list(image), image_heads(image), image->mask);
	put_names(syms, image_list(image), image_names(image),
		  &image->name_bytes);
	*size += image->name_bytes;
	*bytes = (char *)image;
	return 0;
}

int ksyms_make(const char *name, char **bytes, size_t *size)
{
	struct parsed syms = { .text = *bytes };
	int err = ksyms_lines(name, &syms, *size);

	if (!err)
		err = ksyms_sort(&syms);
	if (!err)
		err = make_image(&syms, bytes, size);
	if (!err)
		free(syms.text);
	free(syms.list);
	return err;
}

int ksyms_shown(const char *path)
{
	FILE *file = fopen(path, "re");
	char *line = NULL, type = 0;
	unsigned long long addr;
	int shown = !file;
	size_t room = 0;

	while (!shown && getline(&line, &room, file) > 0)
		shown = sscanf(line, "%llx %c", &addr, &type) == 2 && addr &&
			is_text(type);
	free(line);
	if (file)
		fclose(file);
	return shown;
}
