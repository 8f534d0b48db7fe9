// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lesson, first half: which packet is followed (Documentation/lesson.md). A classifier
 * of tc(8) sees each packet that arrives at an interface. Of an ICMP packet from SOURCE
 * it notes the address of the kernel's struct sk_buff: the probes of kprobe.c
 * know the packet by it.
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>

#ifndef SOURCE
#define SOURCE	0x0a000001	/* 10.0.0.1 */
#endif

#define SEC(name)		__attribute__((section(name), used))
#define __uint(name, value)	int(*name)[value]
#define __type(name, value)	typeof(value) *name

static void *(*const map_lookup)(void *map, const void *key) =
	(void *)BPF_FUNC_map_lookup_elem;

/* The address of the packet that is followed; 0: none. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
	__uint(pinning, 1);	/* by its name, so that probes find it */
} skb_map SEC(".maps");

/* The verifier lets nothing be read that is not seen to lie before the end. */
static int is_wanted(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	void *end = (void *)(long)skb->data_end;
	struct ethhdr *ether = data;
	struct iphdr *ip = (void *)(ether + 1);

	return (void *)(ip + 1) <= end &&
	       ether->h_proto == __builtin_bswap16(ETH_P_IP) &&
	       ip->protocol == IPPROTO_ICMP &&
	       ip->saddr == __builtin_bswap32(SOURCE);
}

/*
 * The program's context, struct __sk_buff, is what programs may see of a packet. In the
 * kernel the pointer to it is that to the struct sk_buff.
 */
SEC("classifier")
int classify(struct __sk_buff *skb)
{
	__u32 zero = 0;
	__u64 *followed = map_lookup(&skb_map, &zero);

	if (followed && is_wanted(skb))
		*followed = (__u64)skb;
	return TC_ACT_UNSPEC;	/* the next filter decides */
}

char LICENSE[] SEC("license") = "GPL";
