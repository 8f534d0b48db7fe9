/* SPDX-License-Identifier: GPL-2.0-only */
/* What Open vSwitch does with a packet, in words (bpf/ovs.h). */
#ifndef OVS_TEXT_H
#define OVS_TEXT_H

#include "../../bpf/bpfpath.h"
#include "../syms/names.h"

#define OVS_TEXT_LEN	128	/* more than the longest such text */

/*
 * What @event, of a probe with that ROLE_OVS_…, says: "output to port 2 (veth1)",
 * "upcall MISS (no flow matches), in_port 1 (veth0), recirc_id 0x1". @port: the name of the
 * port's device, NULL: not known. Actions are called as the kernel's BTF has them, without
 * it by their numbers. Returns @out.
 */
const char *ovs_text(const struct event *event, int role, const char *port,
		     struct kernel_names *names, char out[OVS_TEXT_LEN]);

#endif /* OVS_TEXT_H */
