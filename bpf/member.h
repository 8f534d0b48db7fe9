/* SPDX-License-Identifier: GPL-2.0-only */
/* A family gets one more member: a number for it, and an entry in skb_map. */
#ifndef MEMBER_H
#define MEMBER_H

#include "bpfpath.h"
#include "constants.h"
#include "helpers.h"
#include "maps.h"

/* Takes the next relative's number, 1, 2, …; 0: other CPUs took all that were tried. */
static always_inline __u32 take_member(struct family_counts *family, __u32 number)
{
	__u64 claim = (__u64)(family->derived + 1) << 32 | number;
	__u8 taken = 1;

	if (VALUE(has_fetch))
		return __sync_fetch_and_add(&family->derived, 1) + 1;
#pragma unroll
	for (int i = 0; i < 4; i++, claim += 1ULL << 32) {
		if (bpf_map_update_elem(&claims, &claim, &taken, BPF_NOEXIST))
			continue;
		__sync_fetch_and_add(&family->derived, 1);
		return claim >> 32;
	}
	return 0;
}

/* Puts a relative into skb_map. One that finds no room has its event all the same. */
static always_inline void adopt(struct family_counts *family, __u64 skb,
				const struct packet *packet)
{
	__sync_fetch_and_add(&family->live, 1);
	if (bpf_map_update_elem(&skb_map, &skb, packet, BPF_NOEXIST)) {
		__sync_fetch_and_add(&family->live, -1);
		__sync_fetch_and_add(&state.unfollowed, 1);
		return;
	}
	__sync_fetch_and_add(&state.tracked, 1);
}

#endif /* MEMBER_H */
