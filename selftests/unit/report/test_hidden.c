// SPDX-License-Identifier: GPL-2.0-only
/* Entries of data/ that stand behind more general ones, and so never match. */
#include "harness.h"
#include "../../../report/diagnose/match.h"

static const char *const no_reason[] = { "NOT_SPECIFIED", "-", NULL };

/* Does pattern a match all that pattern b matches? Neither has [brackets]. */
static bool covers(const char *a, const char *b)
{
	if (*a == '*') {
		for (; *b; b++)
			if (covers(a + 1, b))
				return true;
		return covers(a + 1, b);
	}
	if (!*a || !*b)
		return *a == *b;
	if (*b == '*' || (*a != '?' && *a != *b))
		return false;
	return covers(a + 1, b + 1);
}

static bool has_condition(const char *place, const char *condition, size_t len)
{
	for (; strchr(place, '/'); place = strchr(place, '/') + 1)
		if (strcspn(place, "/") == len &&
		    !strncmp(place, condition, len))
			return true;
	return false;
}

/* "CONDITION/PLACE": b has all conditions of a, and perhaps more. */
static bool place_covers(const char *a, const char *b)
{
	const char *slash = strrchr(b, '/');
	size_t len;

	for (; strchr(a, '/'); a += len + 1) {
		len = strcspn(a, "/");
		if (!has_condition(b, a, len))
			return false;
	}
	return covers(a, slash ? slash + 1 : b);
}

/* No reason that is given is no reason, too. */
static bool reason_covers(const char *a, const char *b)
{
	if (!strcmp(b, no_reason[0]) && covers(a, no_reason[1]))
		return true;
	return covers(a, b);
}

typedef bool (*covers_fn)(const char *a, const char *b);

static bool any_covers(const char *patterns, const char *b, covers_fn fn)
{
	for (; *patterns; patterns += strlen(patterns) + 1)
		if (fn(patterns, b))
			return true;
	return false;
}

/* Does an entry before the n-th one match all that these two patterns do? */
static bool is_hidden(const struct table *t, size_t n, const char *place,
		      const char *reason)
{
	size_t i;

	for (i = 0; i < n; i++) {
		const struct table_entry *e = &t->entry[i];

		if (any_covers(e->keys[0], place, place_covers) &&
		    (!reason || any_covers(e->keys[1], reason, reason_covers)))
			return true;
	}
	return false;
}

static size_t say_hidden(const char *place, const char *reason)
{
	printf("# never matches: %s %s\n", place, reason ? reason : "");
	return 1;
}

static size_t hidden_places(const struct table *t, size_t n, const char *reason)
{
	const char *place = t->entry[n].keys[0];
	size_t count = 0;

	for (; *place; place += strlen(place) + 1)
		if (is_hidden(t, n, place, reason))
			count += say_hidden(place, reason);
	return count;
}

/* How many pairs of patterns never match; each is said. */
static size_t count_hidden(const struct table *t)
{
	size_t n, count = 0;

	for (n = 0; n < t->count; n++) {
		const char *reason = t->entry[n].keys[1];

		if (!reason)
			count += hidden_places(t, n, NULL);
		for (; reason && *reason; reason += strlen(reason) + 1)
			count += hidden_places(t, n, reason);
	}
	return count;
}

static size_t count_in(const char *text)
{
	struct memory m = { text, strlen(text), 4096 };
	struct lines *l = malloc(sizeof(*l));
	struct table t = { .count = 0 };
	char error[TABLE_ERROR];
	size_t count;

	lines_init(l, memory_read, &m);
	table_read(&t, 2, l, error);
	free(l);
	count = count_hidden(&t);
	table_free(&t);
	return count;
}

static void found(void)
{
	is_int(count_in("* R\n\tx\nf R\n\ty\n"), 1, "behind any place");
	is_int(count_in("* R\n\tx\nf *\n\ty\n"), 0, "any reason is more");
	is_int(count_in("f *\n\tx\na/f R\n\ty\n"), 1, "a step before");
	is_int(count_in("a/f *\n\tx\nf R\n\ty\n"), 0, "a step before is less");
	is_int(count_in("a/* *\n\tx\na/f R\n\ty\n"), 1, "both with a step");
	is_int(count_in("a/f *\n\tx\nb/a/f R\n\ty\n"), 1, "one step more");
	is_int(count_in("b/a/f *\n\tx\na/f R\n\ty\n"), 0, "one step less");
	is_int(count_in("f -\n\tx\nf NOT_SPECIFIED\n\ty\n"), 1,
	       "a reason that is none");
	is_int(count_in("f? *\n\tx\nf* *\n\ty\n"), 0, "? is one character");
	is_int(count_in("f*,g *\n\tx\nfa*b,h,g R,S\n\ty\n"), 4,
	       "each pattern by itself");
}

