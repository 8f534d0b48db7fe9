/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The contract between the programs in the kernel and the loader: names,
 * shapes and meaning of the maps. Both sides include this file and nothing
 * else of each other. All numbers are in the machine's byte order, all times
 * are CLOCK_MONOTONIC in ns, as bpf_ktime_get_ns() gives them.
 */
#ifndef BPFPATH_H
#define BPFPATH_H

#include <linux/types.h>

#define MAX_PACKETS	1024	/* tracked at a time. Sizes of hash tables and
				   ring are defaults: a run may have others */
#define MAX_FAMILIES	(2 * MAX_PACKETS)	/* … and some that have ended */
#define MAX_CALLS	8192	/* functions that tracked packets are in */
#define MAX_FUNCS	4096	/* function numbers: 1 .. MAX_FUNCS - 1 */
#define EVENTS_BYTES	(1 << 24)	/* size of the ring buffer */
#define SLOT_PACKETS	16	/* without a ring: packets … */
#define SLOT_STEPS	512	/* … and events of each that find a slot */
#define NAME_LEN	16	/* IFNAMSIZ */
#define MAX_DEVICES	4096	/* where packets are wanted (wanted_device.h) */
#define MAX_PORTS	256	/* of UDP tunnels */

/* event.func of a selection and of a derivation, which no function has as its number. */
#define FUNC_SELECTED	0
#define FUNC_DERIVED	MAX_FUNCS

/*
 * Flags beside the function's number in event.func. An event with one of them is no
 * step of the packet and takes no sequence number.
 */
#define FUNC_NUM(func)	((func) & 0xffff)
#define FUNC_RETURN	(1U << 16)	/* the function has returned */
#define FUNC_CALLEE	(1U << 17)	/* it has no packet, but works for this one */
#define FUNC_RULE	(1U << 18)	/* a rule of a firewall has decided */
#define FUNC_CONNTRACK	(1U << 19)	/* conntrack has said what it does with it */

/*
 * What reaching a probe means for the packet: column FIN of kp_funcs.list
 * and the macro KP_FIN.
 */
enum verdict {
	VERDICT_NONE,			/* it goes on */
	VERDICT_CONSUMED,		/* it ends here, delivered or sent */
	VERDICT_DROPPED,		/* it ends here, dropped */
	VERDICT_CALLEE,			/* the function has no packet, it works for one */
};

/*
 * What a probe of kprobe.multi has to know of the function that was reached,
 * in the cookie of its address: bits from the right.
 */
#define COOKIE_NUM(cookie)	((cookie) & 0xffff)	/* its number */
#define COOKIE_ARGS(cookie)	((cookie) >> 16 & 0xff)	/* bit n: register n + 1 … */
#define COOKIE_DEREFS(cookie)	((cookie) >> 24 & 0xff)	/* … is a packet; sk_buff ** */
#define COOKIE_VERDICT(cookie)	((cookie) >> 32 & 0xf)	/* enum verdict */
#define COOKIE_IS_FRESH(cookie)	COOKIE_VERDICT(cookie)	/* of a copy site: KP_IS_FRESH */
#define COOKIE_REASON(cookie)	((cookie) >> 36 & 0xf)	/* register; 0: none */
#define COOKIE_STAGE(cookie)	((cookie) >> 40 & 0xff)	/* of an output probe; 0: it is none */
#define COOKIE_PARENT(cookie)	((cookie) >> 48 & 0xf)	/* of a copy site: register */
#define COOKIE_MAKE(num, verdict, reason, stage)                           \
	((__u64)(num) | (__u64)(verdict) << 32 | (__u64)(reason) << 36 |       \
	 (__u64)(stage) << 40)
#define COOKIE_ARG(arg, deref)                                             \
	(1ULL << (15 + (arg)) | (__u64)!!(deref) << (23 + (arg)))
#define COOKIE_COPY_SITE(parent)	((__u64)(parent) << 48)

/*
 * In place of a helper's number: the kernel function bpf_session_is_return(), whose
 * number is that of its type in the running kernel.
 */
#define SESSION_IS_RETURN	0x7fff0001

/*
 * The one value of "state". The programs reach it without a lookup, as a
 * variable; the loader maps it into its memory. Both add atomically.
 */
