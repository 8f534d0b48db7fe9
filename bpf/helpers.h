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

/* A function of its own, for programs to call, and no symbol for others. */
#define hidden	__attribute__((noinline, visibility("hidden")))

#define __uint(name, val)	int(*name)[val]
#define __type(name, val)	typeof(val) *name

/* Host to network byte order; the compiler knows which one it compiles for. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define to_be16(x)	__builtin_bswap16(x)
#define to_be32(x)	__builtin_bswap32(x)
#define to_be64(x)	__builtin_bswap64(x)
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
static __u64 (*const bpf_jiffies64)(void) = (void *)BPF_FUNC_jiffies64;
static __u32 (*const bpf_get_smp_processor_id)(void) =
	(void *)BPF_FUNC_get_smp_processor_id;
static __u64 (*const bpf_get_current_task)(void) =
	(void *)BPF_FUNC_get_current_task;
static __u64 (*const bpf_get_current_pid_tgid)(void) =
	(void *)BPF_FUNC_get_current_pid_tgid;
static __u64 (*const bpf_get_attach_cookie)(void *ctx) =
	(void *)174;	/* BPF_FUNC_get_attach_cookie of Linux 5.15 */
static void *(*const bpf_get_current_task_btf)(void) =
	(void *)158;	/* BPF_FUNC_get_current_task_btf of Linux 5.11 */
static void *(*const bpf_task_pt_regs)(void *task) =
	(void *)175;	/* BPF_FUNC_task_pt_regs of Linux 5.15 */
static long (*const bpf_get_current_comm)(void *to, __u32 size) =
	(void *)BPF_FUNC_get_current_comm;
static long (*const bpf_get_stack)(void *ctx, void *to, __u32 size,
				   __u64 flags) = (void *)BPF_FUNC_get_stack;
static long (*const bpf_skb_load_bytes)(const void *skb, __u32 offset,
					void *to, __u32 len) =
	(void *)BPF_FUNC_skb_load_bytes;

static long (*const read_kernel)(void *to, __u32 size, const void *from) =
	(void *)BPF_FUNC_probe_read_kernel;

static void *(*const bpf_ringbuf_reserve)(void *ring, __u64 size,
					  __u64 flags) =
	(void *)BPF_FUNC_ringbuf_reserve;
static void (*const bpf_ringbuf_submit)(void *data, __u64 flags) =
	(void *)BPF_FUNC_ringbuf_submit;
static long (*const bpf_ringbuf_output)(void *ringbuf, void *data, __u64 size, __u64 flags) =
	(void *)BPF_FUNC_ringbuf_output;
static long (*const bpf_trace_printk)(const char *fmt, __u32 fmt_size, ...) =
	(void *)BPF_FUNC_trace_printk;

/*
 * Gives the same value, but makes the verifier forget what it knew of it: else it would
 * walk a loop for each value that it can tell from others. A pointer minus itself is a
 * number that it does not know (adjust_reg_min_max_vals() in kernel/bpf/verifier.c).
 * Swapping bytes would not do: newer kernels follow that.
 */
static always_inline __u32 any_u32(__u32 value)
{
	__u64 zero;

	asm volatile("%1 = r10\n%1 -= r10\n%0 ^= %1"
		     : "+r"(value), "=&r"(zero));
	return value;
}

/*
 * To be used behind a loop with many exits. Each exit leaves other values in the
 * registers that live through calls, so the verifier would walk all that follows the
 * loop once for each exit.
 */
static always_inline void forget_registers(void)
{
	asm volatile("r6 = 0\nr7 = 0\nr8 = 0\nr9 = 0" ::: "r6", "r7", "r8", "r9");
}

#endif /* HELPERS_H */
