/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A seed: a probe on a function that packets made on this machine pass, and
 * that looks at them as a classifier does. There they have their headers, and
 * routing, netfilter, neighbour and queue still before them.
 *
 *	SEED_NETNS	inode number of the namespace it leaves from; else any
 *	SEED_DEVICES	interfaces it may leave by, of each the namespace's inode
 *			number and the ifindex, separated by commas; else any
 *	SEED_IFNAME	name of such an interface, or how it begins, and
 *	SEED_IFNAME_LEN	how many characters of it count
 *	WANT_UID	owner of the socket that sends it, in the first user namespace
 *	WANT_PID	process (thread group) that has it made by a system call,
 *	WANT_COMM	… and that thread's name
 */
#ifndef SEED_H
#define SEED_H

#define HOOK		HOOK_OUTPUT
#define HOOK_NAME	"output"
#define FILTER_SEED	1

#include "select.h"
#include "filter.h"

#define TCP_TIME_WAIT		6	/* include/net/tcp_states.h: what is … */
#define TCP_NEW_SYN_RECV	12	/* … no struct sock as a whole */

#define COMM_LEN	16

#ifdef BLIND
#error "seeds need the kernel's BTF"
#endif

/*
 * Has an earlier seed looked at it? A packet passes seeds in the order of their
 * ranks: when the rank does not grow, it is another one at the same address.
 */
static always_inline int is_looked_at(struct looked *last, __u64 skb,
				      __u32 rank)
{
	if (last->skb != skb || last->rank >= rank)
		return 0;
	last->rank = rank;
	return 1;
}

static always_inline int is_wanted_ifname(__u64 dev)
{
#ifdef SEED_IFNAME
	const char wanted[] = SEED_IFNAME;
	char name[NAME_LEN] = {};
	int same = 1;

	read_kernel(name, sizeof(name), (void *)(dev + OFF_NET_DEVICE_NAME));
#pragma unroll
	for (int i = 0; i < SEED_IFNAME_LEN; i++)
		same &= name[i] == wanted[i];
	return same;
#else
	(void)dev;
	return 1;
#endif
}

/* Is this where packets are to be selected? */
static always_inline int is_wanted_device(__u64 dev)
{
#if defined(SEED_DEVICES)
	const __u32 wanted[] = { SEED_DEVICES };
	__u32 netns = device_netns(dev), found = 0;
	__u32 ifindex = read_u32(dev, OFF_NET_DEVICE_IFINDEX);

#pragma unroll
	for (unsigned int i = 0; i < sizeof(wanted) / sizeof(*wanted); i += 2)
		found |= netns == wanted[i] && ifindex == wanted[i + 1];
	if (!found)
		return 0;
#elif defined(SEED_NETNS)
	if (device_netns(dev) != SEED_NETNS)
		return 0;
#endif
	return is_wanted_ifname(dev);
}

#ifdef WANT_UID

/* The socket as sk_to_full_sk() finds it, of a SYN's answer the listener. */
static always_inline __u64 sending_socket(const __u8 *part)
{
	__u64 sk = part_u64(part, OFF_SK_BUFF_SK);
	__u8 sk_state = read_u8(sk, OFF_SOCK___SK_COMMON_SKC_STATE);

	if (sk_state == TCP_TIME_WAIT)
		return 0;
	return sk_state == TCP_NEW_SYN_RECV ?
		       read_u64(sk, OFF_REQUEST_SOCK___REQ_COMMON_SKC_LISTENER) : sk;
}

static always_inline int is_wanted_uid(const __u8 *part)
{
	__u64 sk = sending_socket(part);

	return sk && read_u32(sk, OFF_SOCK_SK_UID) == WANT_UID;
}

#else
#define is_wanted_uid(part)	1
#endif

#if defined(WANT_PID) || defined(WANT_COMM)

/*
 * An interrupt works on a stack of its own: what it makes is not made for the
 * process that it has interrupted. @stack is an address of the stack in use.
 */
static always_inline int is_wanted_process(__u64 stack)
{
	__u64 base = read_u64(bpf_get_current_task(), OFF_TASK_STRUCT_STACK);
	int same = is_on_stack(stack, base);
#ifdef WANT_PID
	same &= bpf_get_current_pid_tgid() >> 32 == WANT_PID;
#endif
#ifdef WANT_COMM
	const char wanted[COMM_LEN] = WANT_COMM;
	char comm[COMM_LEN] = {};

	bpf_get_current_comm(comm, sizeof(comm));
#pragma unroll
	for (int i = 0; i < COMM_LEN; i++)
		same &= comm[i] == wanted[i];
#endif
	return same;
}

#else
#define is_wanted_process(stack)	((void)(stack), 1)
#endif

/* Its link-layer header is not there yet, or never will be. */
static always_inline int begins_at_network_header(const __u8 *part)
{
	return part_u64(part, OFF_SK_BUFF_DATA) ==
	       part_u64(part, OFF_SK_BUFF_HEAD) +
		       part_u16(part, OFF_SK_BUFF_NETWORK_HEADER);
}

/*
 * The device that it leaves by: where IP has it, that of its route (what has just
 * been put into a tunnel's packet is at the tunnel still), else its own; 0: none.
 */
static always_inline __u64 leaving_by(const __u8 *part)
{
	__u64 dev = 0;

	if (begins_at_network_header(part))
		dev = dst_device(part_u64(part, OFF_SK_BUFF__SKB_REFDST));
	return dev ? dev : part_u64(part, OFF_SK_BUFF_DEV);
}

static always_inline int is_ether(__u64 dev)
{
	return is_ethernet_type(read_u16(dev, OFF_NET_DEVICE_TYPE));
}

/* 1: no link-layer header, 0: one of Ethernet, -1: another, or it is needed. */
static always_inline int form_of(const __u8 *part, __u64 dev)
{
	if (!begins_at_network_header(part))
		return is_ether(dev) ? 0 : -1;
#ifdef NEEDS_LINK
	return is_ether(dev) ? -1 : 1;
#else
	return 1;
#endif
}

/*
 * The device that @skb is to leave by, if it is one that is asked for, else 0. What
 * is read of it lies on the stack only here.
 */
static always_inline __u64 wanted_at(__u64 skb, struct looked *last,
				     __u64 stack, __u32 rank)
{
	__u8 part[PART_LEN] __attribute__((aligned(8)));
	__u64 dev;
	int raw;

	if (read_part(part, skb) || part_u32(part, OFF_SK_BUFF_SKB_IIF))
		return 0;
	dev = leaving_by(part);
	raw = dev && is_wanted_device(dev) ? form_of(part, dev) : -1;
	if (raw < 0)
		return 0;
	last->skb = skb;
	last->rank = rank;
	return is_wanted_uid(part) && is_wanted_process(stack) &&
			       matches(skb, part, raw) ?
		       dev :
		       0;
}

/*
 * Selects @skb if it is one that is asked for. @rank: which of the seeds on a
 * packet's way this is, from 1; @stack: see is_wanted_process().
 */
static always_inline void seed(__u64 skb, __u64 stack, __u32 rank)
{
	const __u32 key = 0;
	struct looked *last = bpf_map_lookup_elem(&looked, &key);
	__u64 dev;

	if (!last || !selecting() || is_looked_at(last, skb, rank))
		return;
	dev = wanted_at(skb, last, stack, rank);
	if (dev && !is_tracked(skb))
		select(skb, dev);
}

#endif /* SEED_H */