struct state {
	__u64 tracked;		/* sk_buffs under way; 0: probes have nothing to do */
	__u64 armed_until;	/* select until this time; the loader renews it */
	__u64 limit;		/* packets to select in all; 0: no end */
	__u64 selected;		/* packets selected so far */
	__u64 run;		/* tells this run's lines in trace_pipe from others */
	__u64 lost;		/* events that found no room */
	__u64 untracked;	/* matching packets that found no room in skb_map */
	__u64 late;		/* … that came when nobody had renewed armed_until */
	__u64 unfollowed;	/* relatives that found no room in skb_map */
	__u64 refused;		/* packets that found no room in family_map, which
				   keeps families whose events were lost */
	__u64 in_pages;		/* packets that did not match, of which the filter wants
				   bytes that lie in page fragments and were not read */
	__u64 per_cpu_offset;	/* address of __per_cpu_offset[]; 0: there is
				   one CPU */
	__u64 redirect_info;	/* before Linux 6.11, of a CPU's struct bpf_redirect_info:
				   what to add to a number of __per_cpu_offset[], … */
	__u64 redirect_offsets;	/* … which is at this address; 0: not known */
	__u64 follow;		/* 1: what TCP keeps is a relative (original.h) */
	__u64 entered;		/* entries of "calls", at least; 0: probes of
				   returns have nothing to do */
};

/*
 * A tracked sk_buff: value of "skb_map", whose key is its address. A selected
 * packet founds a family; every sk_buff that is made of a member belongs to it.
 */
struct packet {
	__u32 number;		/* of the family: 1, 2, … in the order of selection */
	__u32 member;		/* 0: selected; 1, 2, …: in the order of derivation */
	__u32 seq;		/* the next event's sequence number */
	__u32 zero;		/* in place of a hole, which a compiler may leave unset */
	__u64 chain;		/* of nftables that the packet was in last; 0: none (rule.h) */
};

/* A family of tracked sk_buffs: value of "family_map", by its number. */
struct family_counts {
	__u32 derived;		/* relatives so far */
	__u32 live;		/* members in skb_map; the last one to end removes the
				   family, unless … */
	__u32 lost;		/* … events of it found no room: then the loader does */
	__u32 slots;		/* without a ring: events so far */
};

/*
 * Functions that are working for a packet, on one stack (frames.h): the value of
 * "stack_map", whose key is the task, with bit 0 set on an interrupt's stack.
 */
#define FRAMES		8	/* of a stack at a time; a power of two */
#define MAX_STACKS	1024

struct frame {
	__u64 sp;		/* where its return address stands, … */
	__u64 caller;		/* … which is this */
	__u64 skb;		/* address */
	__u32 packet;		/* number; 0: it is not tracked */
	__u32 member;
};

struct frames {
	__u32 depth;
	struct frame frame[FRAMES];	/* from the outermost to the innermost */
};

/*
 * A function that a tracked packet has entered, and that has not returned: key
 * and value of "calls". The place where its return address lies tells which call
 * returns: the arguments are gone by then, and the packet may be as well.
 */
struct call_key {
	__u64 slot;		/* that place */
	__u32 func;		/* number: one function may jump to another */
	__u32 arg;		/* which of its arguments is the packet */
};

struct entered {
	__u32 packet;		/* struct packet: number, member */
	__u32 member;
};

/* Value of "path_map", whose key is the function number. */
struct path_hit {
	__u64 hits;
	__u64 last_ns;
};

/* Addresses and ports as the packet's headers have them at that point. */
struct flow {
	__u8 saddr[16], daddr[16];	/* IPv4: the first four bytes */
	__u8 version;		/* of IP: 4, 6; 0: neither, or not known */
	__u8 proto;		/* IPPROTO_…; of version 0: 0 */
	__u8 type, code;	/* ICMP, ICMPv6 */
	__u16 sport, dport;	/* or identifier and sequence number of an echo;
				   in host byte order; 0: not known */
};

/*
 * A direction of a connection, as its packets come to conntrack: the kernel's struct
 * nf_conntrack_tuple (include/net/netfilter/nf_conntrack_tuple.h). Network byte order.
 */
