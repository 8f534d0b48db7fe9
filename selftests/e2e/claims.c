// SPDX-License-Identifier: GPL-2.0-only
/*
 * claims DIR COUNT: other CPUs have taken the numbers 1 to COUNT of packets, and have
 * not counted them yet; then an ICMP packet passes the classifier DIR/classifier, armed,
 * whose maps are pinned in DIR (BPF_PROG_TEST_RUN).
 */
#include <stdlib.h>

#include "../../bpf/bpfpath.h"
#include "pinned.h"

static void put(int fd, const void *key, const void *value)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.map_fd = fd;
	attr.key = (unsigned long)key;
	attr.value = (unsigned long)value;
	if (bpf(BPF_MAP_UPDATE_ELEM, &attr))
		err(1, "map");
}

static void pass_packet(int prog)
{
	unsigned char packet[64] = { [12] = 8, [14] = 0x45, [17] = 50, [23] = 1 };
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.test.prog_fd = prog;
	attr.test.data_in = (unsigned long)packet;
	attr.test.data_size_in = sizeof(packet);
	if (bpf(BPF_PROG_TEST_RUN, &attr))
		err(1, "test run");
}

int main(int argc, char **argv)
{
	const struct state state = { .armed_until = ~0ULL };
	const __u32 zero = 0;
	const __u8 taken = 1;
	int claims;

	if (argc != 3)
		errx(2, "usage: claims DIR COUNT");
	put(pinned_open(argv[1], "state"), &zero, &state);
	claims = pinned_open(argv[1], "claims");
	for (__u64 number = 1; number <= strtoull(argv[2], NULL, 10); number++)
		put(claims, &number, &taken);
	pass_packet(pinned_open(argv[1], "classifier"));
	return 0;
}
