/* SPDX-License-Identifier: GPL-2.0-only */
/* Names of drop reasons, of the kernel's core and of its subsystems. */
#ifndef REASONS_H
#define REASONS_H

#include <stddef.h>
#include <stdint.h>

#include "../btf/btfs.h"

/*
 * The name of a reason as the tracepoint skb:kfree_skb gives it, without
 * SKB_DROP_REASON_. A subsystem's reason (include/net/dropreason.h of the
 * kernel) whose name is not known: its subsystem and number, "OPENVSWITCH:3".
 * The number where BTF, which may be NULL, knows neither; "-" for 0.
 */
void reason_name(struct btf_set *btfs, uint32_t reason, char *out, size_t size);

#endif /* REASONS_H */
