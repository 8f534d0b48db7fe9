/* SPDX-License-Identifier: GPL-2.0-only */
/* Packets as they are on the wire; lengths and offsets in bytes. */
#ifndef WIRE_H
#define WIRE_H

#include "helpers.h"

#define ETHER_LEN	14	/* two addresses and the EtherType */
#define IP6_LEN		40
#define TAG_OFFSET	12	/* between addresses and EtherType */
#define TAG_LEN		4

#define OUTGOING	4	/* PACKET_OUTGOING, packet(7) */
#define DEVICE_ETHER	1	/* ARPHRD_ETHER … */
#define DEVICE_LOOPBACK	772	/* … and ARPHRD_LOOPBACK, linux/if_arp.h */

#define NO_MAC_HEADER	0xffff	/* sk_buff.mac_header of a packet without one */

/* Before 6.2: the bit of its byte that says that an sk_buff keeps a VLAN tag. */
#define VLAN_PRESENT	(to_be16(1) == 1 ? 0x80 : 1)

/* Has a device of that type Ethernet headers? */
static always_inline int is_ethernet_type(__u16 type)
{
	return type == DEVICE_ETHER || type == DEVICE_LOOPBACK;
}

#endif /* WIRE_H */
