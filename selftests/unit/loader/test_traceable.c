// SPDX-License-Identifier: GPL-2.0-only
/* Which addresses ftrace can trace, by its list. */
#include "../../../loader/syms/traceable.h"
#include "capture.h"

#define START 0xffffffff81000000ULL

static char dir[] = "/tmp/bpfpath-test.XXXXXX";
static char path[96];

static struct traceable *open_list(const char *text)
{
	FILE *file = fopen(path, "w");
	struct traceable *traceable;

	if (!file || fputs(text, file) < 0 || fclose(file))
		abort();
	is_int(traceable_open(dir, &traceable), 0, "a list is read");
	return traceable;
}

static void test_distance(void)
{
	struct traceable *it = open_list("ffffffff81000000 ip_rcv\n");

	ok(traceable_has(it, START), "at the function's start");
	ok(traceable_has(it, START - 4), "4 bytes behind it");
	ok(traceable_has(it, START - 15), "15 bytes behind it");
	ok(!traceable_has(it, START - 16), "not 16 bytes behind it");
	ok(!traceable_has(it, START + 1), "not before it");
	ok(!traceable_has(it, 0), "not for no address");
	traceable_free(it);
}

static void test_order(void)
{
	struct traceable *it = open_list(
		"ffffffffc0000010 veth_xmit [veth]\n"
		"ffffffff81000000 ip_rcv\n"
		"ffffffff81000040 ip_output\n"
		"ffffffff81000020 twin\n"
		"ffffffff81000020 twin");

	ok(traceable_has(it, START), "the second line");
	ok(traceable_has(it, START + 0x20), "one that stands there twice");
	ok(traceable_has(it, START + 0x40), "one behind it");
	ok(traceable_has(it, 0xffffffffc000000cULL), "one of a module");
	ok(!traceable_has(it, START + 0x10), "one between two others");
	ok(!traceable_has(it, ~0ULL), "one behind all");
	traceable_free(it);
}

static void test_empty(void)
{
	struct traceable *it = open_list("");

	ok(!traceable_has(it, START), "an empty list has nothing");
	traceable_free(it);
}

static void test_none(void)
{
	struct traceable *it;

	unlink(path);
	is_int(traceable_open(dir, &it), -ENOENT, "no list");
	ok(!it, "... gives nothing");
	traceable_free(it);
}

int main(void)
{
	tap_plan(18);
	if (!mkdtemp(dir))
		abort();
	snprintf(path, sizeof(path), "%s/available_filter_functions_addrs", dir);
	test_distance();
	test_order();
	test_empty();
	test_none();
	rmdir(dir);
	return tap_done();
}