struct ct_tuple {
	__u8 saddr[16];		/* IPv4: the first four bytes */
	__u16 sport;		/* or an ICMP message's identifier */
	__u16 l3num;		/* NFPROTO_…, host byte order */
	__u8 daddr[16];
	__u16 dport;		/* or an ICMP message's type and code */
	__u8 proto;		/* IPPROTO_… */
	__u8 dir;		/* enum ip_conntrack_dir */
};

/*
 * What "events" carries: records of a ring buffer, or slots of an array. An
 * event may be longer: func tells what follows it.
 */
struct event {
	__u64 ns;
	__u64 skb;		/* address */
	union {
		__u64 location;	/* an end, FUNC_DERIVED, a BPF program: address after
				   the caller's call; else, and where it is not known, 0 */
		__u64 ovs;	/* Open vSwitch (ovs.h): of an upcall the port that it came
				   from; of an action the argument; from bit 32 on the
				   flow key's hash */
		__u64 value;	/* FUNC_RETURN: the register of the result */
	};
	__u32 packet;		/* struct packet: number; 0: an empty slot */
	__u32 member;
	union {
		__u32 seq;	/* 0, 1, …; of FUNC_SELECTED always 0 */
		__u32 parent;	/* FUNC_DERIVED: member of what it is made of */
	};
	__u32 func;		/* number of the function, or FUNC_… */
	__u32 cpu;
	__u32 reason;		/* enum skb_drop_reason; 0: none given; of a BPF program
				   (prog.c): what it returned; Open vSwitch: enum
				   ovs_packet_cmd, ovs_action_attr */
	__u32 len;		/* skb->len, bytes */
	__u32 mark;
	__u32 ifindex;		/* 0: no device known */
	__u32 netns;		/* inode number; 0: not known */
	union {
		__u32 hook;	/* FUNC_SELECTED: enum hook */
		__u32 copy_site;	/* FUNC_DERIVED: number of the function; 0: none,
				   it is what TCP keeps (original.h) */
		__u32 at_ingress;	/* a BPF program (prog.c): tc's direction; one of
				   XDP (xdp.h): 1: the packet ends by its verdict */
		__u32 to_netns;	/* Open vSwitch: the namespace of … */
		__u32 xsk;	/* ROLE_XDP_SOCKET: inode number; 0: not known */
	};
	__u32 ident;		/* IPv4: identification; or NO_IDENT */
	union {
		__u32 derived;	/* of the last event of a member: of its family; … */
		__u32 to_ifindex;	/* … the port's device; a BPF program (prog.c):
					   where it redirects; 0: not known */
	};
	union {
		__u32 lost;	/* … else, and where it is not known, NO_COUNT */
		__u32 to_flags;	/* a BPF program: how (struct bpf_redirect_info); of XDP:
				   by which map (enum bpf_map_type), whose entry it is
				   if that has no interfaces */
		__u32 recirc_id;	/* Open vSwitch: of the flow key */
	};
	char ifname[NAME_LEN];
	__u32 pid;		/* of the thread that ran; 0: none */
	char comm[NAME_LEN];	/* its name; TASK_COMM_LEN is as long */
	struct flow flow;
	__u32 ct;		/* what conntrack knows of it: CT_… */
	__u32 ct_mark;		/* of its entry; 0: none */
	__u16 ct_zone;		/* the same */
	__u16 call;		/* of a selection and a step: what the thread does: CALL_… */
	struct ct_tuple tuples[2];	/* of its entry, if that is translated: original
					   and reply; l3num 0: not known */
	__u32 fd;		/* CALL_NUMBER: the call's first argument, … */
	__u32 socket;		/* … and if that is the descriptor of a socket, its inode
				   number, else 0 */
};

/*
 * event.call: what the thread does that ran. From CALL_NUMBER on the number of a system
 * call of the kernel's own architecture comes on top.
 */
#define CALL_UNKNOWN	0
#define CALL_INTERRUPT	1	/* nothing of this: an interrupt has come between */
#define CALL_KERNEL	2	/* it is a thread of the kernel's */
#define CALL_IO_URING	3	/* … of io_uring's */
#define CALL_EXIT	4	/* it ends */
#define CALL_COMPAT	5	/* a system call of a 32-bit program */
#define CALL_LOCAL	6	/* of a selection by a classifier: the packet was made here */
#define CALL_NUMBER	8
#define CALL_NUMBERS	4096	/* so many numbers, at most */

