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

/* ARPHRD_… of devices whose packets begin with the IP header, as netdev_form() has them. */
#define DEVICE_PPP	512
#define DEVICE_RAWIP	519
#define DEVICE_TUNNEL	768
#define DEVICE_TUNNEL6	769
#define DEVICE_SIT	776
#define DEVICE_IPGRE	778
#define DEVICE_IP6GRE	823
#define DEVICE_NONE	0xfffe

/* Has a device of that type Ethernet headers? */
static always_inline int is_ethernet_type(__u16 type)
{
	return type == DEVICE_ETHER || type == DEVICE_LOOPBACK;
}

/* … no link-layer headers? */
static always_inline int is_ip_type(__u16 type)
{
	return type == DEVICE_NONE || type == DEVICE_PPP || type == DEVICE_RAWIP ||
	       type == DEVICE_TUNNEL || type == DEVICE_TUNNEL6 ||
	       type == DEVICE_SIT || type == DEVICE_IPGRE || type == DEVICE_IP6GRE;
}

#endif /* WIRE_H */
