// SPDX-License-Identifier: GPL-2.0-only
#include "returns.h"

#include <fnmatch.h>
#include <stdbool.h>

#include "../../bpf/bpfpath.h"

/*
 * Functions that read their return address, which a probe of a return replaces, and show
 * it to everybody in tracepoints (net/core/skbuff.c).
 */
static const char *const not_there[] = {
	"*kfree_skb*", "*consume*skb*", "sk_skb_reason_drop", NULL
};

static bool is_looked_at(const char *name)
{
	for (int i = 0; not_there[i]; i++)
		if (!fnmatch(not_there[i], name, 0))
			return true;
	return false;
}

/*
 * Which of the numbers that fexit gets is the result, from 1: it stands behind the
 * arguments, and an argument that is a struct may take two. 0: not known.
 */
static int result_place(struct btf_set *btfs, const struct probe *probe)
{
	const struct btf *btf = btfs_module(btfs, probe->module);
	uint32_t proto = btf ? btf_proto(btf, probe->btf_id) : 0;
	int place = 1;

	if (!proto)
		return 0;
	for (int n = 1; btf_arg(btf, proto, n) != ARG_NONE; n++)
		place += (btf_arg_size(btf, proto, n) + 7) / 8;
	return place;
}

static bool has_none(const struct probe *probe)
{
	return probe->role != PROBE_STEP || is_looked_at(probe->name);
}

/* HOW_SKIP: it has none. */
static enum how return_how(const struct probe *probe)
{
	if (has_none(probe))
		return HOW_SKIP;
	switch (probe->how) {
	case HOW_KPROBE:
		return HOW_KPROBE_RETURN;
	case HOW_MULTI:
		return HOW_MULTI_RETURN;
	case HOW_FENTRY:
		return HOW_FENTRY_RETURN;
	default:
		return HOW_SKIP;
	}
}

static int add_return(const struct probe *probe, struct btf_set *btfs,
		      struct plan *out)
{
	struct probe it = *probe;
	int err;

	it.role = PROBE_RETURN;
	it.how = return_how(probe);
	it.deref = 0;
	it.returns.result_arg = 0;
	if (it.how == HOW_FENTRY_RETURN) {
		it.returns.result_arg = result_place(btfs, probe);
		if (!it.returns.result_arg || it.returns.result_arg > ABI_REGS)
			return 0;
	}
	if (it.how == HOW_SKIP)
		return 0;
	err = plan_add(out, &it);
	return err ? err : 1;
}

/* The one probe sees both. */
static int add_session(const struct probe *probe, struct plan *out)
{
	struct probe it = *probe;
	int err;

	it.how = HOW_SESSION;
	err = plan_add(out, &it);
	return err ? err : 1;
}

static int add(const struct probe *probe, struct btf_set *btfs, int sessions,
	       struct plan *out)
{
	int err;

	if (sessions && probe->how == HOW_MULTI && !has_none(probe))
		return add_session(probe, out);
	err = plan_add(out, probe);
	return err ? err : add_return(probe, btfs, out);
}

int returns_add(const struct plan *plan, struct btf_set *btfs, int sessions,
		struct plan *out)
{
	int count = 0, ret = 0;

	for (uint32_t i = 0; ret >= 0 && i < plan->count; i++) {
		ret = add(&plan->probes[i], btfs, sessions, out);
		count += ret;
	}
	return ret < 0 ? ret : count;
}
