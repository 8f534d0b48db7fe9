// SPDX-License-Identifier: GPL-2.0-only
/*
 * kinds KIND RESULT [WHERE]: a program of somebody else, which gives that result for each
 * packet, at a hook that is none of tc. It says "ready", and waits to be ended, which removes
 * the program, but for a pin.
 *	cgroup-in, cgroup-out	WHERE: a cgroup's directory
 *	socket		of a UDP socket, WHERE: the port
 *	flow		flow dissector of the network namespace
 *	lwt-in, lwt-out, lwt-xmit	for ip-route(8), WHERE: the path of a pin
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "somebody.h"

static void attach(int prog, uint32_t place, int target)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.target_fd = target;
	attr.attach_bpf_fd = prog;
	attr.attach_type = place;
	if (target < 0 || somebody_bpf(BPF_PROG_ATTACH, &attr, sizeof(attr)))
		err(1, "attach");
}

static void at_cgroup(int prog, uint32_t place, const char *path)
{
	attach(prog, place, open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

static void at_netns(int prog, uint32_t place, const char *unused)
{
	(void)unused;
	attach(prog, place, 0);
}

static void at_socket(int prog, uint32_t unused, const char *port)
{
	const struct sockaddr_in to = {
		.sin_family = AF_INET, .sin_port = htons(atoi(port)),
	};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	(void)unused;
	if (fd < 0 || bind(fd, (const struct sockaddr *)&to, sizeof(to)) ||
	    setsockopt(fd, SOL_SOCKET, SO_ATTACH_BPF, &prog, sizeof(prog)))
		err(1, "the socket at port %s", port);
}

static void at_pin(int prog, uint32_t unused, const char *path)
{
	(void)unused;
	somebody_pin(prog, path);
}

static const struct kind {
	const char *name;
	uint32_t type, place;
	void (*attach)(int prog, uint32_t place, const char *where);
} kinds[] = {
	{ "cgroup-in", BPF_PROG_TYPE_CGROUP_SKB, BPF_CGROUP_INET_INGRESS, at_cgroup },
	{ "cgroup-out", BPF_PROG_TYPE_CGROUP_SKB, BPF_CGROUP_INET_EGRESS, at_cgroup },
	{ "socket", BPF_PROG_TYPE_SOCKET_FILTER, 0, at_socket },
	{ "flow", BPF_PROG_TYPE_FLOW_DISSECTOR, BPF_FLOW_DISSECTOR, at_netns },
	{ "lwt-in", BPF_PROG_TYPE_LWT_IN, 0, at_pin },
	{ "lwt-out", BPF_PROG_TYPE_LWT_OUT, 0, at_pin },
	{ "lwt-xmit", BPF_PROG_TYPE_LWT_XMIT, 0, at_pin },
};

static int load(const struct kind *kind, int result)
{
	const struct bpf_insn insns[] = { MOV(0, result), EXIT };

	return somebody_load(kind->type, kind->place, insns, 2, 1);
}

int main(int argc, char **argv)
{
	const struct kind *kind = kinds, *end = kinds + sizeof(kinds) / sizeof(*kinds);

	if (argc < 3)
		errx(2, "usage: kinds KIND RESULT [WHERE]");
	while (kind < end && strcmp(kind->name, argv[1]))
		kind++;
	if (kind == end)
		errx(2, "no kind %s", argv[1]);
	kind->attach(load(kind, atoi(argv[2])), kind->place, argc > 3 ? argv[3] : "");
	puts("ready");
	fflush(stdout);
	pause();
	return 0;
}
