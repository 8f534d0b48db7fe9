// SPDX-License-Identifier: GPL-2.0-only
#include "resolve.h"

#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../../bpf/bpfpath.h"
#include "../btf/args.h"
#include "../syms/variants.h"
#include "prototype.h"
#include "tracepoints.h"

/* What resolving needs to know and to add to. */
struct resolve {
	const struct ksyms *syms;
	struct btf_set *btfs;
	enum how how;
	struct plan *plan;
	char why[WHY_LEN];	/* what was refused last; "" for nothing */
};

/* Notes why something cannot be probed. Returns 0, for "no". */
static int refuse(struct resolve *res, const char *why)
{
	snprintf(res->why, sizeof(res->why), "%s", why);
	return 0;
}

static void probe_begin(struct probe *probe, const struct func *func,
			enum how how)
{
	memset(probe, 0, sizeof(*probe));
	probe->num = func->num;
	probe->role = func->verdict == VERDICT_CALLEE ? PROBE_CALLEE : PROBE_STEP;
	probe->step.verdict = func->verdict;
	probe->how = how;
	strcpy(probe->name, func->name);
}

static int add_skip(struct resolve *res, const struct func *func)
{
	struct probe probe;

	probe_begin(&probe, func, HOW_SKIP);
	strcpy(probe.why, res->why);
	return plan_add(res->plan, &probe);
}

/* The packets that a probe is to see; 0 and a note of why there are none. */
static int find_args(struct resolve *res, const struct prototype *proto,
		     const struct func *func, struct args *args)
{
	const char *why = prototype_args(proto, func, args);

	return why ? refuse(res, why) : 1;
}

/* Adds @probe for each of the packets. */
static int add_probes(struct resolve *res, struct probe *probe,
		      const struct args *args)
{
	int i, err = 0;

	probe->step.reason_arg = args->reason;
	for (i = 0; !err && i < args->count; i++) {
		probe->arg = args->packets[i].reg;
		probe->deref = args->packets[i].deref;
		err = plan_add(res->plan, probe);
	}
	return err;
}

static bool is_unique(const struct resolve *res, const struct ksym *sym)
{
	const struct ksym *first = ksyms_find(res->syms, sym->name, NULL);

	return !ksyms_find(res->syms, sym->name, first);
}

/*
 * Are the arguments where the prototype says? Where the compiler may have moved them,
 * BTF tells: pahole (from 1.25 on, --btf_gen_optimized) writes such a function under its
 * own name when it has found all arguments in their places. When there is another
 * function of that name, the prototype may be that one's. A line's ARG is believed.
 */
static bool is_unmoved(struct resolve *res, const struct func *func,
		       const struct ksym *sym, const struct probe *probe,
		       const char *name)
{
	if (!variant_may_move(sym->name) ||
	    (func->arg && func->kind != FUNC_FOUND) ||
	    (probe->btf_id && !ksyms_find_in(res->syms, name, sym->module)))
		return true;
	snprintf(res->why, sizeof(res->why),
		 "compiled as %.40s: its arguments may have moved", sym->name);
	return false;
}

/* What the mechanism needs to find the function. */
static bool can_be_named(struct resolve *res, const struct probe *probe,
			 const char *name)
{
	if (res->how == HOW_KPROBE && !probe->unique && !probe->addr)
		return refuse(res, "several functions have this name, and "
				   "their addresses are hidden "
				   "(kernel.kptr_restrict)");
	if (res->how == HOW_MULTI && !probe->addr)
		return refuse(res, "its address is hidden "
				   "(kernel.kptr_restrict)");
	if (res->how != HOW_FENTRY)
		return true;
	if (!probe->btf_id)
		return refuse(res, "not in BTF, which fentry needs");
	if (!probe->unique)
		return refuse(res, "several functions have this name, and "
				   "fentry has no other");
	if (strcmp(probe->symbol, name))
		return refuse(res, "fentry does not know the name that the "
				   "compiler gave it");
	return true;
}

/* 1 and the probe, without its argument, and *args; 0 when it cannot be. */
static int probe_symbol(struct resolve *res, const struct func *func,
			const struct ksym *sym, struct probe *probe,
			struct args *args)
{
	struct prototype proto = { .convention = CALL_NATIVE };
	char name[FUNC_NAME_LEN];

	probe_begin(probe, func, res->how);
	if (strlen(sym->name) >= sizeof(probe->symbol))
		return refuse(res, "the symbol's name is too long");
	strcpy(probe->symbol, sym->name);
	snprintf(probe->module, sizeof(probe->module), "%s", sym->module);
	probe->addr = sym->addr;
	probe->unique = is_unique(res, sym);
	strcpy(name, func->name);
	name[strcspn(name, ".")] = '\0';
	probe->btf_id = btfs_func(res->btfs, name, sym->module, &proto.btf);
	if (probe->btf_id)
		proto.id = btf_proto(proto.btf, probe->btf_id);
	return is_unmoved(res, func, sym, probe, name) &&
	       can_be_named(res, probe, name) &&
	       find_args(res, &proto, func, args);
}

/* ksyms_find() or ksyms_find_suffixed() */
typedef const struct ksym *(*find_fn)(const struct ksyms *syms,
				      const char *name,
				      const struct ksym *last);

/*
 * Adds probes for each symbol that is @func. Returns how many could be taken,
 * or -ENOMEM.
 */
static int add_symbols(struct resolve *res, const struct func *func,
		       find_fn find)
{
	const struct ksym *sym = NULL;
	struct probe probe;
	struct args args;
	int count = 0, err;

	while ((sym = find(res->syms, func->name, sym))) {
		if (!probe_symbol(res, func, sym, &probe, &args))
			continue;
		err = add_probes(res, &probe, &args);
		if (err)
			return err;
		count++;
	}
	return count;
}

