// SPDX-License-Identifier: GPL-2.0-only
#include "conntrack.h"
#include "ct_entry.h"

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
 * where conntrack looked, which is returned; else NULL: at one place, and with nothing
 * missing in between.
 */
static const struct record *has_looked(const struct path *p, size_t i)
{
	const struct record *last = p->steps[i], *step;
	size_t least = i > FAR ? i - FAR : 0;
	bool left = false;

	for (i++; i > least && p->numbered; i--) {
		step = p->steps[i - 1];
		if (!record_same_text(step->ct, none) ||
		    !record_same_place(step, last) || !record_has_place(step))
			return NULL;
		if (record_same_text(step->func, looks))
			return left ? step : NULL;
		left |= is_one(step->func, behind, COUNT(behind));
		if (is_one(step->func, begins, COUNT(begins)) ||
		    path_gap(p, i - 1))
			return NULL;
	}
	return NULL;
}

const char *conntrack_at(const struct path *p, size_t i)
{
	const char *ct = p->steps[i]->ct;

	return record_same_text(ct, none) && has_looked(p, i) ? "invalid" : ct;
}

const char *conntrack_why(const struct path *p, size_t i)
{
	const struct record *looked = NULL, *said;
	const char *why = NULL;
	size_t n;

	if (record_same_text(p->steps[i]->ct, none))
		looked = has_looked(p, i);
	for (n = 0; looked && n < p->extras.count; n++) {
		said = p->extras.records[n];
		if (said->type == RECORD_CALLEE && ct_why(said->ct) &&
		    said->ns.value >= looked->ns.value &&
		    said->ns.value <= p->steps[i]->ns.value)
			why = ct_why(said->ct);
	}
	return why;
}

bool conntrack_is_state(const char *ct)
{
	return ct && strcmp(ct, none);
}
