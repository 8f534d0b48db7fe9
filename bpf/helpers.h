/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The helpers that our programs call (bpf-helpers(7)) and the macros in
 * which map definitions are written (Documentation/bpf/libbpf/libbpf.rst,
 * "BTF-defined maps").
 */
#ifndef HELPERS_H
#define HELPERS_H

#include <linux/bpf.h>

#define SEC(name)	__attribute__((section(name), used))
#define always_inline	inline __attribute__((always_inline))

#define __uint(name, val)	int(*name)[val]
#define __type(name, val)	typeof(val) *name

/* Host to network byte order; the compiler knows which one it compiles for. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define to_be16(x)	__builtin_bswap16(x)
#define to_be32(x)	__builtin_bswap32(x)
#else
#define to_be16(x)	(x)
#define to_be32(x)	(x)
#endif

#define STRING_(x)	#x
#define STRING(x)	STRING_(x)

static void *(*const bpf_map_lookup_elem)(void *map, const void *key) =
	(void *)BPF_FUNC_map_lookup_elem;
static long (*const bpf_map_update_elem)(void *map, const void *key,
					 const void *value, __u64 flags) =
	(void *)BPF_FUNC_map_update_elem;
static long (*const bpf_map_delete_elem)(void *map, const void *key) =
	(void *)BPF_FUNC_map_delete_elem;
static __u64 (*const bpf_ktime_get_ns)(void) = (void *)BPF_FUNC_ktime_get_ns;
static __u32 (*const bpf_get_smp_processor_id)(void) =
	(void *)BPF_FUNC_get_smp_processor_id;
static long (*const bpf_skb_load_bytes_relative)(const void *skb, __u32 offset,
						 void *to, __u32 len,
						 __u32 start_header) =
	(void *)BPF_FUNC_skb_load_bytes_relative;

static __u64 (*const bpf_get_current_task)(void) =
	(void *)BPF_FUNC_get_current_task;
static __u64 (*const bpf_get_current_pid_tgid)(void) =
	(void *)BPF_FUNC_get_current_pid_tgid;
static __u64 (*const bpf_get_attach_cookie)(void *ctx) =
	(void *)BPF_FUNC_get_attach_cookie;
static long (*const bpf_get_current_comm)(void *to, __u32 size) =
	(void *)BPF_FUNC_get_current_comm;
static long (*const bpf_skb_load_bytes)(const void *skb, __u32 offset,
					void *to, __u32 len) =
	(void *)BPF_FUNC_skb_load_bytes;

#ifdef HAVE_PROBE_READ_KERNEL
static long (*const read_kernel)(void *to, __u32 size, const void *from) =
	(void *)BPF_FUNC_probe_read_kernel;
#else
static long (*const read_kernel)(void *to, __u32 size, const void *from) =
	(void *)BPF_FUNC_probe_read;
#endif

#if defined(READ_RING)
static void *(*const bpf_ringbuf_reserve)(void *ring, __u64 size,
					  __u64 flags) =
	(void *)BPF_FUNC_ringbuf_reserve;
static void (*const bpf_ringbuf_submit)(void *data, __u64 flags) =
	(void *)BPF_FUNC_ringbuf_submit;
#elif defined(READ_PIPE)
static long (*const bpf_trace_printk)(const char *fmt, __u32 fmt_size, ...) =
	(void *)BPF_FUNC_trace_printk;
#endif

#endif /* HELPERS_H */
