// SPDX-License-Identifier: GPL-2.0-only
#include "xdp.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../bpf/bpfpath.h"
#include "../btf/btfs.h"
#include "module_btf.h"
#include "target.h"

/*
 * The functions, and what the program there takes for granted: how many arguments they have,
 * and to what some of them point. Of those of one "kind" the first one that this kernel has
 * is enough: the last function before a program of generic XDP.
 */
static const struct beside {
	const char *name, *module;
	enum how how;
	int role, verdict;
	int args, arg;		/* number; which one points to … */
	const char *points_to;
	bool is_generic;
} functions[] = {
	{ "eth_type_trans", "", HOW_XDP_FENTRY, ROLE_XDP_JOIN, VERDICT_NONE,
	  2, 1, "sk_buff", false },
	{ "xdp_return_frame", "", HOW_XDP_FENTRY, ROLE_XDP_FREE, VERDICT_CONSUMED,
	  1, 1, "xdp_frame", false },
	{ "xdp_return_frame_rx_napi", "", HOW_XDP_FENTRY, ROLE_XDP_FREE, VERDICT_CONSUMED,
	  1, 1, "xdp_frame", false },
	{ "xdp_return_frame_bulk", "", HOW_XDP_FENTRY, ROLE_XDP_FREE, VERDICT_CONSUMED,
	  2, 1, "xdp_frame", false },
	{ "xdp_do_redirect", "", HOW_XDP_FEXIT, ROLE_XDP_REDIRECTED, VERDICT_DROPPED,
	  3, 2, "xdp_buff", false },
	{ "__xsk_map_redirect", "", HOW_XDP_FEXIT, ROLE_XDP_SOCKET, VERDICT_CONSUMED,
	  2, 2, "xdp_buff", false },
	{ "xsk_generic_rcv", "", HOW_XDP_FEXIT, ROLE_XDP_SOCKET_SKB, VERDICT_NONE,
	  2, 2, "xdp_buff", false },
	{ "veth_xdp_rcv_skb", "veth", HOW_XDP_FENTRY, ROLE_XDP_VETH, VERDICT_NONE,
	  4, 2, "sk_buff", false },
	{ "skb_copy_header", "", HOW_XDP_FENTRY, ROLE_XDP_COPY, VERDICT_NONE,
	  2, 2, "sk_buff", false },
	{ "bpf_prog_run_generic_xdp", "", HOW_XDP_FENTRY, ROLE_XDP_GENERIC, VERDICT_NONE,
	  3, 1, "sk_buff", true },
	{ "netif_receive_generic_xdp", "", HOW_XDP_FENTRY, ROLE_XDP_GENERIC, VERDICT_NONE,
	  3, 1, "sk_buff", true },
	{ "do_xdp_generic", "", HOW_XDP_FENTRY, ROLE_XDP_GENERIC, VERDICT_NONE,
	  2, 2, "sk_buff", true },
};

void xdp_open(struct xdp *xdp, const struct binding *binding, const char *objects,
	      const char *btf)
{
	xdp->binding = *binding;
	xdp->binding.create = 1;
	xdp->objects = objects;
	xdp->btf = btf;
}

const struct bound *xdp_bound(const struct xdp *xdp, enum how how)
{
	return how == HOW_XDP_FENTRY ? &xdp->begins : &xdp->returns;
}

static int bind(const struct xdp *xdp, enum how how, struct bound *bound)
{
	const struct probe probe = { .how = how };
	char *path = target_object(&probe, xdp->objects, false);
	int err = path ? bound_open(path, &xdp->binding, bound) : -ENOMEM;

	free(path);
	return err;
}

/* The function's id in the BTF of its module; 0: there is none like that. */
static uint32_t find(struct btf_set *btfs, const struct beside *beside)
{
	const struct btf *btf;
	uint32_t id = btfs_func(btfs, beside->name, beside->module, &btf);
	uint32_t proto = id ? btf_proto(btf, id) : 0;

	if (!proto || btf_vlen(btf_type_by_id(btf, proto)) != (uint32_t)beside->args ||
	    !btf_arg_points_to(btf, proto, beside->arg, beside->points_to))
		return 0;
	return id;
}

static void hand_out(struct btf_set *btfs, xdp_attach_fn attach, void *ctx)
{
	struct module_btfs modules = { .lock = PTHREAD_MUTEX_INITIALIZER };
	bool has_generic = false;

	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++) {
		const struct beside *beside = &functions[i];
		struct probe probe = {
			.role = PROBE_XDP, .how = beside->how, .arg = beside->arg,
			.btf_id = find(btfs, beside),
			.xdp = { .role = beside->role, .verdict = beside->verdict },
		};
		int fd = probe.btf_id ? module_btf_fd(&modules, beside->module) : -ENOENT;

		if (fd < 0 || (beside->is_generic && has_generic))
			continue;
		has_generic |= beside->is_generic;
		snprintf(probe.name, sizeof(probe.name), "%s", beside->name);
		snprintf(probe.module, sizeof(probe.module), "%s", beside->module);
		attach(ctx, &probe, fd);
	}
	module_btfs_close(&modules);
}

static int begin(struct xdp *xdp, xdp_attach_fn attach, void *ctx)
{
	struct btf_set *btfs;
	int err = bind(xdp, HOW_XDP_FENTRY, &xdp->begins);

	if (!err)
		err = bind(xdp, HOW_XDP_FEXIT, &xdp->returns);
	if (!err)
		err = btfs_open(xdp->btf, &btfs);
	if (err)
		return err;
	hand_out(btfs, attach, ctx);
	btfs_free(btfs);
	return 0;
}

int xdp_begin(struct xdp *xdp, xdp_attach_fn attach, void *ctx)
{
	if (!xdp->begun)
		xdp->err = begin(xdp, attach, ctx);
	xdp->begun = 1;
	return xdp->err;
}

void xdp_close(struct xdp *xdp)
{
	bound_close(&xdp->begins);
	bound_close(&xdp->returns);
}
