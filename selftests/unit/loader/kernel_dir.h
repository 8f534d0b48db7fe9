/* SPDX-License-Identifier: GPL-2.0-only */
/* A directory like /sys/kernel/btf, of a very small kernel. */
#ifndef KERNEL_DIR_H
#define KERNEL_DIR_H

#include "btf_build.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct btf_build kernel_btf, veth_btf;
static char kernel_dir[64];

static inline uint32_t build_typedef_of_net(struct btf_build *b)
{
	uint32_t id = b->next_id;
	uint32_t ns, net, holder;

	ns = build_type(b, KIND_STRUCT, "ns_common", 1, 8, 3,
			build_string(b, "inum"), id + 4, 32u);
	net = build_type(b, KIND_STRUCT, "net", 1, 128, 3,
			 build_string(b, "ns"), ns, 8u * 100);
	build_ptr(b, net);
	holder = build_type(b, KIND_STRUCT, "", 1, 8, 3,
			    build_string(b, "net"), id + 2, 0u);
	build_int(b, "unsigned int", 4);
	return build_type(b, KIND_TYPEDEF, "possible_net_t", 0, holder, 0);
}

/* The structs that a layout is made of; sk_buff has no mark here. */
static inline uint32_t build_net_structs(struct btf_build *b)
{
	uint32_t possible_net = build_typedef_of_net(b);
	uint32_t u32_id = possible_net - 1;
	uint32_t chars = build_array(b, build_int(b, "char", 1), 16);
	uint32_t common, dev;

	common = build_type(b, KIND_STRUCT, "sock_common", 1, 64, 3,
			    build_string(b, "skc_net"), possible_net, 8u * 48);
	build_type(b, KIND_STRUCT, "sock", 1, 256, 3,
		   build_string(b, "__sk_common"), common, 0u);
	dev = build_type(b, KIND_STRUCT, "net_device", 3, 512, 9,
			 build_string(b, "name"), chars, 8u * 16,
			 build_string(b, "ifindex"), u32_id, 8u * 32,
			 build_string(b, "nd_net"), possible_net, 8u * 40);
	dev = build_ptr(b, dev);
	return build_type(b, KIND_STRUCT, "sk_buff", 3, 200, 9,
			  build_string(b, "dev"), dev, 8u * 16,
			  build_string(b, "sk"), dev, 8u * 24,
			  build_string(b, "len"), u32_id, 8u * 112);
}

static inline void build_functions(struct btf_build *b, uint32_t skb)
{
	uint32_t other = build_ptr(b, build_int(b, "int", 4));
	uint32_t skb_pp = build_ptr(b, skb), void_ptr = build_ptr(b, 0);
	uint32_t reason = build_type(b, KIND_ENUM, "skb_drop_reason", 0, 4, 0);
	uint32_t one = build_proto(b, 1, skb), second, none;

	second = build_proto(b, 3, other, skb, reason);
	none = build_proto(b, 2, other, void_ptr);
	build_func(b, "ip_rcv", one);
	build_func(b, "drop_reason", second);
	build_func(b, "core", build_proto(b, 2, skb_pp, skb));
	build_func(b, "no_packet", none);
	build_func(b, "optimised", second);
	build_func(b, "twin", second);
	build_tracepoint(b, "kfree_skb",
			 build_proto(b, 4, void_ptr, skb, void_ptr, reason));
	build_tracepoint(b, "net_dev_queue", build_proto(b, 2, void_ptr, skb));
	build_tracepoint(b, "enqueue",
			 build_proto(b, 4, void_ptr, other, void_ptr, skb));
	build_tracepoint(b, "sched_switch", build_proto(b, 1, void_ptr));
	build_tracepoint(b, "netlink_extack", build_proto(b, 2, void_ptr, skb));
	build_tracepoint(b, "kmem_cache_free",
			 build_proto(b, 3, void_ptr, void_ptr, void_ptr));
}

static inline void build_kernel(void)
{
	uint32_t skb;

	build_begin(&kernel_btf, NULL);
	skb = build_ptr(&kernel_btf, build_net_structs(&kernel_btf));
	build_functions(&kernel_btf, skb);
	build_end(&kernel_btf);
	build_begin(&veth_btf, &kernel_btf);
	build_func(&veth_btf, "veth_xmit",
		   build_proto(&veth_btf, 2, skb, skb));
	build_func(&veth_btf, "twin", build_proto(&veth_btf, 1, skb));
	build_tracepoint(&veth_btf, "a_veth_event",
			 build_proto(&veth_btf, 3, skb, skb, skb));
	build_end(&veth_btf);
}

static inline void kernel_file(const char *name, const void *bytes,
			       size_t size)
{
	char path[96];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", kernel_dir, name);
	file = fopen(path, "w");
	if (!file || fwrite(bytes, 1, size, file) != size || fclose(file))
		abort();
}

static inline void kernel_dir_make(void)
{
	strcpy(kernel_dir, "/tmp/bpfpath-test.XXXXXX");
	if (!mkdtemp(kernel_dir))
		abort();
	build_kernel();
	kernel_file("vmlinux", kernel_btf.bytes, kernel_btf.size);
	kernel_file("veth", veth_btf.bytes, veth_btf.size);
}

static inline void kernel_unlink(const char *name)
{
	char path[96];

	snprintf(path, sizeof(path), "%s/%s", kernel_dir, name);
	unlink(path);
}

static inline void kernel_dir_remove(void)
{
	kernel_unlink("vmlinux");
	kernel_unlink("veth");
	rmdir(kernel_dir);
}

#endif /* KERNEL_DIR_H */
