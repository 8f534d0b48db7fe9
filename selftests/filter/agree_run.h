/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * agree.bpf.c in the kernel. Apart from agree.c because <linux/bpf.h> and
 * <pcap/pcap.h> both have a struct bpf_insn.
 */
#ifndef AGREE_RUN_H
#define AGREE_RUN_H

#include <stdint.h>

/* Loads the program of an object file. A descriptor or -errno. */
int agree_load(const char *path);

/* Has the frame a VLAN tag of a kind that the kernel keeps in the sk_buff? */
int agree_has_tag(const uint8_t *frame, uint32_t len);

/*
 * BPF_PROG_TEST_RUN: what the program returns, or -errno. With @take_tag the
 * frame's first tag is taken out and put into the sk_buff.
 */
int agree_run(int prog, const uint8_t *frame, uint32_t len, int take_tag);

#endif /* AGREE_RUN_H */
