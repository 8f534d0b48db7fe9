// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload front [--xdp] DIR: which programs see packets before the classifier of the run that has
 * its pins in DIR, at the interfaces and hooks that stdin tells (places.h). Prints a line
 * for each program, in the order in which they see a packet, below a header line; columns
 * are separated by one tab:
 *
 *	#bpfpath-front-1 netns ifindex hook kind id name
 *
 * kind		tcx: it is at that hook of the interface, and sees packets before all filters
 *		of tc do; netkit: it sees what the other device of the pair sends, which is
 *		what arrives here; with --xdp also xdp: it sees what arrives before there is
 *		an sk_buff
 * id, name	the program's; "-": the kernel does not tell the name
 *
 * Exit status: 4: this kernel has neither tcx nor netkit.
 *
 * Classifiers of other runs pass all packets on, and are left out. A classifier that is
 * a filter of tc comes behind all programs that are told of here.
 */
#include <err.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/grow.h"
#include "attach/choose.h"
#include "attach/trial.h"
#include "cmd.h"
#include "kernel/netdevs.h"
#include "kernel/sys.h"
#include "places.h"

#define OURS	"bpfpath"	/* the function in bpf/classifier.c */

/* What stands for our program at a place: the link that "bpfload tcx" has pinned. 0: none. */
static uint32_t own_program(const char *dir, const struct place *place)
{
	char path[PATH_MAX];
	uint32_t id = 0;
	int fd;

	place_pin(path, dir, place);
	fd = sys_pin_get(path);
	if (fd < 0)
		return 0;
	if (sys_link_prog(fd, &id))
		id = 0;
	close(fd);
	return id;
}

/* The name stays empty where the kernel does not tell it. */
static void get_info(uint32_t id, struct prog_info *info)
{
	int fd = sys_prog_open(id);

	*info = (struct prog_info){ .id = id };
	if (fd < 0)
		return;
	sys_prog_info(fd, info);
	close(fd);
}

struct front {
	const char *dir;
	int with_xdp;
	ino_t netns;		/* whose interfaces with programs of XDP these are */
	struct netdev *xdp;
	size_t count;
};

static void print_program(const struct place *place, const char *kind, uint32_t id)
{
	struct prog_info info;

	get_info(id, &info);
	if (!strcmp(info.name, OURS))
		return;
	printf("%lu\t%d\t%s\t%s\t%u\t%s\n", (unsigned long)place->netns,
	       place->ifindex, place->hook, kind, info.id,
	       *info.name ? info.name : "-");
}

/* The programs of one kind at a place, up to our own. */
static void print_programs(const struct place *place, const char *kind,
			   uint32_t type, uint32_t own)
{
	uint32_t ids[DEVICE_PROGS];
	int count = sys_device_progs(place->ifindex, type, ids);

	for (int i = 0; i < count && ids[i] != own; i++)
		print_program(place, kind, ids[i]);
}

static void take_netdev(void *ctx, const struct netdev *netdev)
{
	struct front *front = ctx;
	void *grown;

	if (!netdev->xdp)
		return;
	grown = grow(front->xdp, front->count, sizeof(*front->xdp));
	if (!grown)
		return;
	front->xdp = grown;
	front->xdp[front->count++] = *netdev;
}

/* The namespace that we are in by now is another one. */
static void find_xdp(struct front *front, ino_t netns)
{
	int fd = netdevs_open(), err;

	front->netns = netns;
	front->count = 0;
	if (fd < 0)
		return;
	err = netdevs_ask(fd);
	while (!err)
		err = netdevs_read(fd, take_netdev, front);
	if (err < 0)
		warnx("programs of XDP: %s", strerror(-err));
	close(fd);
}

static void print_xdp(struct front *front, const struct place *place)
{
	if (front->netns != place->netns)
		find_xdp(front, place->netns);
	for (size_t i = 0; i < front->count; i++)
		if (front->xdp[i].index == place->ifindex)
			print_program(place, "xdp", front->xdp[i].xdp);
}

/* Programs of a netkit pair hang on its primary device, which alone tells of them. */
static int print_front(void *ctx, const struct place *place, unsigned int line)
{
	struct front *front = ctx;

	(void)line;
	if (front->with_xdp && !place->egress)
		print_xdp(front, place);
	if (!place->egress)
		print_programs(place, "netkit", ATTACH_NETKIT_PEER, 0);
	print_programs(place, "tcx",
		       place->egress ? ATTACH_TCX_EGRESS : ATTACH_TCX_INGRESS,
		       own_program(front->dir, place));
	return 0;
}

int cmd_front(int argc, char **argv)
{
	struct front front = {};
	int err;

	front.with_xdp = argc > 1 && !strcmp(argv[1], "--xdp");
	if (argc != 2 + front.with_xdp) {
		warnx("usage: bpfload front [--xdp] DIR <PLACES");
		return 2;
	}
	front.dir = argv[argc - 1];
	puts("#bpfpath-front-1\tnetns\tifindex\thook\tkind\tid\tname");
	err = places_visit(print_front, &front);
	free(front.xdp);
	if (err)
		return 1;
	return trial_tcx() ? STATUS_CANNOT : 0;
}
