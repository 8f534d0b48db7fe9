// SPDX-License-Identifier: GPL-2.0-only
/*
 * An XDP program of somebody else returns: a step with its verdict; or a function that does
 * what it has said. KP_ROLE is its role (xdp.h).
 */
#include "bpfpath.h"
#include "constants.h"
#include "helpers.h"
#include "read.h"
#include "redirect.h"
#include "step.h"
#include "target.h"
#include "xdp.h"

/* ---------------------------------------------------------------- a program returns */

/* The type of the map by which it redirects; 0: by none. */
static always_inline __u32 redirect_map(__u64 info)
{
	__u64 map;

	if (OFFSET(bpf_redirect_info, map_type))
		return read_u32(info, OFFSET(bpf_redirect_info, map_type));
	map = read_u64(info, OFFSET(bpf_redirect_info, map));
	return map ? read_u32(map, OFFSET(bpf_map, map_type)) : 0;
}

/* The interface's number of an entry of a devmap; 0: of none, or of many. */
static always_inline __u32 devmap_target(__u64 info)
{
	__u64 entry = read_u64(info, OFFSET(bpf_redirect_info, tgt_value));
	__u64 dev = entry ? read_u64(entry, OFFSET(bpf_dtab_netdev, dev)) : 0;

	return dev ? read_u32(dev, OFFSET(net_device, ifindex)) : 0;
}

/* What xdp_do_redirect() is going to read. */
static always_inline void note_xdp_target(struct event *event)
{
	__u64 info = redirect_info();

	if (!info)
		return;
	event->to_flags = redirect_map(info);
	if (event->to_flags == BPF_MAP_TYPE_DEVMAP ||
	    event->to_flags == BPF_MAP_TYPE_DEVMAP_HASH)
		event->to_ifindex = devmap_target(info);
	else
		event->to_ifindex = read_u32(info, OFFSET(bpf_redirect_info, tgt_index));
}

/* Does it end by that verdict? */
static always_inline int ends_by(__u32 verdict, __u32 runner)
{
	return verdict != XDP_PASS && verdict != XDP_REDIRECT &&
	       !(verdict == XDP_TX && runner == XDP_GENERIC);
}

static always_inline void report_verdict(__u64 *args, struct packet *packet,
					 const struct xdp_run *run, __u32 verdict,
					 const struct frame_at *at)
{
	int ends = ends_by(verdict, run->runner);
	__u32 number = packet->number;
	struct event *event = begin_frame_step(packet, ends ? family_of(packet) : 0,
					       verdict);

	if (!event)
		return;
	if (verdict == XDP_REDIRECT)
		note_xdp_target(event);
	event->at_ingress = ends;
	if (run->runner == XDP_FRAME)
		describe_frame(event, at->data, at, number);
	else
		describe_step(args, 0, event, run->key, number, (__u64)args);
}

static always_inline void note_left(const struct frame_at *at, __u32 verdict)
{
	__u64 data = at->data;
	struct xdp_left left;

	read_left(&left, at);
	left.ns = bpf_ktime_get_ns();
	left.verdict = verdict;
	left.num = KP_NUM;
	bpf_map_update_elem(&xdp_left, &data, &left, BPF_ANY);
}

/* What is tracked from now on. */
static always_inline void go_on(__u64 key, __u32 runner, __u32 verdict,
				const struct frame_at *at)
{
	int is_frame = runner == XDP_FRAME ||
		       (runner == XDP_VETH && verdict != XDP_PASS);

	if (is_frame && move_packet_key(key, at->data))
		note_left(at, verdict);
}

static always_inline void program_returns(__u64 *args)
{
	__u64 xdp = nth(args, 1), key;
	__u32 verdict = nth(args, KP_RESULT);
	struct xdp_run *run = xdp_this_run();
	struct packet *packet;
	struct frame_at at;

	if (!run || run->xdp != xdp)
		return;
	run->xdp = 0;
	run->returned = xdp;
	key = run->key;
	packet = bpf_map_lookup_elem(&skb_map, &key);
	if (!packet)
		return;
	frame_of_xdp(&at, xdp);
	report_verdict(args, packet, run, verdict, &at);
	if (ends_by(verdict, run->runner))
		forget_frame(key, packet);
	else
		go_on(key, run->runner, verdict, &at);
}

/* ---------------------------------------------------------------- a redirection */

/* The inode number of a struct sock's socket (SOCK_INODE() in net/sock.h); or 0. */
static always_inline __u32 socket_inode(__u64 sk)
{
	__u64 socket = read_u64(sk, OFFSET(sock, sk_socket));

	if (!socket || !OFFSET(socket_alloc, vfs_inode__i_ino))
		return 0;
	return read_u64(socket, OFFSET(socket_alloc, vfs_inode__i_ino));
}

/* The tracked frame of a struct xdp_buff ends, if there is one; @socket: where, or 0. */
static always_inline void xdp_ends(__u64 xdp, __u64 socket)
{
	struct packet *packet;
	struct event *event;
	struct frame_at at;
	__u64 data;

	frame_of_xdp(&at, xdp);
	data = at.data;
	if (!bpf_map_lookup_elem(&xdp_left, &data))
		return;
	packet = bpf_map_lookup_elem(&skb_map, &data);
	if (!packet)
		return;
	event = begin_frame_step(packet, family_of(packet), 0);
	if (event) {
		event->xsk = socket ? socket_inode(socket) : 0;
		describe_frame(event, data, &at, packet->number);
	}
	forget_frame(data, packet);
}

/* A socket has got a copy of the sk_buff for which a program was run last. */
static always_inline void socket_has(__u64 *args, __u64 socket)
{
	struct xdp_run *run = xdp_this_run();
	struct packet *packet;
	struct event *event;
	__u64 key;

	if (!run || run->runner != XDP_GENERIC || run->returned != nth(args, 2))
		return;
	key = run->key;
	packet = bpf_map_lookup_elem(&skb_map, &key);
	event = packet ? begin_frame_step(packet, 0, 0) : 0;
	if (!event)
		return;
	event->xsk = socket_inode(socket);
	describe_step(args, 0, event, key, packet->number, (__u64)args);
}

SEC("fexit/" STRING(KP_NAME))
int probe(__u64 *args)
{
	if (!state.tracked)
		return 0;
	if (KP_ROLE == ROLE_XDP_LEAVE)
		program_returns(args);
	else if (KP_ROLE == ROLE_XDP_REDIRECTED && (__s32)nth(args, 4) < 0)
		xdp_ends(nth(args, 2), 0);
	else if (KP_ROLE == ROLE_XDP_SOCKET && !(__s32)nth(args, 3))
		xdp_ends(nth(args, 2), nth(args, 1));
	else if (KP_ROLE == ROLE_XDP_SOCKET_SKB && !(__s32)nth(args, 3))
		socket_has(args, nth(args, 1));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
