/* SPDX-License-Identifier: GPL-2.0-only */
/* From lists of functions to a plan of all probes of a run. */
#ifndef LIST_MAKE_H
#define LIST_MAKE_H

#include "btf/btfs.h"
#include "plan/funcs.h"
#include "plan/plan.h"
#include "syms/ksyms.h"

/* As bpfload list takes them (cmd_list.c); paths, NULL: none. */
struct list_options {
	const char *attach, *funcs, *ends, *outputs, *copy_sites, *merge_sites, *callees;
	const char *syms, *btfs, *tracefs, *read, *constants, *plan;
	int all, quiet, returns, rules, receive, passing;
	int borrowed;		/* 1: BTF comes from a file, the kernel has none */
	enum how how;
};

/* What is read of the kernel and of the list. */
struct list_sources {
	struct funcs *list;
	struct ksyms *syms;
	struct btf_set *btfs;
};

/*
 * Makes *@plan of @from->list and of the other lists that @options names. 0; or
 * -errno or an exit status, and has said why. The caller frees *@plan in each case.
 */
int list_make(const struct list_options *options, struct list_sources *from,
	      struct plan **plan);

#endif /* LIST_MAKE_H */