static void shipped(void)
{
	struct data d;

	data_load(&d, "data");
	is_int(count_hidden(&d.verdicts), 0, "data/verdicts.list");
	is_int(count_hidden(&d.ends), 0, "data/ends.list");
	is_int(count_hidden(&d.consumed), 0, "data/consumed.list");
	is_int(count_hidden(&d.hooks), 0, "data/hooks.list");
	is_int(count_hidden(&d.layers), 0, "data/layers.list");
	is_int(count_hidden(&d.directions), 0, "data/directions.list");
	is_int(count_hidden(&d.results), 0, "data/results.list");
	is_int(count_hidden(&d.caches), 0, "data/caches.list");
	is_int(count_hidden(&d.deliveries), 0, "data/deliveries.list");
	data_free(&d);
}

/*
 * What is said of a drop there for that reason, behind the function before, which
 * may be NULL; "" is nothing.
 */
static const char *said(const struct data *d, const char *before,
			const char *place, const char *reason)
{
	struct record end = {
		.how = HOW_DROPPED, .func = "kfree_skb", .location = place,
		.reason = reason, .daddr = "127.0.0.1", .saddr = "10.0.0.2",
	};
	struct record step = { .func = before }, freed = { .func = end.func };
	struct record *steps[] = { &step, &freed };
	const struct path p = {
		.end = &end, .steps = steps, .count = before ? 2 : 0,
	};
	const struct table_entry *e;
	struct match m;

	match_init(&m, d, NULL, &p);
	e = match_drop(&m);
	return e ? e->texts[0] : "";
}

/* Drops of kernels up to 7.2 that an entry for something else could take. */
static void drops(void)
{
	static const struct {
		const char *place, *reason, *want, *before;
	} real[] = {
		{ "ping_rcv", "NO_SOCKET", "an ICMP answer for which", NULL },
		{ "icmp_rcv", "NO_SOCKET", "an ICMP answer for which", NULL },
		{ "icmpv6_rcv", "NO_SOCKET", "an ICMP answer for which", NULL },
		{ "udp_rcv", "NO_SOCKET", "no socket: nobody listens", NULL },
		{ "enqueue_to_backlog", "DEV_READY", "{dev} is not ready", NULL },
		{ "enqueue_to_backlog", "CPU_BACKLOG", "the backlog of this", NULL },
		{ "ipvlan_multicast_enqueue", "IPVLAN_MULTICAST_BACKLOG",
		  "a backlog is full", NULL },
		{ "arp_process", "ARP_PVLAN_DISABLE", "ARP for an address on", NULL },
		{ "ndisc_recv_ns", "IPV6_NDISC_BAD_OPTIONS", "a message of", NULL },
		{ "tun_net_xmit", "NOMEM", "no memory", NULL },
		{ "napi_get_frags_check", "-", "its link layer header", NULL },
		{ "nf_hook_slow", "NETFILTER_DROP", "by netfilter in {hook}: "
		  "connection tracking", "nf_conntrack_in" },
		{ "nf_hook_slow", "NETFILTER_DROP", "by netfilter in {hook}: IPVS",
		  "ip_vs_in_hook" },
		{ "nf_hook_slow", "-", "by netfilter in {hook}: NAT",
		  "nf_nat_inet_fn" },
		{ "nf_hook_slow", "-", "by netfilter in {hook}",
		  "nft_do_chain_ipv4" },
		{ "__netif_receive_skb_core", "UNHANDLED_PROTO",
		  "{dev} is a slave of a bond", "bond_handle_frame" },
		{ "tcp_v4_rcv", "NO_SOCKET", "no socket: nobody listens on its "
		  "port in the VRF", "vrf_l3_rcv" },
		{ "ip_rcv_finish_core", "NOT_SPECIFIED",
		  "an address of 127.0.0.0/8", "ip_rcv_core" },
		{ "ip_rcv_core", "OTHERHOST", "addressed to another host's MAC "
		  "address, behind", "skb_do_redirect" },
		{ "wg_xmit", "-", "by WireGuard: no peer", "wg_xmit" },
		{ "sctp_recvmsg", "-", "done: the program has read it", NULL },
		{ "tcp_data_queue", "TCP_OLD_DATA", "done: TCP has this", NULL },
		{ "tcp_validate_incoming", "TCP_RESET", "a RST: it has ended", NULL },
	};
	struct data d;
	size_t i;

	data_load(&d, "data");
	for (i = 0; i < sizeof(real) / sizeof(*real); i++) {
		const char *got = said(&d, real[i].before, real[i].place,
				       real[i].reason);

		if (!ok(!strncmp(got, real[i].want, strlen(real[i].want)),
			real[i].place))
			printf("# %s: '%s'\n", real[i].reason, got);
	}
	data_free(&d);
}

