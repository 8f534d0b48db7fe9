/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * BPF programs of others that are given an sk_buff, as steps: each gets a probe where it
 * returns (bpf/prog.c). Also programs that come during the run, when they are looked for.
 * What cannot be a step is said, and is never a reason to end the run.
 */
#ifndef ATTACH_PROGS_H
#define ATTACH_PROGS_H

#include <stddef.h>
#include <stdint.h>

#include "../kernel/prog.h"
#include "../plan/plan.h"
#include "xdp.h"

struct prog_probe {
	struct probe probe;	/* name: the program's function */
	int prog_fd, fd;
	struct prog_probe *next;
};

struct prog_left;

struct progs {
	/* The caller's to set. */
	void (*found)(void *ctx, const struct probe *probe);	/* it is attached */
	void *ctx;
	int quiet;		/* 1: nothing is said of programs that cannot be steps */
	int verbose;		/* 1: … each of them is named, else a few */

	struct bound bound;
	struct xdp xdp;
	struct prog_probe *list;
	uint32_t length;	/* of it */
	struct prog_left *left;	/* that cannot be steps, until it is said */
	size_t left_count;
	uint32_t last_id;	/* of the programs that were looked at */
	uint32_t next_num;	/* for a probe */
	uint32_t count;		/* programs that are steps … */
	uint32_t unseen;	/* … that cannot be steps … */
	uint32_t came;		/* … and that are, but not from the start on */
	int begun;		/* 1: all that were there at the start were looked at */
};

/*
 * Binds the object in the directory @objects, and attaches to all programs that there
 * are. @btf: where the kernel's BTF is (btf/btfs.h). When it fails it has said why, there are
 * no such steps, and all else here does nothing.
 */
void progs_open(struct progs *progs, const struct plan *plan,
		const struct binding *binding, const char *objects, const char *btf);

/* Attaches to the programs that have come since it was called last. */
void progs_look(struct progs *progs);

/*
 * How often such a probe was reached and not run; a program that has come counts once,
 * for it may have run before it had its probe. As attached_missed().
 */
int progs_missed(const struct progs *progs, uint64_t *total);

/* Takes the probes away. Takes an all-zero one, too. */
void progs_close(struct progs *progs);

#endif /* ATTACH_PROGS_H */
