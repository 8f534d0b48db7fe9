/* SPDX-License-Identifier: GPL-2.0-only */
/* Words for what struct flow has. */
#ifndef FLOW_TEXT_H
#define FLOW_TEXT_H

#include <stdbool.h>

#include "../../bpf/bpfpath.h"

#define FLOW_PROTO_LEN	8	/* with the NUL */

/* The protocol's name, or its number in @buf. */
const char *flow_proto(const struct flow *flow, char buf[FLOW_PROTO_LEN]);

/* Are its ports known, and ports? */
bool flow_has_ports(const struct flow *flow);

#endif /* FLOW_TEXT_H */
