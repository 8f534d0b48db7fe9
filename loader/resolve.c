// SPDX-License-Identifier: GPL-2.0-only
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../bpf/bpfpath.h"
#include "resolve.h"
#include "tracepoints.h"

static const char not_here[] = "not in this kernel or its modules";

/* What resolving needs to know and to add to. */
struct resolve {
	const struct ksyms *syms;
	struct btf_set *btfs;
	struct plan *plan;
};

static void probe_begin(struct probe *probe, const struct func *func)
{
	memset(probe, 0, sizeof(*probe));
	probe->num = func->num;
	probe->fin = func->fin;
	strcpy(probe->name, func->name);
}

static int add_skip(struct resolve *res, const struct func *func,
		    const char *why)
{
	struct probe probe;

	probe_begin(&probe, func);
	probe.how = HOW_SKIP;
	snprintf(probe.why, sizeof(probe.why), "%s", why);
	return plan_add(res->plan, &probe);
}

/* No prototype is known: as the list says, or the first argument. */
static void guess_args(const struct func *func, struct probe *probe)
{
	probe->arg = func->arg ? func->arg : 1;
	probe->deref = func->deref;
}

/*
 * Where the prototype has what the probe reads. The list's position is taken
 * when a packet can be there; whether it is a struct sk_buff ** the prototype
 * knows better. NULL, or why there is nothing to probe.
 */
static const char *take_args(const struct btf *btf, __u32 proto, int skip,
			     const struct func *func, struct probe *probe)
{
	struct btf_skb_arg found;
	enum btf_arg kind;
	int has_packet = btf_func_skb_arg(btf, proto, skip, &found);

	probe->reason_arg = found.reason;
	if (!func->arg) {
		probe->arg = found.arg;
		probe->deref = found.deref;
		return has_packet ? NULL : "takes no packet";
	}
	kind = btf_arg(btf, proto, skip + func->arg);
	if (kind != ARG_SKB && kind != ARG_SKB_PTR && kind != ARG_VOID_PTR)
		return "the argument named in the list is no packet";
	guess_args(func, probe);
	if (kind != ARG_VOID_PTR)
		probe->deref = kind == ARG_SKB_PTR;
	return NULL;
}

static int is_unique(struct resolve *res, const struct ksym *sym)
{
	const struct ksym *first = ksyms_find(res->syms, sym->name, NULL);

	return !ksyms_find(res->syms, sym->name, first);
}

/* Fills in a kprobe on one symbol. NULL, or why not. */
static const char *probe_symbol(struct resolve *res, const struct func *func,
				const struct ksym *sym, struct probe *probe)
{
	const struct btf *btf;
	char name[FUNC_NAME_LEN];
	__u32 id;

	probe_begin(probe, func);
	probe->how = HOW_KPROBE;
	if (strlen(sym->name) >= sizeof(probe->symbol))
		return "the symbol's name is too long";
	strcpy(probe->symbol, sym->name);
	snprintf(probe->module, sizeof(probe->module), "%s", sym->module);
	probe->addr = sym->addr;
	probe->unique = is_unique(res, sym);
	if (!probe->unique && ksyms_hidden(res->syms))
		return "several functions have this name, and their addresses "
		       "are hidden (kernel.kptr_restrict)";
	strcpy(name, func->name);
	name[strcspn(name, ".")] = '\0';
	id = btfs_func(res->btfs, name, sym->module, &btf);
	probe->btf_id = id;
	if (id)
		return take_args(btf, btf_proto(btf, id), 0, func, probe);
	guess_args(func, probe);
	return NULL;
}

/* ksyms_find() or ksyms_find_suffixed() */
typedef const struct ksym *(*find_fn)(const struct ksyms *syms,
				      const char *name,
				      const struct ksym *last);

/*
 * Adds a probe for each symbol that is @func. Returns how many there are, or
 * -ENOMEM; *why is set when the last one could not be taken.
 */
static int add_symbols(struct resolve *res, const struct func *func,
		       find_fn find, const char **why)
{
	const struct ksym *sym = NULL;
	struct probe probe;
	int count = 0, err;

	while ((sym = find(res->syms, func->name, sym))) {
		*why = probe_symbol(res, func, sym, &probe);
		if (*why)
			continue;
		err = plan_add(res->plan, &probe);
		if (err)
			return err;
		count++;
	}
	return count;
}

