/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a tunnel has to do with a packet, as the sk_buff tells: the tunnel's id goes with a
 * packet that has left a tunnel, or is to enter one, where the device or a program says which
 * (external; struct metadata_dst); where the inner headers are is told from the time on at
 * which the outer ones are put before them. Both are gone when the kernel forgets them.
 */
#ifndef TUNNEL_FIELDS_H
#define TUNNEL_FIELDS_H

#include "bpfpath.h"
#include "constants.h"
#include "fclone.h"
#include "flow.h"
#include "read.h"

#define DST_METADATA		0x80	/* dst_entry.flags, include/net/dst.h */
#define METADATA_IP_TUNNEL	0	/* metadata_dst.type, include/net/dst_metadata.h */

/* The metadata of a tunnel that goes with it in place of a route; 0: none. */
static always_inline __u64 metadata_of(__u64 skb)
{
	__u64 dst = read_u64(skb, OFFSET(sk_buff, _skb_refdst)) & ~3ULL;

	if (!dst || !OFFSET(metadata_dst, type) || fclone_of(skb) == FCLONE_ORIGINAL ||
	    !(read_u16(dst, OFFSET(dst_entry, flags)) & DST_METADATA) ||
	    read_u64(dst, OFFSET(dst_entry, dev)) ||
	    read_u32(dst, OFFSET(metadata_dst, type)) != METADATA_IP_TUNNEL)
		return 0;
	return dst;
}

/* The address of the inner network header; 0: it has none, or it is not known. */
static always_inline __u64 inner_header(__u64 skb)
{
	__u16 outer = read_u16(skb, OFFSET(sk_buff, network_header));
	__u16 inner = read_u16(skb, OFFSET(sk_buff, inner_network_header));

	if (!WIDTH(sk_buff, encapsulation) || !READ_BITS(skb, sk_buff, encapsulation) ||
	    inner <= outer)
		return 0;
	return read_u64(skb, OFFSET(sk_buff, head)) + inner;
}

static always_inline void read_inner(__u64 skb, struct flow *flow)
{
	__u64 header = inner_header(skb);
	__u8 first = header ? read_u8(header, 0) : 0;

	if (is_version(0, first, 4) && (first & 15) >= IP4_LEN / 4)
		read_flow4(flow, header, linear_end(skb));
	else if (is_version(0, first, 6))
		read_flow6(flow, header, linear_end(skb));
}

hidden int take_tunnel(__u64 skb, struct tunnel_fields *to)
{
	__u64 dst = metadata_of(skb);

	*to = (struct tunnel_fields){ .has_id = !!dst };
	if (dst)
		to->id = to_be64(read_u64(dst, OFFSET(metadata_dst,
						      u__tun_info__key__tun_id)));
	read_inner(skb, &to->inner);
	return 0;
}

#endif /* TUNNEL_FIELDS_H */
