/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * agree.bpf.c in the kernel, with a filter as a run has one. Apart from agree.c
 * because <linux/bpf.h> and <pcap/pcap.h> both have a struct bpf_insn.
 */
#ifndef AGREE_RUN_H
#define AGREE_RUN_H

#include <stdint.h>

#include "../../loader/filter/cbpf.h"

/*
 * What programs are loaded with from now on: filters for frames and for IP packets,
 * as "bpfload filter" writes them into a file and who loads programs reads it. 0 or
 * -errno, and has said why. agree_insns(): classic BPF for both, instead of an
 * expression.
 */
int agree_filter(const char *expression, const char *inner);
int agree_insns(const struct cbpf_insn *insns, uint32_t count);

/*
 * Loads the program of the object file @path: @is_l3: it looks at packets from the
 * network header on. A descriptor or -errno, and has said why. *work, if not NULL: how
 * many instructions the verifier went through; 0: this kernel does not tell (5.16).
 */
int agree_load(const char *path, int is_l3, uint32_t *work);

/* Has the frame a VLAN tag of a kind that the kernel keeps in the sk_buff? */
int agree_has_tag(const uint8_t *frame, uint32_t len);

/*
 * BPF_PROG_TEST_RUN: what the program returns, or -errno. With @take_tag the
 * frame's first tag is taken out and put into the sk_buff.
 */
int agree_run(int prog, const uint8_t *frame, uint32_t len, int take_tag);

#endif /* AGREE_RUN_H */