static int resolve_func(struct resolve *res, const struct func *func)
{
	const char *why = NULL;
	int count;

	count = add_symbols(res, func, ksyms_find, &why);
	if (!count && !why)
		count = add_symbols(res, func, ksyms_find_suffixed, &why);
	if (count < 0)
		return count;
	if (count)
		return 0;
	return add_skip(res, func, why ? why : not_here);
}

/* Without BTF: trace_kfree_skb(skb, location, …) is so on all kernels. */
static void guess_tracepoint(const struct func *func, struct probe *probe)
{
	guess_args(func, probe);
	if (!strcmp(func->name, "kfree_skb"))
		probe->location_arg = 2;
}

static const char *probe_tracepoint(struct resolve *res,
				    const struct func *func,
				    struct probe *probe)
{
	struct tracepoint tp;
	struct btf_skb_arg args;

	probe_begin(probe, func);
	probe->how = HOW_TRACEPOINT;
	strcpy(probe->symbol, func->name);
	if (!btfs_vmlinux(res->btfs)) {
		guess_tracepoint(func, probe);
		return NULL;
	}
	if (tracepoint_get(res->btfs, func->name, &tp))
		return not_here;
	btf_func_skb_arg(tp.btf, tp.proto, TRACEPOINT_SKIP, &args);
	probe->location_arg = args.location;
	return take_args(tp.btf, tp.proto, TRACEPOINT_SKIP, func, probe);
}

static int resolve_tracepoint(struct resolve *res, const struct func *func)
{
	struct probe probe;
	const char *why = probe_tracepoint(res, func, &probe);

	return why ? add_skip(res, func, why) : plan_add(res->plan, &probe);
}

static int resolve_end(struct resolve *res, int err, struct plan **plan)
{
	if (err) {
		warnx("list of functions: %s", strerror(-err));
		plan_free(res->plan);
		res->plan = NULL;
	}
	*plan = res->plan;
	return err;
}

int resolve_kprobes(const struct funcs *funcs, const struct ksyms *syms,
		    struct btf_set *btfs, struct plan **plan)
{
	struct resolve res = {
		.syms = syms,
		.btfs = btfs,
		.plan = calloc(1, sizeof(**plan)),
	};
	int err = res.plan ? 0 : -ENOMEM;
	__u32 i;

	for (i = 0; !err && i < funcs->count; i++)
		err = *funcs->funcs[i].group ?
			      resolve_tracepoint(&res, &funcs->funcs[i]) :
			      resolve_func(&res, &funcs->funcs[i]);
	return resolve_end(&res, err, plan);
}

static int is_listed(const struct funcs *funcs, const char *name)
{
	__u32 i;

	for (i = 0; i < funcs->count; i++)
		if (*funcs->funcs[i].group &&
		    !strcmp(funcs->funcs[i].name, name))
			return 1;
	return 0;
}

/* All that the list does not name; they follow its last line. */
static int add_unlisted(struct resolve *res, const struct funcs *funcs)
{
	struct func func = { .num = funcs->lines };
	struct tracepoints *tps;
	__u32 i;
	int err;

	err = tracepoints_find(res->btfs, &tps);
	if (err)
		return err;
	for (i = 0; !err && i < tps->count; i++) {
		if (is_listed(funcs, tps->list[i].name))
			continue;
		if (++func.num >= MAX_FUNCS)
			break;
		strcpy(func.name, tps->list[i].name);
		err = resolve_tracepoint(res, &func);
	}
	tracepoints_free(tps);
	return err;
}

int resolve_tracepoints(const struct funcs *funcs, struct btf_set *btfs,
			struct plan **plan)
{
	struct resolve res = {
		.btfs = btfs,
		.plan = calloc(1, sizeof(**plan)),
	};
	int err = res.plan ? 0 : -ENOMEM;
	__u32 i;

	for (i = 0; !err && i < funcs->count; i++)
		if (*funcs->funcs[i].group)
			err = resolve_tracepoint(&res, &funcs->funcs[i]);
	if (!err)
		err = add_unlisted(&res, funcs);
	return resolve_end(&res, err, plan);
}
