// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interface names and other fields of a record may hold any byte: the kernel
 * forbids only '/', ':' and white space in a device's name
 * (net/core/dev.c: dev_valid_name()). What goes to a terminal must not move
 * its cursor, what goes into JSON must be UTF-8 (RFC 3629).
 */
#include "utf8.h"

#include <string.h>

/* Room for one character as a form writes it, and a NUL. */
#define ESCAPED	8
#define AS_TEXT	5	/* the same in text: \xNN and a NUL */

size_t utf8_plain(const char *s)
{
	size_t i;

	for (i = 0; s[i] >= ' ' && s[i] < 0x7f; i++)
		if (s[i] == '"' || s[i] == '\\')
			break;
	return i;
}

static int sequence_length(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if ((lead & 0xe0) == 0xc0)
		return 2;
	if ((lead & 0xf0) == 0xe0)
		return 3;
	if ((lead & 0xf8) == 0xf0)
		return 4;
	return 0;
}

/* Overlong forms, surrogates and numbers past the last one are not allowed. */
static int is_valid(uint32_t code, int len)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };

	return code >= least[len] && code <= 0x10ffff &&
	       (code < 0xd800 || code > 0xdfff);
}

int utf8_decode(const char *s, uint32_t *code)
{
	int i, len = sequence_length(*s);

	if (len < 2) {
		*code = *s & 0x7f;
		return len;
	}
	*code = *s & (0x7f >> len);
	for (i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | (s[i] & 0x3f);
	}
	return is_valid(*code, len) ? len : 0;
}

/* Is it one that a terminal may obey: C0, DEL, C1? */
static bool is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

size_t utf8_columns(uint32_t code)
{
	static const struct {
		uint32_t first, last;
		size_t columns;
	} blocks[] = {
		{ 0x300, 0x36f, 0 },	/* combining marks */
		{ 0x1100, 0x115f, 2 },	/* Hangul */
		{ 0x200b, 0x200f, 0 },	/* merge sites, marks of direction */
		{ 0x20d0, 0x20ff, 0 },
		{ 0x2e80, 0x303e, 2 },	/* CJK */
		{ 0x3041, 0xa4cf, 2 },
		{ 0xac00, 0xd7a3, 2 },	/* Hangul */
		{ 0xf900, 0xfaff, 2 },	/* CJK */
		{ 0xfe00, 0xfe0f, 0 },	/* variation selectors */
		{ 0xfe30, 0xfe6f, 2 },
		{ 0xff00, 0xff60, 2 },	/* full width */
		{ 0xffe0, 0xffe6, 2 },
		{ 0x1f300, 0x1f64f, 2 },	/* pictures */
		{ 0x1f680, 0x1f6ff, 2 },
		{ 0x1f900, 0x1f9ff, 2 },
		{ 0x20000, 0x3fffd, 2 },	/* CJK */
	};
	size_t i;

	for (i = 0; i < sizeof(blocks) / sizeof(*blocks); i++)
		if (code <= blocks[i].last)
			return code < blocks[i].first ? 1 : blocks[i].columns;
	return 1;
}

static bool is_forbidden(uint32_t code, const struct escape *how)
{
	return is_control(code) ||
	       (how->xml && (code == 0xfffe || code == 0xffff));
}

/*
 * Writes the character at s into buf as the form wants it. Returns its length in s;
 * *as_it_is: that is its number in Unicode, and it stands there as it is.
 */
static int escape(char buf[ESCAPED], const char *s, const struct escape *how,
		  uint32_t *code, bool *as_it_is)
{
	const char *found = how->from ? strchr(how->from, *s) : NULL;
	const char *other;
	int len = utf8_decode(s, code);

	*as_it_is = false;
	if (found) {
		snprintf(buf, ESCAPED, "%s", how->to[found - how->from]);
		return 1;
	}
	if (len && !is_forbidden(*code, how)) {
		*as_it_is = true;
		memcpy(buf, s, len);
		buf[len] = '\0';
		return len;
	}
	other = len ? how->control : how->stray;
	if (!other) {
		snprintf(buf, ESCAPED, "\\x%02x", (unsigned char)*s);
		return 1;
	}
	if (len && how->number)
		snprintf(buf, ESCAPED, "%s%02x", other, (unsigned int)*code);
	else
		snprintf(buf, ESCAPED, "%s", other);
	return len ? len : 1;
}

int escape_put(FILE *out, const char *s, const struct escape *how)
{
	char buf[ESCAPED];
	uint32_t code;
	bool as_it_is;
	int len = escape(buf, s, how, &code, &as_it_is);

	fputs(buf, out);
	return len;
}

void escape_print(FILE *out, const char *s, const struct escape *how)
{
	while (*s)
		s += escape_put(out, s, how);
}

/*
 * Writes the character at *s into buf as text has it, and moves *s on. Returns how many
 * columns of a terminal it takes.
 */
static size_t escape_next(const char **s, char buf[ESCAPED])
{
	static const struct escape text;
	uint32_t code;
	bool as_it_is;

	*s += escape(buf, *s, &text, &code, &as_it_is);
	return as_it_is ? utf8_columns(code) : strlen(buf);
}

size_t utf8_print(FILE *out, const char *s)
{
	size_t plain = utf8_plain(s), columns = plain;
	char buf[ESCAPED];

	if (out)
		fwrite(s, 1, plain, out);
	for (s += plain; *s;) {
		columns += escape_next(&s, buf);
		if (out)
			fputs(buf, out);
	}
	return columns;
}

size_t utf8_cut(FILE *out, const char *s, size_t width)
{
	char buf[ESCAPED];
	size_t columns = 0, next;

	if (utf8_print(NULL, s) <= width)
		return utf8_print(out, s);
	for (;; columns += next) {
		next = escape_next(&s, buf);
		if (columns + next >= width)
			break;
		fputs(buf, out);
	}
	fputs("…", out);
	return columns + 1;
}

void utf8_line(FILE *out, const char *before, const char *s)
{
	if (!s)
		return;
	fputs(before, out);
	utf8_print(out, s);
	putc('\n', out);
}

const char *utf8_shorten(char shown[UTF8_SHOWN], const char *s)
{
	size_t used = 0;

	while (*s && used + AS_TEXT + 3 < UTF8_SHOWN) {
		escape_next(&s, shown + used);
		used += strlen(shown + used);
	}
	strcpy(shown + used, *s ? "..." : "");
	return shown;
}
