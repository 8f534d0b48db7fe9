// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload tcx DIR: attaches classifiers by tcx (Linux 6.6), before all other programs of
 * the same interface and hook, where stdin says so (places.h). The program is DIR/HOOK_FORM;
 * where that one is attached already, and somebody has gone in front of it, its copy
 * DIR/HOOK_FORM_2, and the other way round: the kernel takes none twice, and so packets
 * are selected meanwhile. The link is pinned as DIR/tcx/NETNS-IFINDEX-HOOK, where it
 * takes the place of an older one, which is so detached.
 *
 * Prints a line for each that has failed: its number, and why, separated by a tab. Exit
 * status: 0, also when some have failed; 1; 4: this kernel has no tcx, and nothing is attached.
 */
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attach/choose.h"
#include "attach/trial.h"
#include "cmd.h"
#include "kernel/sys.h"
#include "places.h"

static int program_open(const char *dir, const struct place *place,
			const char *copy)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s_%s%s", dir, place->hook, place->form,
		 copy);
	return sys_pin_get(path);
}

/* The link, or -errno. */
static int link_program(const char *dir, const struct place *place,
			const char *copy)
{
	int prog = program_open(dir, place, copy), link;

	if (prog < 0)
		return prog;
	link = sys_link_tcx(prog, place->ifindex,
			    place->egress ? ATTACH_TCX_EGRESS :
					    ATTACH_TCX_INGRESS);
	close(prog);
	return link;
}

/* Pins the new link and lets go the old one, in this order. */
static int pin_link(int link, const char *dir, const struct place *place)
{
	char path[PATH_MAX], made[PATH_MAX + sizeof("-new")];
	int err;

	place_pin(path, dir, place);
	snprintf(made, sizeof(made), "%s-new", path);
	err = sys_pin(link, made);
	if (!err && rename(made, path)) {
		err = -errno;
		unlink(made);
	}
	return err;
}

static int attach(void *ctx, const struct place *place, unsigned int line)
{
	const char *dir = ctx;
	int link = link_program(dir, place, ""), err;

	if (link == -EEXIST)
		link = link_program(dir, place, "_2");
	err = link < 0 ? link : pin_link(link, dir, place);
	if (link >= 0)
		close(link);
	if (err)
		printf("%u\t%s\n", line, strerror(-err));
	return 0;
}

int cmd_tcx(int argc, char **argv)
{
	char path[PATH_MAX];

	if (argc != 2) {
		warnx("usage: bpfload tcx DIR <PLACES");
		return 2;
	}
	if (trial_tcx())
		return STATUS_CANNOT;
	snprintf(path, sizeof(path), "%s/tcx", argv[1]);
	if (mkdir(path, 0700) && errno != EEXIST) {
		warn("%s", path);
		return 1;
	}
	return places_visit(attach, argv[1]) ? 1 : 0;
}
