/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A plan says what to probe on this kernel and how. "bpfload list" writes it
 * and "bpfload trace" reads it back (plan_text.c): lines of columns separated by
 * one tab,
 *
 *	num name role verdict how symbol unique module addr btf_id arg deref reason_arg
 *	caller_arg result_arg stage other_arg rule ip6 why
 *
 * below a header line that begins with "#bpfpath-plan-2" and names them, in any
 * order; "-" for an empty column, 0 for what the role does not have. verdict is is_fresh
 * of a copy site and is_bool of a merge site; other_arg is old_arg of a copy site.
 */
#ifndef PLAN_H
#define PLAN_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "../lib/abi.h"
#include "funcs.h"

#define SYMBOL_LEN	128	/* with the NUL at the end */
#define MODULE_LEN	56	/* MODULE_NAME_LEN of the kernel */
#define WHY_LEN		96
#define WHY_ABSENT	"not in this kernel or its modules"
#define STAGE_MAX	255

enum how {
	HOW_KPROBE,
	HOW_MULTI,		/* kprobe.multi */
	HOW_SESSION,		/* … where functions begin and return (6.10) */
	HOW_FENTRY,
	HOW_TRACEPOINT,		/* raw */
	HOW_FEXIT,		/* merge sites alone (merge_sites.h) */
	HOW_KPROBE_RETURN,	/* where functions return (returns.h) … */
	HOW_MULTI_RETURN,
	HOW_FENTRY_RETURN,	/* … by fexit */
	HOW_RULE_FENTRY,	/* rules, neighbours (rules.h, neighbours.h), as fentry, … */
	HOW_RULE_FEXIT,		/* … as fexit, … */
	HOW_RULE_KPROBE,	/* … as kprobe */
	HOW_RECEIVE,		/* receive.h, as tracepoint */
	HOW_PROG,		/* as fexit, a BPF program (attach/progs.h); in no plan */
	HOW_XDP_FENTRY,		/* XDP (attach/xdp.h), as fentry, … */
	HOW_XDP_FEXIT,		/* … as fexit; in no plan */
	HOW_SKIP,
};

/* What a probe is for. */
enum role {
	PROBE_STEP,		/* tells that a packet has come to the function */
	PROBE_CALLEE,		/* … that the function works for one, without having it */
	PROBE_COPY_SITE,	/* … that it makes a packet of another (bpf/derived.h) */
	PROBE_MERGE_SITE,	/* … that it puts one into another (bpf/fexit.c) */
	PROBE_RETURN,		/* … that a step's function returns */
	PROBE_RULE,		/* a firewall's rule, or an answer to a neighbour: rules.h, neighbours.h */
	PROBE_RECEIVE,		/* it selects packets that devices have received: receive.h */
	PROBE_PROG,		/* … that a BPF program of somebody else has decided: attach/progs.h */
	PROBE_XDP,		/* … what becomes of a frame: attach/xdp.h */
};

struct probe {
	uint32_t num;		/* KP_NUM; several probes may share one */
	char name[FUNC_NAME_LEN];	/* as records show it */
	enum role role;
	enum how how;
	char symbol[SYMBOL_LEN];	/* what to attach to */
	int unique;		/* 0: others bear that name, only addr tells */
	char module[MODULE_LEN];	/* "": vmlinux */
	uint64_t addr;		/* of the symbol; 0: hidden, or a tracepoint */
	uint32_t btf_id;	/* in the BTF of vmlinux or module; 0: none */
	int arg;		/* the packet's register, 1 to ABI_REGS; 0: a firewall's */
	int deref;		/* 1: the argument is a struct sk_buff ** */
	union {			/* what a role has besides; …_arg: a register, 0: none */
		struct {
			int verdict;	/* FIN of its line: enum verdict of bpfpath.h */
			int reason_arg;	/* of the drop reason */
			int caller_arg;	/* tracepoint: of the caller's address */
			int stage;	/* an output probe (bpf/output_probe.h): which, from 1 */
			int role;	/* ROLE_OVS_… of bpfpath.h: it tells more; 0: it does not */
		} step;			/* also of PROBE_CALLEE */
		struct {
			int old_arg;	/* the packet that it makes this one of */
			int is_fresh;	/* 1: this one has just been allocated */
		} copy_site;
		struct {
			int other_arg;	/* the packet that it puts into this one */
			int result_arg;
			int is_bool;	/* result if it did: 0: the number 0; 1: true */
		} merge_site;
		struct {
			int result_arg;	/* by fexit */
		} returns;
		struct {
			int role;	/* ROLE_… of bpfpath.h */
			int is_ip6;	/* 1: its tables are those of IPv6 */
			int other_arg;	/* of conntrack: the format, by fexit the result */
		} rule;
		struct {
			int result_arg;	/* by fexit */
			uint32_t id, type;	/* the program's; enum bpf_prog_type */
			uint64_t entry;	/* its address; 0: not known */
			int role;	/* of XDP: ROLE_… of bpfpath.h */
		} prog;
		struct {
			int role;	/* the same */
			int verdict;	/* enum verdict */
		} xdp;
	};
	char why[WHY_LEN];	/* HOW_SKIP: the reason */
	char *object;		/* path, once it is known (attach/target.h) */
};

/* What reaching the probe means for the packet: enum verdict. */
int probe_verdict(const struct probe *probe);

/* The probe's stage, from 1; 0: it is no output probe. */
int probe_stage(const struct probe *probe);

/* Does the probe see its function return? It may see it begin as well. */
bool probe_sees_return(const struct probe *probe);

/* The tracepoint of any memory that is freed (resolve_tracepoints()). */
#define FREED_TRACEPOINT	"kmem_cache_free"
bool probe_is_free(const struct probe *probe);

/* The mechanism's name, and back: 0 or -EINVAL. */
const char *plan_how_name(enum how how);
int plan_how(const char *text, enum how *how);

struct plan {
	struct probe *probes;	/* in the order of num, then of addr */
	uint32_t count;
};

/* The number of the probe that sees memory freed (probe_is_free()); 0: there is none. */
uint32_t plan_freed(const struct plan *plan);

/* Adds a copy of @probe (which gives its ->object away). 0 or -ENOMEM. */
int plan_add(struct plan *plan, const struct probe *probe);

/* The same, but behind all others and with a new number. -E2BIG: none is left. */
int plan_append(struct plan *plan, const struct probe *probe);

/* Writes the header and all lines. 0 or -errno. */
int plan_write(const struct plan *plan, FILE *out);

/*
 * Reads what plan_write() writes; messages call the stream @name. 0 and *plan, to be
 * freed by plan_free(), or -errno, and has said which line is wrong.
 */
int plan_read(FILE *in, const char *name, struct plan **plan);
void plan_free(struct plan *plan);

#endif /* PLAN_H */
