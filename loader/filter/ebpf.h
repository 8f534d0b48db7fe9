/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Classic BPF as extended BPF, which the kernel verifies: the body of a function
 * that a program calls with the packet (bpf/packet.h). It does what bpf_filter() of
 * libpcap does: reading beyond the packet's end and dividing by 0 mean no match. So does
 * a loop that has jumped back FILTER_TURNS times.
 *
 * A is in r7 and X in r8, the packet in r6; M[] and the counts of jumps back are on the
 * stack. Bytes of the packet's head are read from there, all others by a function of
 * the object.
 */
#ifndef EBPF_H
#define EBPF_H

#include <stdint.h>

#include "../elf/object.h"
#include "cbpf.h"

/*
 * Makes @func, to be freed by obj_func_clear(), of @count instructions. @head: where
 * in the packet's head its first byte is (0, HEAD_PAD). @places, if not NULL, gets for
 * each instruction the number of the first one that was made of it; where it cannot be
 * reached and none was made, of the next one. 0; -EINVAL: that is no program
 * (cbpf_check()); -E2BIG: a jump back is too far for an instruction; -ENOMEM.
 */
int ebpf_make(const char *name, const struct cbpf_insn *insns, uint32_t count,
	      uint32_t head, struct obj_prog *func, uint32_t *places);

#endif /* EBPF_H */
