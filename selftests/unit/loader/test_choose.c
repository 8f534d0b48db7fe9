// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which mechanism is taken. The kernel is made up: the table and its question
 * stand here in place of mechanisms.c, which the linker then leaves out.
 */
#include "../../../loader/attach/choose.h"
#include "capture.h"

const struct mechanism mechanisms[] = {
	{ .kind = "attach", .name = "tracepoint", .gives = "some" },
	{ .kind = "attach", .name = "fentry", .gives = "fast" },
	{ .kind = "attach", .name = "multi", .gives = "all at once" },
	{ .kind = "attach", .name = "kprobe", .gives = "all" },
	{ .kind = "read", .name = "pipe", .gives = "lines" },
	{ .kind = "read", .name = "map", .gives = "slots" },
	{ .kind = "read", .name = "ring", .gives = "events" },
	{ .kind = "needs", .name = "BTF", .gives = "names" },
};

const size_t mechanism_count = sizeof(mechanisms) / sizeof(*mechanisms);

static const char *usable;	/* names, with a space around each */

int mechanism_usable(const struct mechanism *mechanism, char *why, size_t size)
{
	char name[32];

	snprintf(name, sizeof(name), " %s ", mechanism->name);
	if (strstr(usable, name))
		return 1;
	snprintf(why, size, "lacks %s", mechanism->name);
	return 0;
}

/* How many functions, or READ. */
enum { FEW, MANY, READ };

/* Of the mechanisms @here one is taken (or none), and that is said. */
static void is_chosen(const char *here, const char *wish, int of, int quiet,
		      const char *want, const char *says)
{
	const struct mechanism *chosen = NULL;
	char what[128];
	int ret;

	snprintf(what, sizeof(what), "%s of%s(%d%s): ", wish, here, of,
		 quiet ? ", quiet" : "");
	usable = here;
	capture_begin();
	ret = of == READ ? choose_read(wish, quiet, &chosen) :
			   choose_attach(wish, of == MANY, quiet, &chosen);
	is_str(capture_end(), says, what);
	is_str(ret ? NULL : chosen->name, want, "... what is taken");
}

static void test_auto(void)
{
	is_chosen(" kprobe multi fentry tracepoint ", "auto", FEW, 0, "kprobe",
		  "bpfpath: using kprobe");
	is_chosen(" kprobe multi fentry tracepoint ", "auto", MANY, 0, "multi",
		  "bpfpath: using multi");
	is_chosen(" kprobe multi ", "auto", MANY, 1, "multi", "");
	is_chosen(" kprobe fentry ", "auto", MANY, 0, "kprobe",
		  "bpfpath: no multi (lacks multi): using kprobe, which gives all");
	is_chosen(" multi fentry ", "auto", FEW, 0, "multi",
		  "bpfpath: no kprobe (lacks kprobe): using multi, "
		  "which gives all at once");
	is_chosen(" fentry tracepoint ", "auto", FEW, 0, "fentry",
		  "bpfpath: no kprobe (lacks kprobe): using fentry, "
		  "which gives fast");
	is_chosen(" tracepoint ", "auto", MANY, 1, "tracepoint", "");
	is_chosen(" ", "auto", MANY, 1, NULL,
		  "bpfpath: this kernel offers no way to attach: lacks multi");
}

static void test_read(void)
{
	is_chosen(" ring map pipe ", "auto", READ, 0, "ring", "");
	is_chosen(" map pipe ", "auto", READ, 0, "map",
		  "bpfpath: no ring (lacks ring): using map, which gives slots");
	is_chosen(" pipe ", "auto", READ, 1, "pipe", "");
	is_chosen(" kprobe ", "auto", READ, 0, NULL,
		  "bpfpath: this kernel offers no way to read: lacks ring");
}

static void is_status(const char *wish, int want)
{
	const struct mechanism *chosen;

	capture_begin();
	is_int(choose_attach(wish, 0, 0, &chosen), want, "... the exit status");
	capture_end();
}

static void test_named(void)
{
	is_chosen(" fentry kprobe ", "fentry", FEW, 0, "fentry", "");
	is_chosen(" kprobe ", "multi", MANY, 1, NULL,
		  "bpfpath: attach by multi: lacks multi");
	is_status("multi", STATUS_CANNOT);
	is_chosen(" ring BTF ", "ring", MANY, 0, NULL,
		  "bpfpath: attach by 'ring': no such mechanism");
	is_status("BTF", STATUS_USAGE);
	is_chosen(" map ", "map", READ, 0, "map", "");
}

int main(void)
{
	tap_plan(34);
	test_auto();
	test_read();
	test_named();
	return tap_done();
}
