// SPDX-License-Identifier: GPL-2.0-only
/* Lines that a terminal has no room for. */
#include "harness.h"
#include "../../../report/format/wrap.h"
#include "../../../report/input/utf8.h"

/* Is want what a terminal of width columns gets of text? */
static void wraps(size_t width, const char *text, const char *want,
		  const char *what)
{
	const struct term t = { .any = true, .width = width };
	char *got;
	size_t size;
	FILE *out = open_memstream(&got, &size);
	FILE *wrapped = wrap_begin(out, &t);

	fputs(text, wrapped);
	wrap_end(wrapped, out);
	fclose(out);
	is_str(got, want, what);
	free(got);
}

static void test_words(void)
{
	wraps(20, "twenty columns it is\n", "twenty columns it is\n",
	      "a line that just fits");
	wraps(20, "twenty columns it was\n", "twenty columns it\n    was\n",
	      "one column more");
	wraps(20, "  and this line that is indented\n",
	      "  and this line that\n      is indented\n", "an indented one");
	wraps(20, "one two three four five six seven eight\n",
	      "one two three four\n    five six seven\n    eight\n", "three lines");
	wraps(20, "a aVeryLongWordOfALine2 b\n",
	      "a\n    aVeryLongWordOfALine2\n    b\n",
	      "a word that is longer than a line stays whole");
	wraps(20, "  aVeryLongWordOfALine2 b\n",
	      "  aVeryLongWordOfALine2\n      b\n", "... also the first one");
	wraps(20, "cells      far    apart, and more\n",
	      "cells      far\n    apart, and more\n",
	      "spaces between words stay, but at the break");
	wraps(20, "            far right it is\n",
	      "            far\n    right it is\n",
	      "what stands far right goes on at the left");
	wraps(20, "\n\nno end", "\n\nno end", "empty lines; a line without an end");
	wraps(0, "a terminal whose width is not known\n",
	      "a terminal whose width is not known\n", "no width");
}

static void test_commands(void)
{
	wraps(30, "  look at: ip neigh; ip link show dev a\n",
	      "  look at: ip neigh;\n      ip link show dev a\n",
	      "a command stays in one piece");
	wraps(30, "  look at: ip neigh; ip -s link show dev veth-a\n",
	      "  look at: ip neigh; ip -s\n      link show dev veth-a\n",
	      "... if it fits into a line");
	wraps(30, "  it means: a cause; or another one\n",
	      "  it means: a cause; or\n      another one\n",
	      "words are no commands");
}

static void test_columns(void)
{
	wraps(20, "\033[31mtwenty columns it is\033[0m\n",
	      "\033[31mtwenty columns it is\033[0m\n", "colour takes none");
	wraps(20, "\033[31m  twenty columns it is\033[0m\n",
	      "\033[31m  twenty columns it\n      is\033[0m\n",
	      "... also where the line is indented");
	wraps(20, "äußere Öffnungen für\n", "äußere Öffnungen für\n",
	      "a character of two bytes is one column");
	wraps(20, "漢字漢字漢字 漢字漢\n", "漢字漢字漢字 漢字漢\n",
	      "a wide one takes two: 19 fit");
	wraps(20, "漢字漢字漢字 漢字漢字\n", "漢字漢字漢字\n    漢字漢字\n",
	      "... and 21 do not");
	is_int(utf8_print(NULL, "e\xcc\x81" "a"), 2, "a mark takes none");
	is_int(utf8_print(NULL, "\xf0\x9f\x90\xa7"), 2, "a picture takes two");
	is_int(utf8_print(NULL, "…→é"), 3, "others take one");
}

/* A window that becomes narrower between two lines. */
static void test_resize(void)
{
	struct term t = { .any = true, .width = 40 };
	char *got;
	size_t size;
	FILE *out = open_memstream(&got, &size);
	FILE *wrapped = wrap_begin(out, &t);

	fputs("a line of thirty columns is it\n", wrapped);
	fflush(wrapped);
	t.width = 20;
	fputs("a line of thirty columns is it\n", wrapped);
	wrap_end(wrapped, out);
	fclose(out);
	is_str(got, "a line of thirty columns is it\n"
	       "a line of thirty\n    columns is it\n",
	       "the width is that of the moment");
	free(got);
}

static void test_elsewhere(void)
{
	const struct term none = { .any = false };

	ok(wrap_begin(stderr, &none) == stderr,
	   "what is no terminal is written to as it is");
}

int main(void)
{
	tap_plan(10 + 3 + 8 + 1 + 1);
	test_words();
	test_commands();
	test_columns();
	test_resize();
	test_elsewhere();
	return tap_done();
}
