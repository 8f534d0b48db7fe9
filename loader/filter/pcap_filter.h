/* SPDX-License-Identifier: GPL-2.0-only */
/* Filter expressions, pcap-filter(7), compiled to classic BPF by libpcap. */
#ifndef PCAP_FILTER_H
#define PCAP_FILTER_H

#include <stdint.h>

#include "cbpf.h"

/* What a packet begins with on the interface. */
enum filter_form {
	FILTER_L2,	/* an Ethernet header */
	FILTER_L3,	/* the IP header (tun, ipip, gre) */
};

/*
 * Compiles @expression, optimised. Gives 0, *insns, to be freed, and *count;
 * -EINVAL and *message, to be freed: what libpcap says of it, or that it can never
 * match; -E2BIG and *message: it is too large; else -errno, and has said why:
 * -EOPNOTSUPP: bpfload was built without libpcap.
 *
 * The work of libpcap grows with the third power of the number of primitives, and with
 * some 5000 of them its stack overflows. So it gets long expressions in pieces, where
 * that is sure to mean the same (split.h), and runs in a process of its own. *message
 * names the piece that is wrong.
 */
int filter_pcap(const char *expression, enum filter_form form,
		struct cbpf_insn **insns, uint32_t *count, char **message);

/*
 * Does @expression read the link-layer header by offset, as "ether[0]"? Without such
 * a header, libpcap reads there from the IP header.
 */
int pcap_reads_link(const char *expression);

#endif /* PCAP_FILTER_H */
