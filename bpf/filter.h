/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which packets are wanted. "expression.h", which "bpfload filter" has written,
 * has these, all but the first two only when they were asked for:
 *
 *	HAVE_ETHER, filter_ether()	the filter for packets that begin with
 *					an Ethernet header, where it compiles
 *	HAVE_RAW, filter_raw()		the one for those that have none
 *	HAVE_INNER_ETHER, inner_ether()	the same two for the packet that is in
 *	HAVE_INNER_RAW, inner_raw()	the packet of a tunnel (tunnel.h)
 *	NEEDS_LINK			filter_ether() sees numbers of the
 *					Ethernet header that filter_raw() cannot
 *	WANT_MARK, WANT_MASK		the mark, and the bits that count
 *	WANT_UID, WANT_PID, WANT_COMM	who has made it (seed.h)
 *
 * Filters see the packet as it is, or will be, on the wire: a VLAN tag that the
 * kernel keeps in the sk_buff is in its place after the addresses. Reading
 * beyond the end of the packet ends the filter: no match.
 *
 *	FILTER_RAW	for a classifier: its devices have no link-layer header
 *	FILTER_SEED	for a seed, see load.h
 */
#ifndef FILTER_H
#define FILTER_H

#include "load.h"

#define maybe_unused	__attribute__((unused))

#define FILTER_TURNS	32	/* of a loop: headers that "protochain" skips */

#include "expression.h"

/* Does a tag that the sk_buff keeps count? The short form does not see it. */
#ifdef FILTER_FAMILY
#define FILTER_TAGS	0
#else
#define FILTER_TAGS	1
#endif

static always_inline int is_wanted_mark(__u32 mark)
{
#ifdef WANT_MARK
	return (mark & WANT_MASK) == WANT_MARK;
#else
	(void)mark;
	return 1;
#endif
}

static always_inline int matches_raw(const struct filter_packet *packet)
{
#ifdef HAVE_RAW
	return filter_raw(packet);
#else
	(void)packet;
	return 0;
#endif
}

static always_inline int matches_ether(const struct filter_packet *packet)
{
#ifdef HAVE_ETHER
	return filter_ether(packet);
#else
	(void)packet;
	return 0;
#endif
}

#if defined(HAVE_INNER_ETHER) || defined(HAVE_INNER_RAW)
#include "tunnel.h"
#else
#define matches_inner(packet, raw)	1
#endif

#ifdef FILTER_SEED

/*
 * @skb: a struct sk_buff; @part: of it (read_part()); @raw: it has no link-layer
 * header (yet).
 */
static always_inline int matches(__u64 skb, const __u8 *part, int raw)
{
	__u8 head[HEAD_PAD + HEAD_LEN] __attribute__((aligned(8)));
	struct filter_packet packet = { .tags = FILTER_TAGS };

#ifdef WANT_MARK
	if (!is_wanted_mark(part_u32(part, OFF_SK_BUFF_MARK)))
		return 0;
#endif
	if (raw)
		return find_packet(&packet, skb, part, head, 1) &&
		       matches_raw(&packet) && matches_inner(&packet, 1);
	return find_packet(&packet, skb, part, head, 0) &&
	       matches_ether(&packet) && matches_inner(&packet, 0);
}

#else

#ifdef FILTER_RAW

static always_inline int matches_outer(struct filter_packet *packet)
{
	return find_packet(packet, packet->skb, 1) && matches_raw(packet);
}

#else

/* The filter stands twice in the program, so that few pay for tags. */
static always_inline int matches_outer(struct filter_packet *packet)
{
	find_packet(packet, packet->skb, 0);
	if (FILTER_TAGS && packet->skb->vlan_present) {
		int matched;

		packet->tagged = 1;
		matched = matches_ether(packet);
		packet->tagged = 0;
		return matched;
	}
	return matches_ether(packet);
}

#endif

static always_inline int matches(struct __sk_buff *skb)
{
	struct filter_packet packet = { .skb = skb };
#ifdef FILTER_RAW
	const int raw = 1;
#else
	const int raw = 0;
#endif

	(void)raw;
	return is_wanted_mark(skb->mark) && matches_outer(&packet) &&
	       matches_inner(&packet, raw);
}

#endif

#endif /* FILTER_H */
