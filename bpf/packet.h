/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a filter is given, and what it calls. A filter is classic BPF that the loader
 * makes a function of (loader/filter/ebpf.h), for a program that calls one of these:
 *
 *	int filter_ether(packet)	packets that begin with an Ethernet header
 *	int filter_l3(packet)		… with an IP header
 *	int filter_inner_ether(packet)	the same two, for the packet
 *	int filter_inner_l3(packet)	inside a tunnel's packet
 *
 * 1: it matches. Filters see the packet as it is, or will be, on the wire: a VLAN
 * tag that the kernel keeps in the sk_buff is in its place after the addresses.
 *
 * The loader includes this file, too: it must know where the head is.
 */
#ifndef PACKET_H
#define PACKET_H

#include <linux/types.h>

#define HEAD_LEN	64	/* bytes at the packet's begin that are read at once */
#define HEAD_PAD	2	/* puts the header behind Ethernet's on a word */

#define FILTER_TURNS	64	/* of loops: headers that "protochain" skips */

struct filter_packet {
	__u8 head[HEAD_LEN + 8];	/* its first bytes, from byte 0 on, or, if
					   they are an Ethernet header, HEAD_PAD */
	__u32 head_len;		/* how many there are, HEAD_LEN at most */
	__u32 len;		/* bytes of the packet */
	__u32 reach;		/* bytes of it that can be read, from the first on */
	__u32 no_l2;		/* 1: its link-layer header is to come */
	__u64 at;		/* where byte n of the packet is: address at + n for
				   n in the head, … */
	__u64 start;		/* … else start + n … */
	__u64 skb;		/* … of this: a classifier's context; or sk_buff,
				   and start is an address (the rest is for these alone) */
	__u64 page;		/* … of bytes behind the linear part: page + n */
	__u32 page_reach;	/* bytes that can be read so, from the first on; reach:
				   none of them lie in a page */
	__u32 is_unread;	/* 1: the filter wants bytes that the packet has, which
				   cannot be read */
};

/*
 * What filters call, of the program's object:
 *
 *	filter_load(packet, offset, size)	the number of @size (1, 2, 4) bytes at
 *				@offset, in network byte order, or -1: beyond the end
 *	filter_len(packet)	its length, bytes
 *	filter_type(packet)	PACKET_… of linux/if_packet.h
 *	filter_ifindex(packet)	its interface
 */

#endif /* PACKET_H */
