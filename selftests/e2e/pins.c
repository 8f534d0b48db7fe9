// SPDX-License-Identifier: GPL-2.0-only
/*
 * pins DIR: what is in the maps of the run that has its pins there, in a line:
 *
 *	tracked N selected N untracked N orphans N skb_map N family_map N
 *
 * The first four are counts of "state" (orphans: relatives that are not followed), the
 * last two are numbers of entries.
 */
#include <stdio.h>

#include "../../bpf/bpfpath.h"
#include "pinned.h"

static struct state read_state(const char *dir)
{
	struct state state;
	union bpf_attr attr;
	__u32 key = 0;

	memset(&attr, 0, sizeof(attr));
	attr.map_fd = pinned_open(dir, "state");
	attr.key = (unsigned long)&key;
	attr.value = (unsigned long)&state;
	if (bpf(BPF_MAP_LOOKUP_ELEM, &attr))
		err(1, "state");
	return state;
}

/* Keys have 8 bytes at most; those that come and go meanwhile may be missed. */
static unsigned int count_entries(const char *dir, const char *name)
{
	union bpf_attr attr;
	unsigned int count = 0;
	__u64 key;

	memset(&attr, 0, sizeof(attr));
	attr.map_fd = pinned_open(dir, name);
	attr.next_key = (unsigned long)&key;
	while (!bpf(BPF_MAP_GET_NEXT_KEY, &attr)) {
		attr.key = (unsigned long)&key;
		count++;
	}
	return count;
}

int main(int argc, char **argv)
{
	struct state state;

	if (argc != 2)
		errx(2, "usage: pins DIR");
	state = read_state(argv[1]);
	printf("tracked %llu selected %llu untracked %llu orphans %llu skb_map %u family_map %u\n",
	       (unsigned long long)state.tracked,
	       (unsigned long long)state.selected,
	       (unsigned long long)(state.untracked + state.late),
	       (unsigned long long)state.unfollowed,
	       count_entries(argv[1], "skb_map"),
	       count_entries(argv[1], "family_map"));
	return 0;
}
