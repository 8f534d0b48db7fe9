/* SPDX-License-Identifier: GPL-2.0-only */
/* The probe of a plan that selects packets as devices hand them over (bpf/receive.c). */
#ifndef RECEIVE_H
#define RECEIVE_H

#include "plan.h"

/* include/trace/events/net.h: its one argument is the packet. */
#define RECEIVE_TRACEPOINT	"netif_receive_skb"

/* Adds it to @plan, with a number of its own. 0, -ENOMEM or -E2BIG, and has said so. */
int receive_add(struct plan *plan);

#endif /* RECEIVE_H */
