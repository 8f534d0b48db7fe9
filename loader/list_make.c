// SPDX-License-Identifier: GPL-2.0-only
#include "list_make.h"

#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "attach/choose.h"
#include "plan/neighbours.h"
#include "plan/callees.h"
#include "plan/ends.h"
#include "plan/merge_sites.h"
#include "plan/copy_sites.h"
#include "plan/ct_sites.h"
#include "plan/receive.h"
#include "plan/resolve.h"
#include "plan/returns.h"
#include "plan/rules.h"
#include "plan/output_probes.h"
#include "plan/select.h"
#include "syms/traceable.h"
#include "attach/trial.h"

/* The functions that are meant: the list's, and what is found. */
static int choose_functions(const struct list_options *options,
			    const struct list_sources *from,
			    struct funcs **chosen)
{
	struct discovery *found = NULL;
	int err = 0;

	*chosen = NULL;
	if (options->all && !btfs_vmlinux(from->btfs)) {
		warnx("%s: no BTF: the functions that take a packet are not "
		      "known",
		      options->btfs);
		return -ENOENT;
	}
	if (options->all || select_needs_discovery(from->list))
		err = discover(from->btfs, from->syms, &found);
	if (err)
		warnx("functions: %s", strerror(-err));
	else
		err = select_funcs(from->list, found, options->all, chosen);
	discovery_free(found);
	return err;
}

/* What would spoil the attachment of all others; else attaching finds out. */
static void leave_out_untraceable(const struct list_options *options,
				  struct plan *plan)
{
	struct traceable *traceable;

	if (options->how != HOW_MULTI ||
	    traceable_open(options->tracefs, &traceable))
		return;
	for (uint32_t i = 0; i < plan->count; i++) {
		struct probe *probe = &plan->probes[i];

		if (probe->how != HOW_MULTI ||
		    traceable_has(traceable, probe->addr))
			continue;
		probe->how = HOW_SKIP;
		strcpy(probe->why, "not traceable (inline or notrace)");
	}
	traceable_free(traceable);
}

/* What Open vSwitch's tracepoints tell has no room in lines of trace_pipe. */
static void leave_out_roles(const struct list_options *options, struct plan *plan)
{
	if (!options->read || strcmp(options->read, "pipe"))
		return;
	for (uint32_t i = 0; i < plan->count; i++)
		if (plan->probes[i].role == PROBE_STEP)
			plan->probes[i].step.role = 0;
}

static int plan_functions(const struct list_options *options,
			  struct list_sources *from, struct plan **plan)
{
	struct funcs *chosen = NULL;
	int err = ksyms_open(options->syms, &from->syms);

	if (!err)
		err = choose_functions(options, from, &chosen);
	if (!err)
		err = resolve_functions(chosen, from->syms, from->btfs,
					  options->how, plan);
	if (!err)
		leave_out_untraceable(options, *plan);
	funcs_free(chosen);
	return err;
}

/* Adds to @chosen those of @lines that are meant, beside those of @list. */
typedef int (*choose_fn)(const struct funcs *lines, const struct funcs *list,
			 enum how how, struct funcs *chosen);

/* The plan of another list: of the lines that @choose takes. */
static int plan_list(const struct list_options *options,
		     const struct list_sources *from, const char *path,
		     choose_fn choose, struct plan **plan)
{
	struct funcs *lines, chosen = {0};
	int err = funcs_open(path, &lines);

	*plan = NULL;
	if (!err)
		err = choose(lines, from->list, options->how, &chosen);
	if (!err)
		err = resolve_functions(&chosen, from->syms, from->btfs,
					  options->how, plan);
	free(chosen.funcs);
	funcs_free(lines);
	return err;
}

static int add_ends(const struct list_options *options,
		    const struct list_sources *from, struct plan *plan)
{
	struct plan *ends;
	int err = plan_list(options, from, options->ends, ends_choose, &ends);

	if (!err) {
		leave_out_untraceable(options, ends);
		err = ends_add(plan, ends);
	}
	plan_free(ends);
	return err;
}

/* Says nothing of output probes that cannot be probed: it would help nobody. */
static int add_outputs(const struct list_options *options,
		     const struct list_sources *from, struct plan *plan)
{
	struct plan *outputs;
	int err;

	if (!btfs_vmlinux(from->btfs)) {
		if (!options->quiet)
			warnx("no BTF: packets that are made here are selected at the interface");
		return 0;
	}
	err = plan_list(options, from, options->outputs, output_probes_choose, &outputs);
	if (!err)
		err = output_probes_add(plan, outputs);
	plan_free(outputs);
	return err;
}

/* There are no tracepoints that tell; and without BTF none is known. */
static int add_copy_sites(const struct list_options *options,
		      const struct list_sources *from, struct plan *plan)
{
	struct plan *copy_sites;
	int count = plan_list(options, from, options->copy_sites, output_probes_choose,
			      &copy_sites);

	if (!count)
		count = copy_sites_add(plan, copy_sites);
	if (!count && !options->quiet)
		warnx("what is made of a packet (clones, segments, fragments) is not followed here");
	plan_free(copy_sites);
	return count < 0 ? count : 0;
}

