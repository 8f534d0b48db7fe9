/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tracepoints that take a packet, found by their BTF: the prototype of
 * tracepoint NAME is the typedef btf_trace_NAME, a pointer to a function whose
 * first argument, void *, is not the tracepoint's (include/trace/bpf_probe.h).
 * Only an attempt to attach tells whether the kernel has registered it.
 */
#ifndef TRACEPOINTS_H
#define TRACEPOINTS_H

#include <stdint.h>

#include "../btf/btfs.h"
#include "funcs.h"

struct tracepoint {
	char name[FUNC_NAME_LEN];
	const struct btf *btf;	/* that has its prototype … */
	uint32_t proto;		/* … under this id */
	const char *module;	/* "": vmlinux */
	int noise;		/* 1: of netlink messages */
};

struct tracepoints {
	struct tracepoint *list;	/* in alphabetical order */
	uint32_t count;
};

/*
 * All that take a packet, of vmlinux and of the modules. 0 and *tps, to be
 * freed by tracepoints_free(), or -ENOMEM.
 */
int tracepoints_find(struct btf_set *btfs, struct tracepoints **tps);
void tracepoints_free(struct tracepoints *tps);

/* Finds the tracepoint of that name, whatever it takes: 0 or -ENOENT. */
int tracepoint_get(struct btf_set *btfs, const char *name,
		   struct tracepoint *tp);

#endif /* TRACEPOINTS_H */
