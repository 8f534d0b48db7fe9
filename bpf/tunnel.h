/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the packet begins that is in a tunnel's packet: VXLAN (RFC 7348),
 * Geneve (RFC 8926), GRE (RFC 2784, 2890), IP in IP and GUE (Linux's
 * Documentation/networking/fou.rst), over IPv4 or IPv6. Ports of theirs
 * besides the usual ones are in the map tunnel_ports. What includes this has
 * move_packet() (filter_output.h, filter_skb.h).
 *
 * One more tunnel takes a function pass_NAME(), which moves the layer behind the tunnel's
 * header and says what begins there; a call of it in find_inner(), by the IP protocol, or in
 * pass_udp(), by a number of enum tunnel (bpfpath.h) that tunnel_at() gives for its usual
 * ports; lines in selftests/filter/tunnels.c; and, where users may set the ports,
 * filter_ports() in scripts/filter.sh.
 */
#ifndef TUNNEL_H
#define TUNNEL_H

#include <linux/if_ether.h>

#include "bpfpath.h"
#include "helpers.h"
#include "ip6.h"
#include "load.h"
#include "packet.h"
#include "wire.h"

/* Ports of UDP tunnels, besides those that are usual: enum tunnel. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_PORTS);
	__type(key, __u32);
	__type(value, __u32);
} tunnel_ports SEC(".maps");

int filter_inner_ether(const struct filter_packet *packet);
int filter_inner_l3(const struct filter_packet *packet);

#define MAX_TAGS	2	/* in the packet */
#define UDP_LEN		8
#define VXLAN_LEN	8
#define VXLAN_ID	0x08	/* flag: the header has a network's number */
#define GENEVE_LEN	8
#define GRE_CHECKSUM	0x8000
#define GRE_KEY		0x2000
#define GRE_SEQUENCE	0x1000
#define GRE_REFUSED	0x4007	/* routing, or another version than 0 */
#define GUE_CONTROL	0x20

enum inner {
	INNER_NONE,
	INNER_ETHER,		/* begins with an Ethernet header */
	INNER_L3,		/* with an IP header */
};

/* The header that comes next. */
struct layer {
	__u32 at;		/* its offset, bytes */
	__u32 end;		/* where the outer IP packet ends */
	__u32 protocol;		/* IPPROTO_… */
};

/* Passes the Ethernet header and tags. Not 0: no IP comes then. */
static always_inline int pass_ether(const struct filter_packet *packet,
				    struct layer *layer)
{
	__u32 type;

	if (load_u16(packet, TAG_OFFSET, &type))
		return 1;
	layer->at = ETHER_LEN;
#pragma unroll
	for (int i = 0; i < MAX_TAGS; i++) {
		if (type != ETH_P_8021Q && type != ETH_P_8021AD)
			break;
		if (load_u16(packet, layer->at + 2, &type))
			return 1;
		layer->at += TAG_LEN;
	}
	return type != ETH_P_IP && type != ETH_P_IPV6;
}

static always_inline int pass_ip4(const struct filter_packet *packet,
				  struct layer *layer, __u32 first)
{
	__u32 length, fragment;

	if (load_u16(packet, layer->at + 2, &length) ||
	    load_u16(packet, layer->at + 6, &fragment) || fragment & 0x1fff ||
	    load_u8(packet, layer->at + 9, &layer->protocol))
		return 1;
	if (length)
		layer->end = layer->at + length;
	layer->at += (first & 0xf) << 2;
	return 0;
}

/* Of a fragment header: is it the first one? */
static always_inline int is_first(const struct filter_packet *packet, __u32 at)
{
	__u32 fragment;

	return !load_u16(packet, at + 2, &fragment) && !(fragment & 0xfff8);
}

static always_inline int pass_ip6(const struct filter_packet *packet,
				  struct layer *layer)
{
	__u32 length, header, next, field;

	if (load_u16(packet, layer->at + 4, &length) ||
	    load_u8(packet, layer->at + 6, &header))
		return 1;
	layer->at += IP6_LEN;
	if (length)
		layer->end = layer->at + length;
#pragma unroll
	for (int i = 0; i < MAX_EXTENSIONS; i++) {
		if (!is_extension(header))
			break;
		if (load_u8(packet, layer->at, &next) ||
		    load_u8(packet, layer->at + 1, &field) ||
		    (header == IPPROTO_FRAGMENT &&
		     !is_first(packet, layer->at)))
			return 1;
		layer->at = any_u32(layer->at + extension_size(header, field));
		header = next;
	}
	layer->protocol = header;
	return 0;
}

static always_inline int pass_ip(const struct filter_packet *packet,
				 struct layer *layer)
{
	__u32 first;

	if (load_u8(packet, layer->at, &first))
		return 1;
	if (first >> 4 == 4)
		return pass_ip4(packet, layer, first);
	return first >> 4 == 6 ? pass_ip6(packet, layer) : 1;
}

