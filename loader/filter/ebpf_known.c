// SPDX-License-Identifier: GPL-2.0-only
#include <linux/filter.h>
#include <string.h>

#include "../../bpf/packet.h"
#include "ebpf_own.h"

#define NOT_SEEN	0xff	/* no path to there is known yet */

uint32_t ebpf_load_end(const struct cbpf_insn *insn)
{
	static const uint32_t bytes[4] = { 4, 2, 1 };
	uint32_t size = bytes[BPF_SIZE(insn->code) >> 3];

	switch (insn->code & 0xff07) {
	case BPF_LD:
	case BPF_LDX:
		break;
	default:
		return 0;
	}
	if ((BPF_MODE(insn->code) != BPF_ABS && BPF_MODE(insn->code) != BPF_MSH) ||
	    insn->k > HEAD_LEN - size)
		return 0;
	return insn->k + size;
}

/* Instruction @at can be reached with so many bytes. */
static void reach(struct translation *it, uint32_t at, uint8_t bytes)
{
	if (bytes < it->known[at])
		it->known[at] = bytes;
}

static void follow(struct translation *it, uint32_t at)
{
	const struct cbpf_insn *insn = &it->insns[at];
	uint32_t end = ebpf_load_end(insn);
	uint8_t bytes = it->known[at];

	if (end > bytes)
		bytes = end;
	if (BPF_CLASS(insn->code) == BPF_RET)
		return;
	if (insn->code == (BPF_JMP | BPF_JA)) {
		reach(it, at + 1 + insn->k, bytes);
	} else if (BPF_CLASS(insn->code) == BPF_JMP) {
		reach(it, at + 1 + insn->jt, bytes);
		reach(it, at + 1 + insn->jf, bytes);
	} else {
		reach(it, at + 1, bytes);
	}
}

/* Without jumps back, all paths to an instruction come from before. */
void ebpf_see_known(struct translation *it)
{
	memset(it->known, NOT_SEEN, it->count);
	it->known[0] = 0;
	for (uint32_t i = 0; i < it->count; i++)
		if (ebpf_is_back(&it->insns[i]))
			memset(it->known, 0, it->count);
	for (uint32_t i = 0; i < it->count; i++)
		if (it->known[i] != NOT_SEEN)
			follow(it, i);
}
