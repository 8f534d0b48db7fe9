// SPDX-License-Identifier: GPL-2.0-only
/*
 * Looks at packets where devices hand them to the stack, at the tracepoint
 * net:netif_receive_skb. It stands at the beginning of __netif_receive_skb_core()
 * (net/core/dev.c), before generic XDP, packet sockets, tc, bridges and the like; so no
 * other program decides first. One attachment sees all devices of all namespaces:
 * constants say which of them are wanted.
 *
 * What a device has received for another one that stands on it (VLAN, macvlan, bond) goes
 * round inside of that function, and is seen at the lower device alone.
 */
#define FILTER_RECEIVE	1

#include "bpfpath.h"
#include "constants.h"
#include "filter.h"
#include "helpers.h"
#include "map_seen.h"
#include "maps.h"
#include "packet.h"
#include "part.h"
#include "read.h"
#include "select.h"
#include "wanted_device.h"
#include "wire.h"

/* A packet that is looked at. */
struct received {
	struct filter_packet packet;
	__u64 dev;
};

/*
 * Fills *received and returns received_form() of @skb if the packet is one that is asked
 * for, but for the filter. Only this function needs the stack for what is read of the
 * sk_buff.
 */
hidden int find_received(__u64 skb, struct received *received)
{
	__u8 part[PART_MAX] __attribute__((aligned(8)));
	__u64 dev;
	int form;

	if (read_part(part, skb))
		return -1;
	dev = part_u64(part, OFFSET(sk_buff, dev));
	received->dev = dev;
	if (!is_wanted_device(dev))
		return -1;
	count_seen();
	form = received_form(dev);
	if (form < 0 || !is_wanted_mark(part_u32(part, OFFSET(sk_buff, mark))) ||
	    find_packet(&received->packet, skb, part, form))
		return -1;
	return form;
}

static always_inline void look(__u64 skb)
{
	struct received received;
	int form = find_received(skb, &received);

	if (form < 0)
		return;
	if (!matches(&received.packet, form))
		count_unread(&received.packet);
	else if (is_wanted_skb(skb) && !is_tracked(skb))
		select(skb, received.dev, HOOK_INGRESS, 0);
}

SEC("raw_tracepoint/netif_receive_skb")
int receive(struct bpf_raw_tracepoint_args *ctx)
{
	if (selecting())
		look(ctx->args[0]);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
