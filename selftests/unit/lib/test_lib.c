// SPDX-License-Identifier: GPL-2.0-only
/* What both programs use: lists that grow, digits, hashes, hexadecimal text. */
#include "../../../lib/digits.h"
#include "../../../lib/grow.h"
#include "../../../lib/hash.h"
#include "../../../lib/hex.h"
#include "../tap.h"

#include <errno.h>

static void lists(void)
{
	static char full;
	int *list = NULL, *grown, good = 1, i;

	for (i = 0; i < 1000; i++) {
		grown = grow(list, i, sizeof(*list));
		if (!grown)
			break;
		list = grown;
		list[i] = i;
	}
	while (i-- > 0)
		good &= list[i] == i;
	ok(good, "a list grows and keeps what is in it");
	free(list);

	errno = 0;
	ok(!grow(&full, (size_t)1 << 63, 1) && errno == ENOMEM,
	   "the number of elements overflows");
	errno = 0;
	ok(!grow(NULL, (size_t)1 << 60, 16) && errno == ENOMEM,
	   "their size overflows");
}

static void reads(const char *text, unsigned int base, uint64_t max, int err,
		  uint64_t value)
{
	uint64_t got = 0;
	char what[64];

	snprintf(what, sizeof(what), "'%s' to the base %u", text, base);
	is_int(digits_read(text, base, max, &got), err, what);
	if (!err)
		is_int(got, value, what);
}

static void numbers(void)
{
	uint64_t value;

	reads("0", 10, UINT64_MAX, 0, 0);
	reads("007", 10, UINT64_MAX, 0, 7);
	reads("18446744073709551615", 10, UINT64_MAX, 0, UINT64_MAX);
	reads("18446744073709551616", 10, UINT64_MAX, -ERANGE, 0);
	reads("99999999999999999999999", 10, UINT64_MAX, -ERANGE, 0);
	reads("fFfFfFfFfFfFfFfF", 16, UINT64_MAX, 0, UINT64_MAX);
	reads("10000000000000000", 16, UINT64_MAX, -ERANGE, 0);
	reads("255", 10, 255, 0, 255);
	reads("256", 10, 255, -ERANGE, 0);
	reads("", 10, UINT64_MAX, -EINVAL, 0);
	reads("+1", 10, UINT64_MAX, -EINVAL, 0);
	reads(" 1", 10, UINT64_MAX, -EINVAL, 0);
	reads("1 ", 10, UINT64_MAX, -EINVAL, 0);
	reads("1a", 10, UINT64_MAX, -EINVAL, 0);
	reads("0x1", 16, UINT64_MAX, -EINVAL, 0);
	reads("99999999999999999999999x", 10, UINT64_MAX, -EINVAL, 0);

	is_str(digits_take("12:34", 10, 12, &value), ":34", "what follows");
	is_int(value, 12, "the number before it");
	is_str(digits_take("13:34", 10, 12, &value), NULL, "it is too great");
	is_str(digits_take(":34", 10, 12, &value), NULL, "there is none");
}

static void texts(void)
{
	char text[DIGITS_ROOM];

	is_str(digits_text(text, 0, 10), "0", "0");
	is_str(digits_text(text, UINT64_MAX, 10), "18446744073709551615",
	       "the longest number has room");
	is_str(digits_text(text, 0xfedcba98, 16), "fedcba98", "hexadecimal");
}

/* Of the test vectors of FNV's authors. */
static void hashes(void)
{
	uint64_t a = hash_bytes(HASH_START, "foo", 3);

	ok(hash_bytes(HASH_START, "", 0) == 0xcbf29ce484222325, "of nothing");
	ok(hash_bytes(HASH_START, "foobar", 6) == 0x85944171f73967e8, "of bytes");
	ok(hash_bytes(a, "bar", 3) == 0x85944171f73967e8, "in two parts");
	ok(hash_string(HASH_START, "foobar") == 0x34531ca7168b8f38,
	   "of a string and its end");
}

static void hexadecimal(void)
{
	static const uint8_t want[] = { 0x00, 0x7f, 0xa9 };
	uint8_t bytes[4];
	char text[7];

	is_int(hex_read(bytes, 4, "007fA9"), 3, "three bytes");
	ok(!memcmp(bytes, want, 3), "of either case");
	is_int(hex_read(bytes, 2, "007fa9"), 2, "not more than fit");
	is_int(hex_read(bytes, 4, "007fa"), 2, "half a byte is none");
	is_int(hex_read(bytes, 4, "00+12"), 1, "up to another character");
	is_int(hex_read(bytes, 4, ""), 0, "no bytes");
	hex_write(text, want, 3);
	is_str(text, "007fa9", "bytes as text");
}

int main(void)
{
	tap_plan(42);
	lists();
	numbers();
	texts();
	hashes();
	hexadecimal();
	return tap_done();
}
