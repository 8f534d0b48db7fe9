/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The packet's bytes, behind the event that tells where it is (struct capture),
 * when they are asked for: with_bytes is how many at most. Of a packet that is being
 * made, or may be gone by now, there are none: such events are without them (report.h).
 *
 * They begin at the Ethernet header where the packet has one that belongs to its
 * device, else at the network header. What lies in page fragments, behind the
 * linear part, is not copied; its length is told.
 */
#ifndef BYTES_H
#define BYTES_H

#include "bpfpath.h"
#include "constants.h"
#include "device.h"
#ifndef NO_FIELDS
#include "fields.h"
#endif
#include "helpers.h"
#include "read.h"
#include "report.h"
#include "wire.h"

#define LINKTYPE_ETHERNET	1	/* LINKTYPE_ETHERNET … */
#define LINKTYPE_RAW	101	/* … and LINKTYPE_RAW: IPv4 or IPv6; pcap-linktype(7) */

/*
 * Where the parts of an sk_buff's memory are; addresses. A program's stack has no room
 * for this struct: until bytes are copied it stands in their place.
 */
struct linear {
	__u64 data, end;
	__u64 mac, net;		/* headers; 0: not set */
	union {
		__u64 u64;
		__u32 u32;
		__u16 u16;
		__u8 u8;
	} read;			/* what was read last */
};

static always_inline __u64 take_u64(struct linear *linear, __u64 base, __u64 at)
{
	read_kernel(&linear->read, 8, (void *)(base + at));
	return linear->read.u64;
}

static always_inline __u32 take_u32(struct linear *linear, __u64 base, __u64 at)
{
	read_kernel(&linear->read, 4, (void *)(base + at));
	return linear->read.u32;
}

static always_inline __u16 take_u16(struct linear *linear, __u64 base, __u64 at)
{
	read_kernel(&linear->read, 2, (void *)(base + at));
	return linear->read.u16;
}

static always_inline __u8 take_u8(struct linear *linear, __u64 base, __u64 at)
{
	read_kernel(&linear->read, 1, (void *)(base + at));
	return linear->read.u8;
}

static always_inline void find_linear(struct linear *linear, __u64 skb)
{
	linear->data = take_u64(linear, skb, OFFSET(sk_buff, data));
	linear->end = linear->data;
	linear->end += take_u32(linear, skb, OFFSET(sk_buff, len));
	linear->end -= take_u32(linear, skb, OFFSET(sk_buff, data_len));
	linear->mac = take_u16(linear, skb, OFFSET(sk_buff, mac_header));
	linear->net = take_u16(linear, skb, OFFSET(sk_buff, network_header));
	if (linear->mac == NO_MAC_HEADER)
		linear->mac = 0;
	else
		linear->mac += take_u64(linear, skb, OFFSET(sk_buff, head));
	if (linear->net)
		linear->net += take_u64(linear, skb, OFFSET(sk_buff, head));
}

static always_inline int is_ethernet(struct linear *linear, __u64 dev)
{
	__u16 type = dev ? take_u16(linear, dev, OFFSET(net_device, type)) : 0;

	return is_ethernet_type(type);
}

/*
 * The address of the Ethernet header, or 0: there is none, or it is not that of
 * the device. In a packet that is sent the header stands where its data begin. In one
 * that has arrived it stands before its data, until the kernel writes another one on
 * the way out: a forwarded packet that is at the next device already still has the
 * header of the device it came by (skb_iif).
 */
static always_inline __u64 ether_header(struct linear *linear, __u64 skb)
{
	__u64 dev = device_of(skb);
	__u32 came_by;

	if (!is_ethernet(linear, dev))
		return 0;
	if (linear->data == linear->mac ||
	    linear->data + ETHER_LEN == linear->net)
		return linear->data;
	came_by = take_u32(linear, skb, OFFSET(sk_buff, skb_iif));
	if (!linear->mac ||
	    (came_by &&
	     came_by != take_u32(linear, dev, OFFSET(net_device, ifindex))))
		return 0;
	return linear->mac + ETHER_LEN == linear->data ||
			       linear->mac + ETHER_LEN == linear->net ?
		       linear->mac :
		       0;
}