/*
 * event.ct: has the packet an entry of conntrack, and how does it belong to that?
 * CT_STATE plus enum ip_conntrack_info, and from bit CT_STATUS_SHIFT on the entry's
 * status (enum ip_conntrack_status).
 */
#define CT_UNKNOWN	0
#define CT_NONE		1	/* no entry, and not exempt from it */
#define CT_STATE	2
#define CT_STATUS_SHIFT	8

/*
 * What follows an event in the ring, when the packet's bytes are asked for: its
 * bytes at that point. Nothing follows an event of derivation, and one with a flag
 * in func.
 */
struct capture {
	__u16 link_type;	/* LINKTYPE_… (pcap-linktype(7)): what they begin with */
	__u16 len;		/* how many are here, 0: none, … */
	__u32 size;		/* … of how many the packet has from there on */
	__u8 bytes[];
};

/* Whose stacks are asked for (with_stack). */
enum stacks {
	STACKS_NONE,
	STACKS_END,		/* where a packet ends: of steps with a verdict */
	STACKS_ALL,		/* of each step */
};

#define MAX_FIELDS	24	/* of a packet, in one run */

/*
 * What follows an event of a selection or a step in the ring, behind the packet's bytes if
 * there are any: as many as with_fields says, in the order in which they are asked for.
 */
struct field_value {
	__u64 known;		/* 0: it is not; value is not set then */
	__u64 value;		/* with all bits of a signed one */
};

/* What follows these when a tunnel's are asked for as well. */
struct tunnel_fields {
	__u64 has_id;		/* 0: it has none, or it is not known */
	__u64 id;		/* VXLAN, Geneve: VNI; GRE: key */
	struct flow inner;	/* version 0: it is in no tunnel, or that is not known */
};

#define STACK_FRAMES	72	/* some of them are those of BPF and of probes */

/*
 * What follows an event of a step in the ring, behind its bytes and fields if there are
 * any, when its stack is asked for: where the kernel was, as bpf_get_stack() tells it.
 */
struct kernel_stack {
	__u32 count;		/* of frames here; STACK_FRAMES: there may be more */
	__u32 zero;
	__u64 frames[STACK_FRAMES];	/* addresses, innermost first: the probe's,
					   return addresses */
};

/*
 * KP_ROLE of the probe of a rule, of an answer, of conntrack or of Open vSwitch: on which
 * function or tracepoint it is, and so what its arguments are.
 */
#define ROLE_NFT_CHAIN		1	/* nft_do_chain() */
#define ROLE_NFT_EXPR		2	/* an expression that may give a verdict */
#define ROLE_NFT_IMMEDIATE	3	/* one that holds its verdict begins */
#define ROLE_XT			4	/* ipt_do_table(), its table first */
#define ROLE_XT_TABLE_LAST	5	/* … with the packet first (before 5.16) */
#define ROLE_NFT_REJECT		6	/* an expression that always drops begins */
#define ROLE_QUESTION		7	/* where a packet may be answered (answer.h) */
#define ROLE_QUESTION_THIRD	8	/* … the packet is argument 3 */
#define ROLE_WITNESS		9	/* a witness (answer.h) */
#define ROLE_WITNESS_NONE	10	/* … of 5 arguments, with the result 0 */
#define ROLE_CT_LOG		11	/* conntrack (ct_site.h): a format of printf */
#define ROLE_CT_NEW		12	/* … true: TCP's connection can begin so */
#define ROLE_CT_CLASH		13	/* … the verdict, as the table has the entry */
#define ROLE_CT_CONFIRM		14	/* … the verdict, as the table is to have it */
#define ROLE_OVS_ACTION		15	/* Open vSwitch (ovs.h): ovs_do_execute_action */
#define ROLE_OVS_UPCALL		16	/* … ovs_dp_upcall */

