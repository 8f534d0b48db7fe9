/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Classic BPF, the language that libpcap compiles filter expressions to. Nothing
 * here knows libpcap or the kernel. See Documentation/networking/filter.rst.
 */
#ifndef CBPF_H
#define CBPF_H

#include <stdint.h>
#include <stdio.h>

/* struct sock_filter of the kernel, struct bpf_insn of libpcap. */
#define CBPF_MAX	(1 << 20)	/* instructions of a program */

struct cbpf_insn {
	uint16_t code;
	uint8_t jt, jf;		/* instructions to skip: true, false */
	uint32_t k;
};

/*
 * 0 when @insns is a program: known instructions, jumps to instructions of it,
 * scratch memory that exists, no division by a constant 0, no shift by a
 * constant over 31, a "ret" at the end. Unconditional jumps may go back. Else
 * -EINVAL. The same rules as bpf_validate() of libpcap.
 */
int cbpf_check(const struct cbpf_insn *insns, uint32_t count);

/* Writes instruction number @at of a program much as "tcpdump -d" does. */
void cbpf_text(const struct cbpf_insn *insn, uint32_t at, FILE *out);

#endif /* CBPF_H */
