/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PRUNE_H
#define PRUNE_H

#include <linux/bpf.h>
#include <stdint.h>

/*
 * Takes out of a program what it never comes to, as its constants are. The verifier does
 * so, too, but at its end: up to nine of ten instructions are for other kernels, other
 * functions and options that the run does not have, and passes over the whole program
 * come first (kernel/bpf/verifier.c; of Linux 7.2 one that costs more than all others).
 *
 * @insns: @count instructions, a program and the functions that it calls one behind the
 * other, with their numbers in place (reloc_apply()). Returns how many are left, @count
 * when there is something in them that is not known here or is wrong: the verifier has
 * the word then. -ENOMEM.
 */
int prune(struct bpf_insn *insns, uint32_t count);

#endif /* PRUNE_H */