/* What an EtherType, which GRE and Geneve use as well, says of the packet inside. */
static always_inline enum inner inner_of(__u32 type)
{
	if (type == ETH_P_TEB)
		return INNER_ETHER;
	return type == ETH_P_IP || type == ETH_P_IPV6 ? INNER_L3 : INNER_NONE;
}

static always_inline enum inner pass_gre(const struct filter_packet *packet,
					 struct layer *layer)
{
	__u32 flags, type;

	if (load_u16(packet, layer->at, &flags) || flags & GRE_REFUSED ||
	    load_u16(packet, layer->at + 2, &type))
		return INNER_NONE;
	layer->at += 4 + (flags & GRE_CHECKSUM ? 4 : 0) +
		     (flags & GRE_KEY ? 4 : 0) + (flags & GRE_SEQUENCE ? 4 : 0);
	return inner_of(type);
}

static always_inline enum inner pass_vxlan(const struct filter_packet *packet,
					   struct layer *layer)
{
	__u32 flags;

	if (load_u8(packet, layer->at, &flags) || !(flags & VXLAN_ID))
		return INNER_NONE;
	layer->at += VXLAN_LEN;
	return INNER_ETHER;
}

static always_inline enum inner pass_geneve(const struct filter_packet *packet,
					    struct layer *layer)
{
	__u32 first, type;

	if (load_u8(packet, layer->at, &first) || first >> 6 ||
	    load_u16(packet, layer->at + 2, &type))
		return INNER_NONE;
	layer->at += GENEVE_LEN + (first & 0x3f) * 4;
	return inner_of(type);
}

/* Version 1 is the IP header itself, whose version begins with the same bits. */
static always_inline int pass_gue(const struct filter_packet *packet,
				  struct layer *layer)
{
	__u32 first;

	if (load_u8(packet, layer->at, &first) ||
	    load_u8(packet, layer->at + 1, &layer->protocol))
		return 1;
	if (first >> 6 == 1) {
		layer->protocol = IPPROTO_IPIP;
		return 0;
	}
	if (first >> 6 || first & GUE_CONTROL)
		return 1;
	layer->at += 4 + (first & 0x1f) * 4;
	return 0;
}

/* The tunnel whose port that is: enum tunnel; 0: none. */
static always_inline __u32 tunnel_at(__u32 port)
{
	const __u32 *kind = bpf_map_lookup_elem(&tunnel_ports, &port);

	if (kind)
		return *kind;
	switch (port) {
	case 4789:
	case 8472:
		return TUNNEL_VXLAN;
	case 6081:
		return TUNNEL_GENEVE;
	case 6080:
		return TUNNEL_GUE;
	}
	return 0;
}

/* Behind GUE's header it sets the protocol, and returns INNER_NONE: the caller goes on. */
static always_inline enum inner pass_udp(const struct filter_packet *packet,
					 struct layer *layer)
{
	__u32 port, kind;

	if (load_u16(packet, layer->at + 2, &port))
		return INNER_NONE;
	kind = tunnel_at(port);
	layer->at += UDP_LEN;
	if (kind == TUNNEL_VXLAN)
		return pass_vxlan(packet, layer);
	if (kind == TUNNEL_GENEVE)
		return pass_geneve(packet, layer);
	if (kind == TUNNEL_GUE && pass_gue(packet, layer))
		layer->protocol = IPPROTO_UDP;
	return INNER_NONE;
}

/* @is_l3: the outer packet has no link-layer header. */
static always_inline enum inner find_inner(const struct filter_packet *packet,
					   int is_l3, struct layer *layer)
{
	enum inner kind = INNER_NONE;

	layer->end = packet->len;
	if ((!is_l3 && pass_ether(packet, layer)) || pass_ip(packet, layer))
		return INNER_NONE;
	if (layer->protocol == IPPROTO_UDP)
		kind = pass_udp(packet, layer);
	if (layer->protocol == IPPROTO_IPIP || layer->protocol == IPPROTO_IPV6)
		return INNER_L3;
	return layer->protocol == IPPROTO_GRE ? pass_gre(packet, layer) : kind;
}

/*
 * Does the packet inside the packet match? @packet becomes the inner one, which ends
 * where the outer IP packet does; behind that there is only Ethernet's padding. The
 * verifier forgets by which branches the packet was found, so it walks the filter
 * once.
 */
hidden int matches_inner(struct filter_packet *packet, int is_l3)
{
	struct layer layer = {};
	enum inner kind = find_inner(packet, is_l3, &layer);
	__u32 at = any_u32(layer.at), end = any_u32(layer.end);

	if (kind == INNER_NONE || at >= end || at >= any_u32(packet->len))
		return 0;
	if (kind == INNER_L3)
		return !move_packet(packet, at, end - at, 1) &&
		       filter_inner_l3(packet);
	return !move_packet(packet, at, end - at, 0) &&
	       filter_inner_ether(packet);
}

#endif /* TUNNEL_H */
