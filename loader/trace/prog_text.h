/* SPDX-License-Identifier: GPL-2.0-only */
/* What a BPF program of somebody else has decided, in words. */
#ifndef PROG_TEXT_H
#define PROG_TEXT_H

#include <stdint.h>

#define PROG_TEXT_LEN	72

struct prog_texts {
	char id[12];
	char hook[PROG_TEXT_LEN];	/* "tc/ingress"; "-": not known */
	char verdict[PROG_TEXT_LEN];	/* "TC_ACT_SHOT"; "-": not known */
};

/* What the number of a program means that is a filter of tc (cls_bpf_classify()). */
enum tc_means {
	TC_MEANS_UNKNOWN,
	TC_MEANS_ACTION,	/* direct-action: TC_ACT_… */
	TC_MEANS_CLASS,		/* whether the filter matches; its actions decide */
};

/* A program has returned. */
struct prog_return {
	uint32_t id, type;	/* the program's; enum bpf_prog_type */
	const char *runner;	/* the function of the kernel that has run it */
	int at_ingress;		/* skb->tc_at_ingress */
	uint32_t result;
	const char *to;		/* where it redirects: a name or a number; NULL: not known */
	uint32_t to_flags;	/* how: struct bpf_redirect_info; of XDP enum bpf_map_type */
	enum tc_means means;	/* where tc runs it as a filter */
};

/* What it means that a packet ends by what a program of XDP returned: enum verdict. */
int prog_ends(uint32_t type, uint32_t result);

/* Is it cls_bpf_classify() that has run the program? */
int prog_is_filter(const char *runner);

/* The runner tells the hook: where it is none that is known, nothing else is believed. */
void prog_text(struct prog_texts *texts, const struct prog_return *prog);

#endif /* PROG_TEXT_H */
