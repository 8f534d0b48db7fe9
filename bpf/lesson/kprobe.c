// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lesson, second half: the probe of a kernel function, compiled once for each function
 * (Documentation/lesson.md):
 *
 *	KP_NUM	its number, 0 to 63
 *	KP_NAME	its name
 *	KP_ARG	which argument is the packet, 1 to 6
 *	KP_FIN	1: the packet ends here
 *
 * It compares that argument with the address that classifier.c has noted. Where
 * it is the same, the packet has come here: the time goes to path_map, and to
 * trace_pipe.
 */
#include <linux/bpf.h>

#define SEC(name)		__attribute__((section(name), used))
#define __uint(name, value)	int(*name)[value]
#define __type(name, value)	typeof(value) *name
#define STRING_(name)		#name
#define STRING(name)		STRING_(name)

/* Where struct pt_regs has argument n: the calling conventions of the kernel. */
#ifdef ARM64
#define ARG(n)	((n) - 1)	/* x0, x1, … */
#else
#define ARG(n)	((n) == 5 ? 9 : (n) == 6 ? 10 : 15 - (n))	/* rdi, rsi, … */
#endif

static void *(*const map_lookup)(void *map, const void *key) =
	(void *)BPF_FUNC_map_lookup_elem;
static __u64 (*const ktime_ns)(void) = (void *)BPF_FUNC_ktime_get_ns;
static long (*const trace_printk)(const char *format, __u32 size, ...) =
	(void *)BPF_FUNC_trace_printk;

/* The one of classifier.c. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} skb_map SEC(".maps");

/* When the packet has come to function number n, in ns; 0: never. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u64);
} path_map SEC(".maps");

SEC("kprobe/" STRING(KP_NAME))
int probe(const __u64 *regs)
{
	char format[] = STRING(KP_NAME) ": %llu ns";
	__u32 zero = 0, num = KP_NUM;
	__u64 *followed = map_lookup(&skb_map, &zero);
	__u64 *time = map_lookup(&path_map, &num);

	if (!followed || !time || !*followed || *followed != regs[ARG(KP_ARG)])
		return 0;
	*time = ktime_ns();
	trace_printk(format, sizeof(format), *time);
	if (KP_FIN)
		*followed = 0;	/* its memory may be the next packet's */
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
