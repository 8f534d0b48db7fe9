/* SPDX-License-Identifier: GPL-2.0-only */
/* Filter expressions, pcap-filter(7), compiled to classic BPF by libpcap. */
#ifndef PCAP_FILTER_H
#define PCAP_FILTER_H

#include "cbpf_c.h"

/* What a packet begins with on the interface. */
enum filter_link {
	FILTER_LINK_ETHER,	/* an Ethernet header */
	FILTER_LINK_RAW,	/* the IP header (tun, ipip, gre) */
};

/*
 * Compiles @expression, optimised. Gives 0, *insns, to be freed, and *count;
 * or -EINVAL (what libpcap says of it has been printed), -ENOMEM, or
 * -EOPNOTSUPP: built without libpcap, which has been said too.
 */
int pcap_filter(const char *expression, enum filter_link link,
		struct cbpf_insn **insns, __u32 *count);

#endif /* PCAP_FILTER_H */
