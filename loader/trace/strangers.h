/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Is an sk_buff still the same packet? Where only tracepoints are probed, an end may
 * stay unseen, and the sk_buff may belong to another packet by now.
 */
#ifndef STRANGERS_H
#define STRANGERS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * @before and @now are the protocols inside IP (IPPROTO_…, 0: not known) at two
 * steps, one after the other. 1: no tunnel or IPsec makes one of the other, so
 * the second is another packet. 0: it may be the same; NAT does not change it.
 */
bool is_stranger(uint8_t before, uint8_t now);

#endif /* STRANGERS_H */