static int resolve_func(struct resolve *res, const struct func *func)
{
	int count;

	*res->why = '\0';
	count = add_symbols(res, func, ksyms_find);
	if (!count && !*res->why)
		count = add_symbols(res, func, ksyms_find_suffixed);
	if (count)
		return count < 0 ? count : 0;
	if (!*res->why)
		refuse(res, WHY_ABSENT);
	return add_skip(res, func);
}

/* Without BTF: trace_kfree_skb(skb, location, …) is so on all kernels. */
static void guess_location(const struct func *func, struct args *args)
{
	if (!strcmp(func->name, "kfree_skb"))
		args->location = 2;
}

static int probe_tracepoint(struct resolve *res, const struct func *func,
			    struct probe *probe, struct args *args)
{
	struct prototype proto = { .convention = CALL_TRACEPOINT };
	struct tracepoint tp;

	probe_begin(probe, func, HOW_TRACEPOINT);
	strcpy(probe->symbol, func->name);
	if (btfs_vmlinux(res->btfs)) {
		if (tracepoint_get(res->btfs, func->name, &tp))
			return refuse(res, WHY_ABSENT);
		snprintf(probe->module, sizeof(probe->module), "%s", tp.module);
		proto.btf = tp.btf;
		proto.id = tp.proto;
	}
	if (!find_args(res, &proto, func, args))
		return 0;
	if (!proto.btf)
		guess_location(func, args);
	probe->step.caller_arg = args->location;
	return 1;
}

/* Does it tell more than that a packet has come to it? Its arguments are those of bpf/ovs.h. */
static int role_of(const struct resolve *res, const struct probe *probe,
		   const struct args *args)
{
	if (!btfs_vmlinux(res->btfs) || args->packets[0].reg != 2)
		return 0;
	if (!strcmp(probe->name, "ovs_do_execute_action"))
		return ROLE_OVS_ACTION;
	return strcmp(probe->name, "ovs_dp_upcall") ? 0 : ROLE_OVS_UPCALL;
}

static int resolve_tracepoint(struct resolve *res, const struct func *func)
{
	struct probe probe;
	struct args args;

	if (!probe_tracepoint(res, func, &probe, &args))
		return add_skip(res, func);
	probe.step.role = role_of(res, &probe, &args);
	return add_probes(res, &probe, &args);
}

static int resolve_glob(struct resolve *res, const struct func *func)
{
	refuse(res, btfs_vmlinux(res->btfs)
			    ? "matches no function that takes a packet"
			    : "no BTF, no functions to be found");
	return add_skip(res, func);
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

int resolve_functions(const struct funcs *chosen, const struct ksyms *syms,
		      struct btf_set *btfs, enum how how, struct plan **plan)
{
	struct resolve res = {
		.syms = syms,
		.btfs = btfs,
		.how = how,
		.plan = calloc(1, sizeof(**plan)),
	};
	const struct func *func;
	int err = res.plan ? 0 : -ENOMEM;
	uint32_t i;

	for (i = 0; !err && i < chosen->count; i++) {
		func = &chosen->funcs[i];
		if (func->kind == FUNC_GLOB)
			err = resolve_glob(&res, func);
		else if (*func->group)
			err = resolve_tracepoint(&res, func);
		else
			err = resolve_func(&res, func);
	}
	return resolve_end(&res, err, plan);
}

/*
 * Adds the tracepoint of freed memory (trace_kmem_cache_free(call_site, ptr, …),
 * include/trace/events/kmem.h): the end of packets for which neither kfree_skb nor
 * consume_skb is called, as of a TCP segment that the socket has taken. Without it the
 * packet's path would go on with the next packet in that memory.
 */
static int add_freed(struct resolve *res, const struct funcs *list,
		     uint32_t num)
{
	const struct func func = {
		.num = num,
		.kind = FUNC_FOUND,
		.group = "kmem",
		.name = FREED_TRACEPOINT,
		.verdict = VERDICT_CONSUMED,
		.arg = 2,
	};

	if (num >= MAX_FUNCS || funcs_find(list, func.name, 1) ||
	    funcs_excluded(list, &func))
		return 0;
	return resolve_tracepoint(res, &func);
}

/* All that the list does not name; they follow its last line. */
static int add_unlisted(struct resolve *res, const struct funcs *list)
{
	struct func func = {
		.num = list->lines,
		.kind = FUNC_FOUND,
		.group = "-",
	};
	struct tracepoints *tps;
	uint32_t i;
	int err;

	err = tracepoints_find(res->btfs, &tps);
	if (err)
		return err;
	for (i = 0; !err && i < tps->count; i++) {
		strcpy(func.name, tps->list[i].name);
		if (tps->list[i].noise || funcs_find(list, func.name, 1) ||
		    funcs_excluded(list, &func))
			continue;
		if (++func.num >= MAX_FUNCS)
			break;
		err = resolve_tracepoint(res, &func);
	}
	tracepoints_free(tps);
	return err ? err : add_freed(res, list, func.num + 1);
}

int resolve_tracepoints(const struct funcs *list, struct btf_set *btfs,
			struct plan **plan)
{
	struct resolve res = {
		.btfs = btfs,
		.plan = calloc(1, sizeof(**plan)),
	};
	const struct func *func;
	int err = res.plan ? 0 : -ENOMEM;
	uint32_t i;

	for (i = 0; !err && i < list->count; i++) {
		func = &list->funcs[i];
		if (*func->group && func->kind == FUNC_NAMED &&
		    !funcs_excluded(list, func))
			err = resolve_tracepoint(&res, func);
	}
	if (!err)
		err = add_unlisted(&res, list);
	return resolve_end(&res, err, plan);
}