/*
 * Can functions be probed by fentry, which needs the kernel's own BTF? It does not say
 * what the kernel lacks.
 */
static bool has_fentry(const struct list_options *options,
		       const struct list_sources *from)
{
	return options->how != HOW_TRACEPOINT && btfs_vmlinux(from->btfs) &&
	       !options->borrowed;
}

static int add_merge_sites(const struct list_options *options,
		       const struct list_sources *from, struct plan *plan)
{
	struct list_options fentry = *options;
	struct plan *merge_sites;
	int count;

	if (!has_fentry(options, from))
		return 0;
	fentry.how = HOW_FENTRY;
	count = plan_list(&fentry, from, options->merge_sites, output_probes_choose,
			  &merge_sites);
	if (!count)
		count = merge_sites_add(plan, merge_sites, btfs_vmlinux(from->btfs));
	plan_free(merge_sites);
	return count < 0 ? count : 0;
}

/*
 * Where on the stack a function was called, these two mechanisms tell. On arm64 the
 * stack pointer does not point at the return address, so bpf/frames.h finds nothing.
 */
static bool can_have_callees(const struct list_options *options,
		      const struct list_sources *from)
{
	if (options->how != HOW_KPROBE && options->how != HOW_MULTI)
		warnx("functions without a packet (--aside) need kprobe or multi, not %s",
		      plan_how_name(options->how));
	else if (!btfs_vmlinux(from->btfs))
		warnx("functions without a packet (--aside) need the kernel's BTF");
	else if (CALL_NATIVE == CALL_ARM64)
		warnx("functions without a packet (--aside) are not known on arm64");
	else
		return true;
	return false;
}

/* 0, -errno, or an exit status. */
static int add_callees(const struct list_options *options,
		      const struct list_sources *from, struct plan *plan)
{
	struct plan *callees;
	int count;

	if (!can_have_callees(options, from))
		return STATUS_CANNOT;
	count = plan_list(options, from, options->callees, callees_choose,
			  &callees);
	if (!count) {
		leave_out_untraceable(options, callees);
		count = callees_add(plan, callees);
	}
	plan_free(callees);
	return count < 0 ? count : 0;
}

/* The plan with returns becomes *plan. */
static int add_returns(const struct list_options *options,
		       const struct list_sources *from, struct plan **plan)
{
	const struct btf *vmlinux = btfs_vmlinux(from->btfs);
	struct plan *more = calloc(1, sizeof(*more));
	int sessions = options->how == HOW_MULTI && vmlinux &&
		       !options->borrowed && !trial_session(vmlinux);
	int count = more ? returns_add(*plan, from->btfs, sessions, more) :
			   -ENOMEM;

	if (count < 0) {
		warnx("returns: %s", strerror(-count));
		free(more ? more->probes : NULL);
		free(more);
		return count;
	}
	if (!count && !options->quiet)
		warnx("no function can be probed here where it returns");
	plan_free(*plan);
	*plan = more;
	return 0;
}

static int add_rules(const struct list_options *options,
		     const struct list_sources *from, struct plan *plan)
{
	int err;

	if (!has_fentry(options, from))
		return 0;
	err = rules_add(plan, from->syms, from->btfs);
	if (!err)
		err = ct_sites_add(plan, from->syms, from->btfs);
	return err ? err : neighbours_add(plan, from->syms, from->btfs);
}

/* 0, -errno, or an exit status. */
static int add_receive(const struct list_sources *from, struct plan *plan)
{
	if (btfs_vmlinux(from->btfs))
		return receive_add(plan);
	warnx("packets cannot be selected where they are received (-s receive) without the kernel's BTF");
	return STATUS_CANNOT;
}

int list_make(const struct list_options *options, struct list_sources *from,
	      struct plan **plan)
{
	int err = options->how == HOW_TRACEPOINT
			    ? resolve_tracepoints(from->list, from->btfs, plan)
			    : plan_functions(options, from, plan);

	if (!err)
		leave_out_roles(options, *plan);
	if (!err && options->ends)
		err = add_ends(options, from, *plan);
	if (!err && options->outputs)
		err = add_outputs(options, from, *plan);
	if (!err && options->copy_sites)
		err = add_copy_sites(options, from, *plan);
	if (!err && options->merge_sites)
		err = add_merge_sites(options, from, *plan);
	if (!err && options->callees)
		err = add_callees(options, from, *plan);
	if (!err && options->returns)
		err = add_returns(options, from, plan);
	if (!err && options->rules)
		err = add_rules(options, from, *plan);
	if (!err && options->receive)
		err = add_receive(from, *plan);
	return err;
}
