/* SPDX-License-Identifier: GPL-2.0-only */
/* What conntrack knows of a packet, by the entry that skb->_nfct points to. */
#ifndef BPF_CONNTRACK_H
#define BPF_CONNTRACK_H

#include <linux/netfilter/nf_conntrack_common.h>

#include "bpfpath.h"
#include "constants.h"
#include "helpers.h"
#include "read.h"

#define NFCT_INFO	7ULL	/* include/linux/skbuff.h: NFCT_INFOMASK */

/*
 * Both tuples of an entry, which lie one behind the other in struct nf_conn, each at the
 * end of a struct nf_conntrack_tuple_hash. They tell more than the status alone only
 * where NAT changes something.
 */
static always_inline void read_tuples(struct event *event, __u64 entry)
{
	__u64 at = entry + OFFSET(nf_conn, tuplehash);
	__u64 tuple = OFFSET(nf_conntrack_tuple_hash, tuple);

	if (!OFFSET(nf_conn, tuplehash) || !tuple ||
	    OFFSET(nf_conntrack_tuple, dst__protonum) !=
		    __builtin_offsetof(struct ct_tuple, proto))
		return;
	read_kernel(&event->tuples[0], sizeof(struct ct_tuple), (void *)(at + tuple));
	at += tuple + sizeof(struct ct_tuple);
	read_kernel(&event->tuples[1], sizeof(struct ct_tuple), (void *)(at + tuple));
}

/* The entry may be a template, which has no tuples. */
static always_inline void read_entry(struct event *event, __u64 entry)
{
	__u64 status = read_u64(entry, OFFSET(nf_conn, status));

	event->ct |= status << CT_STATUS_SHIFT;
	if (OFFSET(nf_conn, mark))
		event->ct_mark = read_u32(entry, OFFSET(nf_conn, mark));
	if (OFFSET(nf_conn, zone__id))
		event->ct_zone = read_u16(entry, OFFSET(nf_conn, zone__id));
	if (status & (IPS_SRC_NAT | IPS_DST_NAT))
		read_tuples(event, entry);
}

/*
 * event.ct by skb->_nfct: the address of a struct nf_conn plus enum ip_conntrack_info;
 * a packet exempt from conntrack has no address there. An entry whose status cannot be
 * read may be a template, which says nothing of the packet.
 */
static always_inline void read_conntrack(struct event *event, __u64 skb)
{
	__u64 nfct;

	event->ct = CT_UNKNOWN;
	if (!OFFSET(sk_buff, _nfct) || !OFFSET(nf_conn, status))
		return;
	nfct = read_u64(skb, OFFSET(sk_buff, _nfct));
	event->ct = nfct ? CT_STATE + (nfct & NFCT_INFO) : CT_NONE;
	if (nfct & ~NFCT_INFO)
		read_entry(event, nfct & ~NFCT_INFO);
}

#endif /* BPF_CONNTRACK_H */
