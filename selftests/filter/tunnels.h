/* SPDX-License-Identifier: GPL-2.0-only */
/* Packets in packets of tunnels of every kind, made by hand. */
#ifndef TUNNELS_H
#define TUNNELS_H

#include "packets.h"

enum tunnel_inner {
	TUNNEL_NOTHING,		/* looks like a tunnel's, but is not */
	TUNNEL_ETHER,		/* an Ethernet frame is in it */
	TUNNEL_L3,		/* an IP packet */
};

#define TUNNEL_KINDS	20

/* The name of tunnel @kind, a number below TUNNEL_KINDS. */
const char *tunnel_name(uint32_t kind);

/*
 * Puts the frame @inner, or what is behind its Ethernet header, into @outer, an
 * Ethernet frame: @kind says which tunnel, @n the variant. The inner packet is that from
 * @offset to @end of @outer; in some variants its last bytes are padding to the outer
 * IP header, and not part of it.
 */
enum tunnel_inner tunnel_make(uint32_t kind, uint32_t n,
			      const struct packet *inner, struct packet *outer,
			      uint32_t *offset, uint32_t *end);

#endif /* TUNNELS_H */
