/* SPDX-License-Identifier: GPL-2.0-only */
/* The interfaces where packets are wanted, for programs that see those of all (constants.def). */
#ifndef WANTED_DEVICE_H
#define WANTED_DEVICE_H

#include "constants.h"
#include "device.h"
#include "helpers.h"
#include "map_devices.h"
#include "read.h"
#include "wire.h"

#define NAME_WORDS	(NAME_LEN / sizeof(__u64))

static always_inline int is_wanted_ifname(__u64 dev)
{
	__u64 name[NAME_WORDS] = {};

	if (!VALUE(want_ifmask0))
		return 1;
	read_kernel(name, sizeof(name), (void *)(dev + OFFSET(net_device, name)));
	return (name[0] & VALUE(want_ifmask0)) == VALUE(want_ifname0) &&
	       (name[1] & VALUE(want_ifmask1)) == VALUE(want_ifname1);
}

/* Is this where packets are to be selected? */
static always_inline int is_wanted_device(__u64 dev)
{
	if (VALUE(want_devices)) {
		const struct device device = {
			.netns = device_netns(dev),
			.ifindex = read_u32(dev, OFFSET(net_device, ifindex)),
		};

		if (!bpf_map_lookup_elem(&devices, &device))
			return 0;
	} else if (VALUE(want_netns) && device_netns(dev) != VALUE(want_netns)) {
		return 0;
	}
	return is_wanted_ifname(dev);
}

static always_inline int is_ether(__u64 dev)
{
	return is_ethernet_type(read_u16(dev, OFFSET(net_device, type)));
}

#endif /* WANTED_DEVICE_H */
