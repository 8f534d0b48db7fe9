/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is probed beside programs of XDP (bpf/xdp.h): the functions that run them for an
 * sk_buff, and what becomes of a frame. Nothing of it is there before the first such program.
 */
#ifndef ATTACH_XDP_H
#define ATTACH_XDP_H

#include "../kernel/prog.h"
#include "../plan/plan.h"

struct xdp {
	struct binding binding;	/* makes the maps of bpf/map_xdp.h */
	const char *objects, *btf;
	struct bound begins, returns;
	int begun;		/* 1: xdp_begin() was called … */
	int err;		/* … and gives this */
};

/* Opens nothing yet. All but @binding itself must live until xdp_close(). */
void xdp_open(struct xdp *xdp, const struct binding *binding, const char *objects,
	      const char *btf);

/*
 * To be called before a program of XDP is probed: the first call binds the objects, and hands
 * each function of this kernel to @attach, as a probe without number, with the descriptor of
 * its module's BTF. 0 or -errno, and has said why.
 */
typedef void (*xdp_attach_fn)(void *ctx, const struct probe *probe, int btf_fd);
int xdp_begin(struct xdp *xdp, xdp_attach_fn attach, void *ctx);

/* What the probe of such a program, or function, is loaded from. */
const struct bound *xdp_bound(const struct xdp *xdp, enum how how);

/* Takes an all-zero one, too. */
void xdp_close(struct xdp *xdp);

#endif /* ATTACH_XDP_H */