/* The same of the probes of XDP (xdp.h). */
#define ROLE_XDP_ENTER		20	/* a program begins … */
#define ROLE_XDP_LEAVE		21	/* … and returns */
#define ROLE_XDP_GENERIC	22	/* a program is about to run for the sk_buff, … */
#define ROLE_XDP_VETH		23	/* … of veth … */
#define ROLE_XDP_COPY		24	/* … or for a new one (skb_copy_header()) */
#define ROLE_XDP_JOIN		25	/* a frame has become an sk_buff: eth_type_trans() */
#define ROLE_XDP_FREE		26	/* a frame is given back: xdp_return_frame() */
#define ROLE_XDP_REDIRECTED	27	/* xdp_do_redirect() returns */
#define ROLE_XDP_SOCKET		28	/* __xsk_map_redirect() returns */
#define ROLE_XDP_SOCKET_SKB	29	/* xsk_generic_rcv() returns */

#define RULE_NAME_LEN	64	/* a longer name is cut */
#define RULE_COMMENT_LEN	256	/* the most that a comment can have, bytes */

/* A tunnel over UDP: value of "tunnel_ports". */
enum tunnel {
	TUNNEL_VXLAN = 1,
	TUNNEL_GENEVE,
	TUNNEL_GUE,
};

/* What a rule event tells of. */
enum rule_kind {
	RULE_POLICY,		/* a chain is entered whose policy is to drop */
	RULE_ACCEPT,		/* … and has let the packet pass nevertheless; or a rule has */
	RULE_DROP,		/* a rule has dropped it */

	/* With the constant with_rules these as well. */
	RULE_POLICY_ACCEPT,	/* no rule has decided, and the chain's policy is to accept */
	RULE_CONTINUE,		/* iptables: a rule without a target has matched */
	RULE_JUMP,		/* a rule has the packet go on in the chain "target" */
	RULE_GOTO,		/* … for good */
	RULE_RETURN,
	RULE_QUEUE,
	RULE_STOLEN,
	RULE_TARGET,		/* iptables: a rule has called "target", as LOG */
};

/* FUNC_RULE: what "events" carries. */
struct rule_event {
	struct event event;
	__u64 handle;		/* of nftables; 0: none, or not known */
	__u32 number;		/* of the rule in its chain, from 1; 0: not known */
	__u8 kind;		/* enum rule_kind */
	__u8 tables;		/* 1: it is one of iptables, not of nftables */
	__u8 family;		/* of the table: NFPROTO_… */
	__u8 pf, hook;		/* where it is called: NFPROTO_…, NF_…_HOOK */
	char table[RULE_NAME_LEN];
	char chain[RULE_NAME_LEN];	/* "": not known; with iptables the hook's,
					   where a number or the policy is told */
	char target[RULE_NAME_LEN];	/* see enum rule_kind */
	__u32 userdata;		/* bytes in comment, which are nft(8)'s data of
				   the rule; 0: comment is text */
	char comment[RULE_COMMENT_LEN];
};

#define CT_WORDS_LEN	96	/* what is longer is cut */

/* What conntrack has said of a packet, … */
enum ct_said {
	CT_SAID_INVALID = 1,	/* … in words */
	CT_SAID_NO_START,	/* no connection of TCP begins so */
	CT_SAID_RESOLVED,	/* another entry was first, which is as well */
	CT_SAID_CLASH,		/* another entry was first */
	CT_SAID_UNCONFIRMED,	/* the entry does not get into the table */
};

/* FUNC_CONNTRACK: what "events" carries. */
struct ct_event {
	struct event event;
	__u32 said;		/* enum ct_said */
	__u32 zero;
	char words[CT_WORDS_LEN];	/* a format of printf */
};

/* What programs make on their stack and hand to the kernel whole has no holes. */
_Static_assert(sizeof(struct packet) == 4 * 4 + 8, "struct packet");
_Static_assert(sizeof(struct family_counts) == 4 * 4, "struct family_counts");
_Static_assert(sizeof(struct call_key) == 8 + 2 * 4, "struct call_key");
_Static_assert(sizeof(struct entered) == 2 * 4, "struct entered");

_Static_assert(sizeof(struct ct_tuple) == 40, "struct ct_tuple is the kernel's");

#define NO_IDENT	(~0U)
#define NO_COUNT	(~0U)

/* Where a packet was selected; records call them ingress, egress, output. */
enum hook {
	HOOK_INGRESS,		/* it arrives at an interface (tc, receive.c) */
	HOOK_EGRESS,		/* it leaves by one (tc, output_probe.h) */
	HOOK_OUTPUT,		/* it is made on this machine (output_probe.h) */
	HOOKS,
};

#endif /* BPFPATH_H */
