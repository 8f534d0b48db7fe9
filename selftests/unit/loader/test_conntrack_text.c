// SPDX-License-Identifier: GPL-2.0-only
/* What conntrack knows of a packet, in the words of a record. */
#include "../../../bpf/bpfpath.h"
#include "../../../loader/trace/conntrack.h"
#include "../tap.h"

/* As include/uapi/linux/netfilter/nf_conntrack_common.h has them. */
#define CONFIRMED	0x8U
#define SRC_NAT		0x10U
#define DST_NAT		0x20U
#define TEMPLATE	0x800U

static void is_state(uint32_t info, uint32_t status, const char *want)
{
	char text[CONNTRACK_LEN];

	is_str(conntrack_text((CT_STATE + info) | status << CT_STATUS_SHIFT,
			      text),
	       want, want);
}

int main(void)
{
	char text[CONNTRACK_LEN];

	tap_plan(14);
	is_str(conntrack_text(CT_UNKNOWN, text), "-", "not known");
	is_str(conntrack_text(CT_NONE, text), "none", "no entry");
	is_state(0, CONFIRMED, "established");
	is_state(1, 0, "related");
	is_state(2, 0, "new");
	is_state(3, CONFIRMED, "reply");
	is_state(4, 0, "related-reply");
	is_state(7, 0, "untracked");
	is_state(2, SRC_NAT, "new,snat");
	is_state(3, DST_NAT | CONFIRMED, "reply,dnat");
	is_state(4, SRC_NAT | DST_NAT, "related-reply,snat,dnat");
	is_state(2, TEMPLATE, "none");
	is_state(5, 0, "-");
	is_state(99, 0, "-");
	return tap_done();
}
