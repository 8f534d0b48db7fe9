// SPDX-License-Identifier: GPL-2.0-only
#include "conntrack.h"

#include <string.h>

#define FAR	1024	/* steps: no further is looked back */
#define COUNT(array)	(sizeof(array) / sizeof(*(array)))

static const char none[] = "none";

/* Conntrack looks at the packet in this function and those that it calls. */
static const char looks[] = "nf_conntrack_in";

/* It calls none of these, which the packet reaches behind it. */
static const char *const behind[] = {
	"nft_do_chain", "nft_do_chain_ipv4", "nft_do_chain_ipv6",
	"nft_do_chain_inet", "ipt_do_table", "ip6t_do_table",
	"nf_nat_inet_fn", "ip_rcv_finish", "ip6_rcv_finish",
	"ip_local_deliver", "ip_local_deliver_finish", "ip6_input",
	"ip_forward", "ip6_forward", "ip_output", "ip6_output",
};

/* With these it begins anew, as what a tunnel has unpacked. */
static const char *const begins[] = {
	"ip_rcv", "ip_rcv_core", "ipv6_rcv", "ip6_rcv_core",
};

static bool is_one(const char *func, const char *const funcs[], size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (func && !strcmp(func, funcs[i]))
			return true;
	return false;
}

/*
 * Has conntrack left it without an entry? From step @i, which has none, back to
 * where conntrack looked: at one place, and with nothing missing in between.
 */
static bool is_invalid(const struct path *p, size_t i)
{
	const struct record *last = p->steps[i], *step;
	size_t least = i > FAR ? i - FAR : 0;
	bool left = false;

	for (i++; i > least && p->numbered; i--) {
		step = p->steps[i - 1];
		if (!record_same_text(step->ct, none) ||
		    !record_same_place(step, last) || !record_has_place(step))
			return false;
		if (record_same_text(step->func, looks))
			return left;
		left |= is_one(step->func, behind, COUNT(behind));
		if (is_one(step->func, begins, COUNT(begins)) ||
		    path_gap(p, i - 1))
			return false;
	}
	return false;
}

const char *conntrack_at(const struct path *p, size_t i)
{
	const char *ct = p->steps[i]->ct;

	return record_same_text(ct, none) && is_invalid(p, i) ? "invalid" : ct;
}

bool conntrack_is_state(const char *ct)
{
	return ct && strcmp(ct, none);
}
