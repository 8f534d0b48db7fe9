// SPDX-License-Identifier: GPL-2.0-only
/* Which functions the kernel's files name. */
#include "../../../loader/plan/probeable.h"
#include "capture.h"

static const struct ksym ip_rcv = { .name = "ip_rcv" };
static const struct ksym moved = { .name = "moved.isra.0" };
static const struct ksym xmit = { .name = "xmit" };

static struct found list[] = {
	{ .name = "inlined", .module = "" },
	{ .name = "ip_rcv", .module = "", .sym = &ip_rcv },
	{ .name = "moved", .module = "", .sym = &moved },
	{ .name = "xmit", .module = "", .sym = &xmit },
	{ .name = "xmit", .module = "veth", .sym = &xmit },
};

static struct discovery found = { .list = list, .count = 5 };

static int mark(const char *text, enum mark mark)
{
	char path[] = "/tmp/bpfpath-test.XXXXXX";
	int fd = mkstemp(path), err;

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		abort();
	close(fd);
	err = probeable_mark(&found, path, mark);
	unlink(path);
	return err;
}

int main(void)
{
	tap_plan(13);
	is_int(probeable_mark(&found, "/nonexistent", MARK_TRACEABLE), -ENOENT,
	       "a file that is not there");
	ok(probeable_is(&found, &list[0]), "... then all may be traced");
	is_int(mark("ip_rcv\nmoved.isra.0\nmoved\nxmit [veth]\ninlined\n"
		    "a\xff b\n[c]\n\nlast", MARK_TRACEABLE), 0,
	       "available_filter_functions");
	ok(!probeable_is(&found, &list[0]), "inlined: has no code");
	ok(probeable_is(&found, &list[1]), "ip_rcv: named");
	ok(probeable_is(&found, &list[2]), "moved: by its symbol");
	ok(!probeable_is(&found, &list[3]), "xmit of vmlinux: not named");
	ok(probeable_is(&found, &list[4]), "xmit of veth: named");
	is_int(mark("0xffffffff81000000-0xffffffff81000010\tip_rcv\n"
		    "0xffffffffa1000000-0xffffffffa1000010\txmit [veth]\n",
		    MARK_BLACKLISTED), 0, "the black list of kprobes");
	is_int(list[1].marks, MARK_TRACEABLE | MARK_BLACKLISTED,
	       "ip_rcv: on it");
	is_int(list[2].marks, MARK_TRACEABLE, "moved: not on it");
	is_int(list[3].marks, 0, "xmit of vmlinux: not on it");
	is_int(list[4].marks, MARK_TRACEABLE | MARK_BLACKLISTED,
	       "xmit of veth: on it");
	return tap_done();
}
