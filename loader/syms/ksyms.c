// SPDX-License-Identifier: GPL-2.0-only
/*
 * /proc/kallsyms: lines "ADDRESS TYPE NAME", then "\t[MODULE]" where it is of
 * a module. The text is kept, the symbols point into it. They are sorted by
 * address; a hash of the name up to its first '.' finds a function together
 * with the variants that the compiler made of it.
 */
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "../lib/file.h"
#include "ksyms.h"
#include "snapshot.h"
#include "variants.h"

struct ksyms {
	char *text;
	struct ksym *list;
	__u32 count;
	__u32 *heads;		/* a bucket's first symbol + 1, or 0 */
	__u32 mask;		/* number of buckets - 1 */
	int hidden;
};

/* Where the name's suffixes begin, or its end. */
static size_t base_len(const char *name)
{
	return strcspn(name, ".");
}

/* FNV-1a */
static __u32 ksyms_hash(const char *name, size_t len)
{
	__u32 hash = 2166136261u;

	while (len--)
		hash = (hash ^ (unsigned char)*name++) * 16777619u;
	return hash;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

/* The address that the line begins with; returns what follows, or NULL. */
static char *parse_address(char *line, __u64 *addr)
{
	char *at = line;
	int digit;

	for (*addr = 0; (digit = hex_digit(*at)) >= 0; at++)
		*addr = *addr << 4 | digit;
	return at > line && at - line <= 16 ? at : NULL;
}

static int is_text(char type)
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

static int ksyms_add(struct ksyms *syms, __u32 *room, const struct ksym *sym)
{
	struct ksym *grown;

	if (syms->count == *room) {
		*room = *room ? *room * 2 : 1 << 14;
		grown = realloc(syms->list, *room * sizeof(*grown));
		if (!grown)
			return -ENOMEM;
		syms->list = grown;
	}
	syms->list[syms->count++] = *sym;
	return 0;
}

static int ksyms_lines(const char *name, struct ksyms *syms, size_t size)
{
	char *line = syms->text, *end = line + size, *eol;
	struct ksym sym = { 0 };
	__u32 room = 0;
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
		if (found && ksyms_add(syms, &room, &sym))
			return -ENOMEM;
	}
	if (syms->count)
		return 0;
	warnx("%s: no functions in it", name);
	return -EINVAL;
}

/* Merges @list, of which the first @head and the others are in order. */
static void merge(const struct ksym *list, __u32 head, __u32 count,
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
static int ksyms_sort(struct ksyms *syms)
{
	struct ksym *list = syms->list, *sorted;
	__u32 head = 1;

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

/* Made from the end: a bucket is in the order of addresses. */
static int ksyms_index(struct ksyms *syms)
{
	struct ksym *sym;
	__u32 i, *head;

	for (syms->mask = 1; syms->mask < syms->count; syms->mask *= 2)
		;
	syms->heads = calloc(syms->mask, sizeof(__u32));
	if (!syms->heads)
		return -ENOMEM;
	syms->mask--;
	for (i = syms->count; i-- > 0;) {
		sym = &syms->list[i];
		head = syms->heads +
		       (ksyms_hash(sym->name, base_len(sym->name)) &
			syms->mask);
		sym->next = *head;
		*head = i + 1;
	}
	return 0;
}

/* Takes @text, with a NUL behind its @size bytes, over, also when it fails. */
static int ksyms_take(const char *name, char *text, size_t size,
		      struct ksyms **out)
{
	struct ksyms *syms = calloc(1, sizeof(*syms));
	int err = -ENOMEM;

	*out = NULL;
	if (!syms) {
		free(text);
		goto cleanup;
	}
	syms->text = text;
	err = ksyms_lines(name, syms, size);
	if (!err)
		err = ksyms_sort(syms);
	if (err)
		goto cleanup;
	syms->hidden = !syms->list[syms->count - 1].addr;
	err = ksyms_index(syms);
cleanup:
	if (err == -ENOMEM)
		warnx("%s: %s", name, strerror(ENOMEM));
	if (err) {
		ksyms_free(syms);
		return err;
	}
	*out = syms;
	return 0;
}

int ksyms_parse(const char *name, const void *bytes, size_t size,
		struct ksyms **syms)
{
	char *text = malloc(size + 1);

	*syms = NULL;
	if (!text) {
		warnx("%s: %s", name, strerror(ENOMEM));
		return -ENOMEM;
	}
	memcpy(text, bytes, size);
	text[size] = '\0';
	return ksyms_take(name, text, size, syms);
}

/* "ADDRESS TYPE NAME": only text is of interest. */
static int is_text_line(const char *line)
{
	const char *type = strchr(line, ' ');

	return type && is_text(type[1]);
}

int ksyms_open(const char *path, struct ksyms **syms)
{
	char *text;
	size_t size;
	int err;

	*syms = NULL;
	err = strcmp(path, KSYMS_FILE) ?
		      file_read(path, &text, &size) :
		      snapshot_read(path, SNAPSHOT_DIR "/kallsyms",
				    is_text_line, &text, &size);
	if (err) {
		warnx("%s: %s", path, strerror(-err));
		return err;
	}
	return ksyms_take(path, text, size, syms);
}

void ksyms_free(struct ksyms *syms)
{
	if (!syms)
		return;
	free(syms->text);
	free(syms->list);
	free(syms->heads);
	free(syms);
}

size_t ksyms_count(const struct ksyms *syms)
{
	return syms->count;
}

int ksyms_hidden(const struct ksyms *syms)
{
	return syms->hidden;
}

/* The next symbol of the bucket that @name is in. */
static const struct ksym *ksyms_next(const struct ksyms *syms, const char *name,
				     const struct ksym *last)
{
	__u32 next = last ? last->next
			  : syms->heads[ksyms_hash(name, base_len(name)) &
					syms->mask];

	return next ? &syms->list[next - 1] : NULL;
}

const struct ksym *ksyms_find(const struct ksyms *syms, const char *name,
			      const struct ksym *last)
{
	do {
		last = ksyms_next(syms, name, last);
	} while (last && strcmp(last->name, name));
	return last;
}

const struct ksym *ksyms_find_suffixed(const struct ksyms *syms,
				       const char *name,
				       const struct ksym *last)
{
	size_t len = strlen(name);

	do {
		last = ksyms_next(syms, name, last);
	} while (last && (strncmp(last->name, name, len) ||
			  !variant_is(last->name + len)));
	return last;
}

const struct ksym *ksyms_find_in(const struct ksyms *syms, const char *name,
				 const char *module)
{
	const struct ksym *sym = NULL;

	do {
		sym = ksyms_find(syms, name, sym);
	} while (sym && strcmp(sym->module, module));
	return sym;
}

const struct ksym *ksyms_find_suffixed_in(const struct ksyms *syms,
					  const char *name, const char *module)
{
	const struct ksym *sym = NULL;

	do {
		sym = ksyms_find_suffixed(syms, name, sym);
	} while (sym && strcmp(sym->module, module));
	return sym;
}

const struct ksym *ksyms_at(const struct ksyms *syms, __u64 addr)
{
	__u32 low = 0, high = syms->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (syms->list[middle].addr <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low || syms->hidden)
		return NULL;
	for (low--; low && syms->list[low - 1].addr == syms->list[low].addr;)
		low--;
	return &syms->list[low];
}
