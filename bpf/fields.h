/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Members of a packet that the user asks for by name. Which these are, the loader knows
 * when it loads a program: it makes the functions that read them (loader/fields/).
 *
 *	read_fields(skb, tcp, kept, to)	writes as many struct field_value as with_fields says
 *	skb_matches(skb, kept)		1: the sk_buff is one that is wanted (--skb)
 *
 * @skb is the address of a struct sk_buff, @tcp that of its TCP header or 0; @kept is not
 * 0 when TCP keeps it, and has other things where dev and the route are (fclone.h).
 */
#ifndef FIELDS_H
#define FIELDS_H

#include "bpfpath.h"
#include "constants.h"
#include "fclone.h"
#include "flow.h"
#include "helpers.h"
#include "tunnel_fields.h"

#define TCP_LEN		20	/* without options */

int read_fields(__u64 skb, __u64 tcp, __u64 kept, struct field_value *to);
int skb_matches(__u64 skb, __u64 kept);

static always_inline __u64 is_kept(__u64 skb)
{
	return fclone_of(skb) == FCLONE_ORIGINAL;
}

static always_inline __u64 tcp_header4(__u64 header, __u64 end)
{
	struct ip4 ip;

	if (header + sizeof(ip) > end ||
	    read_kernel(&ip, sizeof(ip), (void *)header) ||
	    ip.proto != IPPROTO_TCP || ip.fragment & to_be16(FRAGMENT_OFFSET))
		return 0;
	return header + (ip.version_ihl & 15) * 4;
}

static always_inline __u64 tcp_header6(__u64 header, __u64 end)
{
	struct flow flow = {};
	__u64 at;

	if (header + IP6_LEN > end)
		return 0;
	at = skip_extensions(&flow, header);
	return flow.proto == IPPROTO_TCP ? at : 0;
}

/*
 * The address of the TCP header of @skb, behind the network header that the sk_buff
 * tells (flow.h); 0: there is none, or it does not lie in the linear part as a whole.
 */
hidden __u64 tcp_header(__u64 skb)
{
	__u16 offset = read_u16(skb, OFFSET(sk_buff, network_header));
	__u64 head = read_u64(skb, OFFSET(sk_buff, head)), at = 0;
	__u16 protocol = protocol_of(skb, head, offset);
	__u8 first = offset ? read_u8(head + offset, 0) : 0;
	__u64 end = linear_end(skb);

	if (is_version(protocol, first, 4) && (first & 15) >= IP4_LEN / 4)
		at = tcp_header4(head + offset, end);
	else if (is_version(protocol, first, 6))
		at = tcp_header6(head + offset, end);
	return at && at + TCP_LEN <= end ? at : 0;
}

/* Bytes that fields take behind an event. */
static always_inline __u64 fields_size(void)
{
	return VALUE(with_fields) * sizeof(struct field_value) +
	       (VALUE(with_tunnel) ? sizeof(struct tunnel_fields) : 0);
}

/* Only where the event goes to the ring. */
static always_inline void take_fields(__u64 skb, struct field_value *to)
{
	if (VALUE(with_fields))
		read_fields(skb, VALUE(with_tcp) ? tcp_header(skb) : 0, is_kept(skb), to);
	if (VALUE(with_tunnel))
		take_tunnel(skb, (void *)to + VALUE(with_fields) * sizeof(*to));
}

#endif /* FIELDS_H */
