// SPDX-License-Identifier: GPL-2.0-only
/* Where on the stack a translated program keeps M[] and the turns of its loops. */
#include "ebpf_own.h"

int ebpf_memory_at(const struct translation *it, int n)
{
	uint32_t before = it->memory & ((1U << n) - 1);

	return -WORD * (1 + __builtin_popcount(before));
}

int ebpf_turns_at(const struct translation *it, uint32_t n)
{
	return -WORD * (1 + __builtin_popcount(it->memory) + (int)n);
}
