/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A plan says what to probe on this kernel and how. "bpfload list" writes it
 * and "bpfload trace" reads it back: lines of columns separated by one tab,
 *
 *	num name role fin how symbol unique module addr btf_id arg deref reason_arg
 *	caller_arg result_arg rank other_arg rule ip6 why
 *
 * below a header line that begins with '#', "-" for an empty column.
 */
#ifndef PLAN_H
#define PLAN_H

#include <stdio.h>
#include <linux/types.h>
#include "../lib/abi.h"
#include "funcs.h"

#define SYMBOL_LEN	128	/* with the NUL at the end */
#define MODULE_LEN	56	/* MODULE_NAME_LEN of the kernel */
#define WHY_LEN		96
#define WHY_ABSENT	"not in this kernel or its modules"
#define RANK_MAX	255

enum how {
	HOW_KPROBE,
	HOW_MULTI,		/* kprobe.multi */
	HOW_SESSION,		/* … where functions begin and return (6.10) */
	HOW_FENTRY,
	HOW_TRACEPOINT,		/* raw */
	HOW_FEXIT,		/* joiners alone (joiners.h) */
	HOW_KPROBE_RETURN,	/* where functions return (returns.h) … */
	HOW_MULTI_RETURN,
	HOW_FENTRY_RETURN,	/* … by fexit */
	HOW_RULE_FENTRY,	/* rules, answers (rules.h, answers.h), as fentry, … */
	HOW_RULE_FEXIT,		/* … as fexit, … */
	HOW_RULE_KPROBE,	/* … as kprobe */
	HOW_SKIP,
};

/* What a probe is for. */
enum role {
	PROBE_STEP,		/* tells that a packet has come to the function */
	PROBE_ASIDE,		/* … that one works for it, without being given it */
	PROBE_MAKER,		/* … that it makes a packet of another (bpf/birth.h) */
	PROBE_JOINER,		/* … that it puts one into another (bpf/fexit.c) */
	PROBE_RETURN,		/* … that a step's function returns */
	PROBE_RULE,		/* a firewall's rule, or an answer: rules.h, answers.h */
};

struct probe {
	__u32 num;		/* KP_NUM; several probes may share one */
	char name[FUNC_NAME_LEN];	/* as records show it */
	enum role role;
	int fin;		/* FIN of its line: enum fin of bpfpath.h; of makers and
				   joiners as their lists say */
	enum how how;
	char symbol[SYMBOL_LEN];	/* what to attach to */
	int unique;		/* 0: others bear that name, only addr tells */
	char module[MODULE_LEN];	/* "": vmlinux */
	__u64 addr;		/* of the symbol; 0: hidden, or a tracepoint */
	__u32 btf_id;		/* in the BTF of vmlinux or module; 0: none */
	int arg;		/* the packet's register, 1 to ABI_REGS; 0: a rule */
	int deref;		/* 1: the argument is a struct sk_buff ** */
	int reason_arg;		/* position of the drop reason, 0: none */
	int caller_arg;		/* tracepoint: of the caller's address, 0: none */
	int result_arg;		/* by fexit, a joiner or a return: of the result */
	int rank;		/* a step that is a seed (bpf/seed.h): which, from 1 */
	int other_arg;		/* the register of another packet: of which a maker
				   makes this one, which a joiner puts into it */
	int rule;		/* a rule: ROLE_… of bpfpath.h, … */
	int ip6;		/* … 1: its tables are those of IPv6 */
	char why[WHY_LEN];	/* HOW_SKIP: the reason */
	char *object;		/* path, once it is known (attach/target.h) */
};

/* The probe sees a function return, perhaps one that it has seen begin itself. */
int probe_sees_return(const struct probe *probe);

/* A tracepoint of memory that is free, whatever it was (resolve_tracepoints()). */
#define FREED_TRACEPOINT	"kmem_cache_free"
int probe_is_free(const struct probe *probe);

/* The mechanism's name, and back: 0 or -EINVAL. */
const char *plan_how_name(enum how how);
int plan_how(const char *text, enum how *how);

struct plan {
	struct probe *probes;	/* in the order of num, then of addr */
	__u32 count;
};

/* Adds a copy of @probe (which gives its ->object away). 0 or -ENOMEM. */
int plan_add(struct plan *plan, const struct probe *probe);

/* The same behind all others, with a number of its own; -E2BIG: none is left. */
int plan_append(struct plan *plan, const struct probe *probe);

/* Writes the header and all lines. 0 or -errno. */
int plan_write(const struct plan *plan, FILE *out);

/*
 * Reads what plan_write() writes; @name stands for the stream in messages. 0 and
 * *plan, to be freed by plan_free(), or -errno, and has said which line is wrong.
 */
int plan_read(FILE *in, const char *name, struct plan **plan);
void plan_free(struct plan *plan);

#endif /* PLAN_H */
