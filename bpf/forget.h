/* SPDX-License-Identifier: GPL-2.0-only */
/* A packet is tracked no more; with the last one of a family that goes as well. */
#ifndef FORGET_H
#define FORGET_H

#include "bpfpath.h"
#include "helpers.h"
#include "maps.h"

/* The last one of a family takes it away: of several, each may try. */
static always_inline void leave_family(volatile struct family_counts *family,
				       __u32 number)
{
	__sync_fetch_and_add(&family->live, -1);
	if (!family->live && !family->lost)
		bpf_map_delete_elem(&family_map, &number);
}

static always_inline void forget(__u64 skb, struct family_counts *family, __u32 number)
{
	if (bpf_map_delete_elem(&skb_map, &skb))
		return;
	__sync_fetch_and_add(&state.tracked, -1);
	if (family)
		leave_family(family, number);
}

#endif /* FORGET_H */
