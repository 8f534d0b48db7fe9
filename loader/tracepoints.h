/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tracepoints that take a packet, found by their BTF: the prototype of
 * tracepoint NAME is the typedef btf_trace_NAME, a pointer to a function whose
 * first argument, void *, is not the tracepoint's (include/trace/bpf_probe.h).
 * Whether the kernel has it registered only an attempt to attach tells.
 */
#ifndef TRACEPOINTS_H
#define TRACEPOINTS_H

#include "btfs.h"
#include "funcs.h"

struct tracepoint {
	char name[FUNC_NAME_LEN];
	struct btf_skb_arg args;	/* positions without the void * */
};

struct tracepoints {
	struct tracepoint *list;	/* in alphabetical order */
	__u32 count;
};

/*
 * All of vmlinux and of the modules, without those of netlink messages.
 * 0 and *tps, to be freed by tracepoints_free(), or -ENOMEM.
 */
int tracepoints_find(struct btf_set *btfs, struct tracepoints **tps);
void tracepoints_free(struct tracepoints *tps);

/* The one of that name, or NULL. */
const struct tracepoint *tracepoints_get(const struct tracepoints *tps,
					 const char *name);

#endif /* TRACEPOINTS_H */
