/* SPDX-License-Identifier: GPL-2.0-only */
/* What conntrack knows of a packet, in words. */
#ifndef CONNTRACK_H
#define CONNTRACK_H

#include <stdint.h>

#define CONNTRACK_LEN	32

/*
 * event.ct as records have it (Documentation/records.md): "none", "untracked", or
 * a state with ",snat" and ",dnat" behind it; "-": not known. Returns @out.
 */
const char *conntrack_text(uint32_t ct, char out[CONNTRACK_LEN]);

#endif /* CONNTRACK_H */
