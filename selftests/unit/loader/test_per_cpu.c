// SPDX-License-Identifier: GPL-2.0-only
#include "../../../loader/kernel/per_cpu.h"
#include "../tap.h"

static void is_last(const char *list, int want, const char *what)
{
	is_int(per_cpu_last(list), want, what);
}

int main(void)
{
	tap_plan(7);
	is_last("0\n", 0, "one CPU");
	is_last("0-1\n", 1, "two");
	is_last("0-127\n", 127, "many");
	is_last("0-3,8-11\n", 11, "two ranges");
	is_last("0,2,5", 5, "single ones");
	is_last("\n", -1, "an empty line");
	is_last("", -1, "nothing");
	return tap_done();
}
