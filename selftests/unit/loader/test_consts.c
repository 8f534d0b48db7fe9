// SPDX-License-Identifier: GPL-2.0-only
/* Constants: set, asked for, written, read again, and files that are none. */
#include "../../../loader/lib/consts.h"
#include "capture.h"

static char path[] = "/tmp/bpfpath-test.XXXXXX";

static void put_file(const char *text)
{
	FILE *file = fopen(path, "w");

	if (!file || fputs(text, file) < 0 || fclose(file))
		abort();
}

static char *print(const struct consts *consts)
{
	size_t size;
	char *text;
	FILE *out = open_memstream(&text, &size);

	is_int(consts_write(consts, out), 0, "constants are written");
	fclose(out);
	return text;
}

static void is_value(const struct consts *consts, const char *name,
		     uint64_t want)
{
	uint64_t value = want + 1;

	consts_get(consts, name, &value);
	is_int(value, want, name);
}

static void test_set(void)
{
	struct consts consts = {};
	uint64_t value;

	is_int(consts_get(&consts, "a", &value), -ENOENT, "none is known yet");
	is_int(consts_set(&consts, "middle", 2), 0, "one is set");
	consts_set(&consts, "last", ~0ULL);
	consts_set(&consts, "z", 0);
	consts_set(&consts, "a", 1);
	is_value(&consts, "a", 1);
	is_value(&consts, "middle", 2);
	is_value(&consts, "last", ~0ULL);
	is_value(&consts, "z", 0);
	is_int(consts_get(&consts, "m", &value), -ENOENT, "the start of a name");
	consts_set(&consts, "middle", 3);
	is_value(&consts, "middle", 3);
	is_int(consts.count, 4, "... is the same one still");
	consts_free(&consts);
}

static void test_file(void)
{
	struct consts consts = {}, again = {};
	char *text;

	consts_set(&consts, "off_net__ns__inum", 176);
	consts_set(&consts, "has_fetch", 0);
	consts_set(&consts, "all", ~0ULL);
	text = print(&consts);
	is_str(text, CONSTS_HEADER "\nall\t18446744073709551615\n"
	       "has_fetch\t0\noff_net__ns__inum\t176\n", "... by name");
	put_file(text);
	consts_set(&again, "all", 1);
	is_int(consts_read(&again, path), 0, "they are read");
	is_int(again.count, 3, "... all");
	is_value(&again, "all", ~0ULL);
	is_value(&again, "off_net__ns__inum", 176);
	free(text);
	consts_free(&consts);
	consts_free(&again);
}

/* @line: the number of the line that is said to be wrong. */
static void is_refused(const char *what, const char *text, int line)
{
	struct consts consts = {};
	char want[96];

	put_file(text);
	capture_begin();
	is_int(consts_read(&consts, path), -EINVAL, what);
	snprintf(want, sizeof(want), "bpfpath: %s: line %d: no constant", path,
		 line);
	is_str(capture_end(), want, "... is said");
	consts_free(&consts);
}

static void test_missing(void)
{
	struct consts consts = {};

	capture_begin();
	is_int(consts_read(&consts, "/nonexistent"), -ENOENT, "no such file");
	is_str(capture_end(), "bpfpath: /nonexistent: No such file or directory",
	       "... is said");
}

int main(void)
{
	int fd = mkstemp(path);

	tap_plan(33);
	test_set();
	test_file();
	is_refused("an empty file", "", 0);
	is_refused("no header", "a\t1\n", 1);
	is_refused("no value", CONSTS_HEADER "\na\t1\nb\n", 3);
	is_refused("a negative one", CONSTS_HEADER "\na\t-1\n", 2);
	is_refused("one with a letter", CONSTS_HEADER "\na\t1x\n", 2);
	is_refused("no name", CONSTS_HEADER "\n\t1\n", 2);
	is_refused("an empty value", CONSTS_HEADER "\na\t\n", 2);
	is_refused("more than 64 bits",
		   CONSTS_HEADER "\na\t18446744073709551616\n", 2);
	test_missing();
	close(fd);
	unlink(path);
	return tap_done();
}
