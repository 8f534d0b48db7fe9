/* SPDX-License-Identifier: GPL-2.0-only */
/* What conntrack knows of a packet, in words. */
#ifndef CONNTRACK_H
#define CONNTRACK_H

#include "../../bpf/bpfpath.h"

#define CONNTRACK_LEN	512	/* more than the longest such text */

/*
 * What @event has of conntrack, as records have it (Documentation/records.md): "none",
 * "untracked", or a state with ",snat" and ",dnat" behind it, and what is known of the
 * entry; "-": not known. Returns that text, which may be @out.
 */
const char *conntrack_text(const struct event *event, char out[CONNTRACK_LEN]);

#define CONNTRACK_WHY_LEN	256

/*
 * What conntrack has said of a packet, in words, the kernel's own or ours; "…" stands for
 * numbers that are not known. Returns that text, which may be @out.
 */
const char *conntrack_why(const struct ct_event *ct, char out[CONNTRACK_WHY_LEN]);

#endif /* CONNTRACK_H */