/* What became of one that was freed so: the words, "" are none. */
static const char *became(const struct data *d, const char *last,
			  const char *location, const char *proto)
{
	struct record end = {
		.how = HOW_CONSUMED, .func = "skb:consume_skb",
		.location = location, .proto = proto,
	};
	struct record step = { .func = last }, freed = { .func = end.func };
	struct record *steps[] = { &step, &freed };
	const struct path p = { .end = &end, .steps = steps, .count = 2 };
	const struct table_entry *e;
	struct match m;

	match_init(&m, d, NULL, &p);
	e = match_consumed(&m);
	return e ? e->texts[0] : "";
}

/* Callers of consume_skb() as the images of 6.12 have them. */
static void consumed(void)
{
	static const struct {
		const char *last, *location, *proto, *want;
	} real[] = {
		{ "skb_free_datagram", "ping_recvmsg+0x9", NULL,
		  "delivered to a socket" },
		{ "skb_copy_datagram_iovec", "packet_recvmsg+0x9", NULL,
		  "came to a capture" },
		{ "skb_copy_datagram_iovec", "ping_recvmsg+0x9", NULL,
		  "delivered to a socket" },
		{ "skb_copy_datagram_iovec", NULL, NULL, "read by a program" },
		{ "net_dev_xmit", "dummy_xmit+0x9", NULL,
		  "handed to the driver" },
		{ "skb_consume_udp", "skb_consume_udp+0x9", "udp",
		  "delivered to a socket" },
		{ "wg_receive", "wg_packet_rx_poll+0x9", NULL, "given up" },
		{ "wg_receive", "wg_packet_handshake_receive_worker+0x9", NULL,
		  "taken by the kernel" },
		{ "wg_receive", NULL, NULL, "" },
		{ "__skb_gso_segment", "wg_xmit+0x9", "tcp",
		  "cut into segments" },
		{ "wg_xmit", "wg_xmit+0x9", "tcp", "given up" },
		{ "ip_tunnel_xmit", "sit_tunnel_xmit+0x9", NULL,
		  "copied into another packet" },
		{ "cake_enqueue", "cake_enqueue+0x9", "tcp", "merged" },
		{ "__skb_gso_segment", "cake_enqueue+0x9", "tcp",
		  "cut into segments" },
		{ "skb_free_datagram", "packet_recvmsg+0x9", NULL,
		  "came to a capture" },
		{ "ip_defrag", "inet_frag_reasm_prepare+0x9", "udp", "merged" },
		{ "veth_xdp_rcv_skb", "skb_pp_cow_data+0x9", "udp",
		  "copied into another packet" },
		{ "vxlan_xmit", "vxlan_xmit+0x9", "udp", "given up" },
		{ "vxlan_xmit", "vxlan_xmit+0x9", NULL, "" },
		{ "geneve_xmit", NULL, NULL, "given up" },
		{ "ifb_xmit", NULL, "udp", "given up" },
		{ "dummy_xmit", "dummy_xmit+0x9", "udp", "handed to the driver" },
		{ "start_xmit", "__free_old_xmit+0x9", "tcp",
		  "handed to the driver" },
		{ "tcp_data_queue", NULL, "tcp", "" },
		{ "tcp_ack", NULL, "tcp", "taken by the kernel" },
		{ "icmp_reply", "icmp_rcv+0x9", "icmp", "answered by the kernel" },
		{ "icmp_echo", "icmp_rcv+0x9", "icmp", "" },
	};
	struct data d;
	size_t i;

	data_load(&d, "data");
	for (i = 0; i < sizeof(real) / sizeof(*real); i++)
		is_str(became(&d, real[i].last, real[i].location,
			      real[i].proto), real[i].want, real[i].last);
	data_free(&d);
}

int main(void)
{
	tap_plan(69);
	found();
	shipped();
	drops();
	consumed();
	return tap_done();
}
