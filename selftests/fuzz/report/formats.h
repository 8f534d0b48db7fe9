/* SPDX-License-Identifier: GPL-2.0-only */
/* Is what forms print for other programs what these take? */
#ifndef FORMATS_H
#define FORMATS_H

#include "../fuzz.h"

#include <stdbool.h>

/* What follows what all of one must be; each function takes one thing of JSON. */
static inline const char *json_value(const char *s);

static inline const char *json_word(const char *s, const char *word)
{
	fuzz_check(!strncmp(s, word, strlen(word)));
	return s + strlen(word);
}

static inline const char *json_string(const char *s)
{
	for (s = json_word(s, "\""); *s != '"'; s++) {
		fuzz_check((unsigned char)*s >= ' ');
		if (*s != '\\')
			continue;
		s++;
		fuzz_check(*s && strchr("\"\\/bfnrtu", *s));
		fuzz_check(*s != 'u' ||
			   strspn(s + 1, "0123456789abcdef") >= 4);
	}
	return s + 1;
}

static inline const char *json_number(const char *s)
{
	const char *digits = s + (*s == '-');

	s = digits + strspn(digits, "0123456789");
	fuzz_check(s > digits && (*digits != '0' || s == digits + 1));
	if (*s != '.')
		return s;
	fuzz_check(strspn(s + 1, "0123456789") > 0);
	return s + 1 + strspn(s + 1, "0123456789");
}

static inline const char *json_list(const char *s, bool object)
{
	const char end = object ? '}' : ']';

	if (*++s == end)
		return s + 1;
	for (;; s++) {
		if (object)
			s = json_word(json_string(s), ":");
		s = json_value(s);
		if (*s == end)
			return s + 1;
		fuzz_check(*s == ',');
	}
}

static inline const char *json_value(const char *s)
{
	switch (*s) {
	case '{':
	case '[':
		return json_list(s, *s == '{');
	case '"':
		return json_string(s);
	case 't':
		return json_word(s, "true");
	case 'f':
		return json_word(s, "false");
	case 'n':
		return json_word(s, "null");
	default:
		return json_number(s);
	}
}

/* A value in each line, without blanks. */
static inline void check_json(const char *text, size_t size)
{
	fuzz_check(strlen(text) == size);
	while (*text)
		text = json_word(json_value(text), "\n");
}

static inline uint32_t pcapng_u32(const char *at)
{
	uint32_t value;

	memcpy(&value, at, sizeof(value));
	return value;
}

/* Blocks one behind the other, whose length stands at both ends. */
static inline void check_pcapng(const char *block, size_t left)
{
	uint32_t size, interfaces = 0;

	for (; left; block += size, left -= size) {
		fuzz_check(left >= 12);
		size = pcapng_u32(block + 4);
		fuzz_check(size >= 12 && size % 4 == 0 && size <= left);
		fuzz_check(pcapng_u32(block + size - 4) == size);
		interfaces += pcapng_u32(block) == 1;
		if (pcapng_u32(block) != 6)
			continue;
		fuzz_check(pcapng_u32(block + 8) < interfaces);
		fuzz_check(pcapng_u32(block + 20) <= size - 32 &&
			   pcapng_u32(block + 20) <= pcapng_u32(block + 24));
	}
}

#endif /* FORMATS_H */