/* The address of the network header, when it is one of IP, or 0. */
static always_inline __u64 ip_header(struct linear *linear)
{
	__u8 version;

	if (!linear->net || linear->net >= linear->end)
		return 0;
	version = take_u8(linear, linear->net, 0) >> 4;
	return version == 4 || version == 6 ? linear->net : 0;
}

/* Is there a VLAN tag that the sk_buff keeps? See has_tag() of part.h. */
static always_inline int keeps_tag(__u64 skb)
{
	__u64 flags = OFFSET(sk_buff, __pkt_vlan_present_offset);

	if (flags)
		return read_u8(skb, flags) & VLAN_PRESENT;
	return read_u16(skb, OFFSET(sk_buff, vlan_proto)) ||
	       read_u16(skb, OFFSET(sk_buff, vlan_tci));
}

/* Copies as many of the bytes as there is room for behind @at. Returns how many. */
static always_inline __u32 copy_bytes(struct capture *to, __u32 at, __u64 from,
				      __u32 len)
{
	__u64 size = len;

	/* the compiler is to use the register that it has compared */
	asm volatile("" : "+r"(size));
	if (size > VALUE(with_bytes) - at)
		size = VALUE(with_bytes) - at;
	return read_kernel(to->bytes + at, size, (void *)from) ? 0 : size;
}

/* Copies the packet with its tag where that stands on the wire. */
static always_inline void copy_tagged(struct capture *to, __u64 skb,
				      __u64 from, __u32 len)
{
	__u16 *tag = (__u16 *)(to->bytes + TAG_OFFSET);

	copy_bytes(to, 0, from, TAG_OFFSET);
	tag[0] = read_u16(skb, OFFSET(sk_buff, vlan_proto));
	tag[1] = to_be16(read_u16(skb, OFFSET(sk_buff, vlan_tci)));
	to->len = TAG_OFFSET + TAG_LEN +
		  copy_bytes(to, TAG_OFFSET + TAG_LEN, from + TAG_OFFSET,
			     len - TAG_OFFSET);
	to->size += TAG_LEN;
}

/* @from: where a header of @link_type begins; @len: bytes that lie there. */
static always_inline void copy_packet(struct capture *to, __u64 skb,
				      __u32 link_type, __u64 from, __u32 len)
{
	to->link_type = link_type;
	to->size = len + read_u32(skb, OFFSET(sk_buff, data_len));
	if (link_type == LINKTYPE_ETHERNET && keeps_tag(skb))
		copy_tagged(to, skb, from, len);
	else
		to->len = copy_bytes(to, 0, from, len);
}

static always_inline void capture_packet(struct capture *to, __u64 skb)
{
	struct linear *linear = (struct linear *)to->bytes;
	__u32 link_type = LINKTYPE_ETHERNET;
	__u64 from;

	find_linear(linear, skb);
	from = ether_header(linear, skb);
	if (!from || from + ETHER_LEN > linear->end) {
		link_type = LINKTYPE_RAW;
		from = ip_header(linear);
	}
	if (from)
		copy_packet(to, skb, link_type, from, linear->end - from);
}

static always_inline __u64 capture_size(void)
{
	return VALUE(with_bytes) ? sizeof(struct capture) + VALUE(with_bytes) : 0;
}

/* Fills the capture_size() bytes behind an event. */
static always_inline void capture(struct event *event)
{
	struct capture *to = (struct capture *)(event + 1);

	to->link_type = 0;
	to->len = 0;
	to->size = 0;
	capture_packet(to, event->skb);
}

/* Where fields begin: bytes behind the event. */
static always_inline __u64 fields_at(void)
{
	return (capture_size() + 7) & ~7ULL;
}

/* Bytes behind an event: the packet's own and its fields, a multiple of 8. */
static always_inline __u64 bytes_size(void)
{
#ifndef NO_FIELDS
	return fields_at() + fields_size();
#else
	return fields_at();
#endif
}

/* event_begin() and event_end() of an event with the packet's bytes and fields behind it. */
static always_inline struct event *bytes_begin(__u32 number, __u32 func)
{
	return event_reserve(number, func, bytes_size());
}

static always_inline void bytes_end(struct event *event, __u32 number)
{
	if (VALUE(read_ring) && VALUE(with_bytes))
		capture(event);
#ifndef NO_FIELDS
	if (VALUE(read_ring) && fields_size())
		take_fields(event->skb, (void *)(event + 1) + fields_at());
#endif
	event_end(event, number);
}

#endif /* BYTES_H */
