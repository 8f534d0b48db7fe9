// SPDX-License-Identifier: GPL-2.0-only
#include "conntrack.h"

#include <linux/netfilter/nf_conntrack_common.h>
#include <stdio.h>

#include "../../bpf/bpfpath.h"

#define TEMPLATE	(1U << 11)	/* IPS_TEMPLATE */

/* Of the kernel's own numbers; that of an exempt packet is not in all headers. */
static const char *const states[] = {
	[IP_CT_ESTABLISHED] = "established",
	[IP_CT_RELATED] = "related",
	[IP_CT_NEW] = "new",
	[IP_CT_ESTABLISHED_REPLY] = "reply",
	[IP_CT_RELATED_REPLY] = "related-reply",
	[7] = "untracked",
};

#define STATES	(sizeof(states) / sizeof(*states))

const char *conntrack_text(uint32_t ct, char out[CONNTRACK_LEN])
{
	uint32_t what = ct & ((1U << CT_STATUS_SHIFT) - 1);
	uint32_t status = ct >> CT_STATUS_SHIFT, state = what - CT_STATE;

	if (what == CT_NONE || status & TEMPLATE)
		return "none";
	if (what < CT_STATE || state >= STATES || !states[state])
		return "-";
	snprintf(out, CONNTRACK_LEN, "%s%s%s", states[state],
		 status & IPS_SRC_NAT ? ",snat" : "",
		 status & IPS_DST_NAT ? ",dnat" : "");
	return out;
}
