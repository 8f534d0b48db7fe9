/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Probes on the kernel. Each mechanism is a file attach_NAME.c with one struct
 * attach_ops; attach.c loads and attaches a whole plan with them from several threads.
 *
 * One more mechanism takes its program bpf/NAME.c; that file, and a case for it in
 * attach.c; a trial (trial.c), a line in mechanisms.c, and a place among the others in
 * choose.c; an enum how (plan/plan.h, plan.c); what it can probe (plan/resolve.c), and
 * where functions return (plan/returns.c); and its name in cmd_list.c and, for users, in
 * scripts/options.sh, scripts/usage.sh, packaging/completion/ and the man page.
 */
#ifndef ATTACH_H
#define ATTACH_H

#include <stdint.h>

#include "../plan/plan.h"

struct attach_ops {
	int many;	/* 1: one program and one link serve many probes */
	/*
	 * Attaches the program where the @count @probes say, to all or none.
	 * Returns a descriptor that keeps it attached until it is closed, or -errno.
	 */
	int (*attach)(int prog_fd, const struct probe *const *probes,
		      uint32_t count);
};

extern const struct attach_ops attach_kprobe, attach_kprobe_return;
extern const struct attach_ops attach_multi, attach_multi_return;
extern const struct attach_ops attach_session;
extern const struct attach_ops attach_fentry;
extern const struct attach_ops attach_tracepoint;

/*
 * Fills in what kprobe.multi gets for @count probes: addresses and their cookies
 * (bpfpath.h), with room for as many. Probes of a function that takes several packets
 * stand side by side and become one address. Returns how many addresses there are.
 */
uint32_t multi_fill(const struct probe *const *probes, uint32_t count,
		    uint64_t *addrs, uint64_t *cookies);

struct attached;
struct binding;

/*
 * Loads and attaches the objects of @plan, bound by @binding. A probe that cannot be
 * attached is left out and counted; an object that does not load fails the whole. 0 or
 * -errno, and has said why.
 */
int attach_plan(const struct plan *plan, const struct binding *binding,
		struct attached *attached);

#endif /* ATTACH_H */
