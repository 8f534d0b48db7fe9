/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Asks the kernel itself what it can do: loads a few instructions, makes a map,
 * attaches for a moment. All functions return 0, or -errno when it cannot.
 */
#ifndef TRIAL_H
#define TRIAL_H

#include <stdint.h>

struct btf;

/* The kernel's BTF, where the caller has read it already; else NULL. */
extern const struct btf *trial_vmlinux;

int trial_atomic_fetch(void);		/* atomic add that gives the old value */
int trial_ringbuf(void);		/* BPF_MAP_TYPE_RINGBUF */
int trial_array(void);			/* any map at all */
int trial_printk(void);			/* bpf_trace_printk() */
int trial_classifier(void);		/* a program for tc */
int trial_tcx(void);			/* programs at an interface, beside tc's */
int trial_kprobe(void);			/* a kprobe, attached for a moment */
int trial_multi(void);	/* kprobe.multi; -EADDRNOTAVAIL: addresses are hidden */
int trial_session(const struct btf *vmlinux);	/* the same, and returns */
int trial_fentry(void);			/* an fentry program, attached for a moment */
int trial_tracepoint(void);		/* a raw tracepoint, likewise */
int trial_receive(void);		/* … that of receive.h; -ENOENT: there is no BTF */

/* A number that the kernel keeps of a packet. */
struct trial_read {
	int at;			/* bytes from the sk_buff's begin … */
	int by;			/* … or, if not -1, of what the pointer there leads to */
	uint32_t ctx;		/* the same in struct __sk_buff */
	int size;		/* bytes, 2 or 4 */
};

/*
 * Reads these numbers, 16 at most, of a packet that is made for it: once at their places
 * and once through struct __sk_buff. 0: all are the same; the number, from 1, of the
 * first one that differs; or -errno.
 */
int trial_reads(const struct trial_read *reads, int count);

#endif /* TRIAL_H */
