/* SPDX-License-Identifier: GPL-2.0-only */
/* What an instruction of a BPF program is (linux/bpf.h). */
#ifndef INSN_H
#define INSN_H

#include <linux/bpf.h>
#include <stdbool.h>

#define LD_IMM64 (BPF_LD | BPF_IMM | BPF_DW) /* the first of two */

/* Does it call a function of the program itself? */
static inline bool insn_is_call(const struct bpf_insn *insn)
{
	return insn->code == (BPF_JMP | BPF_CALL) &&
	       insn->src_reg == BPF_PSEUDO_CALL;
}

#endif /* INSN_H */
