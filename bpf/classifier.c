// SPDX-License-Identifier: GPL-2.0-only
/*
 * The classifier: where packets are looked at that arrive at an interface, or
 * leave by it. A packet that matches is noted by the address of its sk_buff,
 * which in the kernel is the context pointer itself; from then on probes
 * compare pointers.
 *
 * It never decides over a packet: TC_ACT_UNSPEC hands it to the next filter.
 * It is loaded once for each hook, and once more for interfaces without link-layer
 * header: the constants egress and no_l2 say which.
 */
#include <linux/pkt_cls.h>

#define CLASSIFIER
#define HOOK	(VALUE(egress) ? HOOK_EGRESS : HOOK_INGRESS)

#include "bpfpath.h"
#include "constants.h"
#include "device.h"
#include "filter.h"
#include "helpers.h"
#include "map_seen.h"
#include "packet.h"
#include "select.h"

/* Maps that probes alone use: they are made with this program. */
#include "map_calls.h"
#include "map_devices.h"
#include "map_outputs.h"
#include "map_passed.h"
#include "map_rules.h"
#include "map_stacks.h"

static always_inline void look(struct __sk_buff *skb)
{
	struct filter_packet packet;
	int is_l3 = VALUE(no_l2);

	count_seen();
	if (is_wanted_mark(skb->mark) && !find_packet(&packet, skb, is_l3) &&
	    matches(&packet, is_l3) && is_wanted_skb((__u64)skb) &&
	    !is_tracked((__u64)skb))
		select((__u64)skb, device_of((__u64)skb), HOOK, 0);
}

SEC("classifier")
int bpfpath(struct __sk_buff *skb)
{
	if (selecting())
		look(skb);
	return TC_ACT_UNSPEC;
}

char LICENSE[] SEC("license") = "GPL";
