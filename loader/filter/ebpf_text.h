/* SPDX-License-Identifier: GPL-2.0-only */
/* Filters as text, for people: what was made of which instruction. */
#ifndef EBPF_TEXT_H
#define EBPF_TEXT_H

#include <stdint.h>
#include <stdio.h>

#include "cbpf.h"

/*
 * Translates a program as ebpf_make() does, and writes each instruction of classic
 * BPF (cbpf_text()) and below it those made of it, numbered, in the notation of
 * the kernel's verifier. 0, or what ebpf_make() gives.
 */
int ebpf_text(const char *name, const struct cbpf_insn *insns, uint32_t count,
	      uint32_t head, FILE *out);

#endif /* EBPF_TEXT_H */
