/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Probes on the kernel. Each mechanism is a file with one struct attach_ops;
 * attach.c loads and attaches a whole plan with them from several threads.
 */
#ifndef ATTACH_H
#define ATTACH_H

#include "../plan/plan.h"

struct attach_ops {
	int many;	/* one program and one link serve many probes */
	/*
	 * Attaches the program to where the @count @probes say, all or none: a
	 * descriptor that keeps it attached until it is closed, or -errno.
	 */
	int (*attach)(int prog_fd, const struct probe *const *probes,
		      __u32 count);
};

extern const struct attach_ops attach_kprobe, attach_kprobe_return;
extern const struct attach_ops attach_multi, attach_multi_return;
extern const struct attach_ops attach_session;
extern const struct attach_ops attach_fentry;
extern const struct attach_ops attach_tracepoint;

/* The PMU's type for kprobes, or -errno where the kernel has none (4.17). */
int kprobe_pmu_type(void);

/*
 * What kprobe.multi is given for @count probes: addresses and their cookies
 * (bpfpath.h), with room for as many. Those of a function that takes several
 * packets stand side by side and become one. How many there are.
 */
__u32 multi_fill(const struct probe *const *probes, __u32 count, __u64 *addrs,
		 __u64 *cookies);

/* A program and what attaches it. */
struct link {
	int prog_fd, fd;
	int is_return;		/* a miss of it is no step that is missing */
};

/* What a plan came to. */
struct attached {
	const struct plan *plan;
	int *errors;		/* by probe: 0, or -errno of the attempt */
	struct link *links;
	__u32 link_count;
	__u32 count;		/* numbers (functions) that are attached … */
	__u32 total;		/* … of those in the plan */
	__u32 returns;		/* … and are seen to return */
};

/*
 * Loads and attaches the objects of @plan, bound to the maps pinned in @dir.
 * A probe that cannot be attached is left out and counted; an object that
 * does not load fails the whole. 0 or -errno, and has said why.
 */
int attach_plan(const struct plan *plan, const char *dir,
		struct attached *attached);
/* Takes all probes away. */
void attach_undo(struct attached *attached);

/* Says on stderr how many are probed; with @names also which are not, and why. */
void attach_summary(const struct attached *attached, int names);

/*
 * How often a probe was reached and not run, since a program was running on
 * that CPU already. 0 and *total, or -errno: this kernel does not count it of
 * all of them (fentry from 5.12 on, kprobes and kprobe.multi from 6.7).
 */
int attach_missed(const struct attached *attached, __u64 *total);

#endif /* ATTACH_H */
