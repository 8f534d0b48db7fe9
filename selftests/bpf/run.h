/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Programs of bpf/ in the running kernel, one run at a time, by
 * BPF_PROG_TEST_RUN: objects are loaded as a trace loads them, with the maps of
 * a run, and events come out of its ring buffer. All runs on one processor. What
 * goes wrong with that ends the test.
 */
#ifndef RUN_H
#define RUN_H

#include <stdint.h>

#include "../../bpf/bpfpath.h"

#define RUN_BYTES	64	/* of a packet behind its event (objects.sh) */

/*
 * @object is a program's line (objects.sh): its path, and constants; @num and @stage, where
 * they are not 0, are kp_num and kp_stage.
 *
 * Maps lie in a BPF file system of this process alone; @maps is a directory in
 * it, made when it is not there. @ring: bytes of a new ring, 0: as ever.
 */
int run_load(const char *maps, const char *object, uint32_t num, uint32_t stage,
	     uint32_t ring);

/*
 * The same for programs of kprobes and trampolines (kprobe/, fentry/, fexit/),
 * which cannot be run so, and which this kernel may not have at all: as a program
 * of a system call, whose context is bytes that are handed to it. Such a program
 * sees registers or arguments like the real one.
 */
int run_load_call(const char *maps, const char *object, uint32_t num,
		  uint32_t stage);

/* The one value of "state" of these maps, in our memory. */
volatile struct state *run_state(const char *maps);

/* A map of these, to be looked at. */
int run_map(const char *maps, const char *name);

/* Takes all out of the hash table. */
void run_clear(int map);

/*
 * A classifier with a frame, which the kernel puts into an sk_buff on loopback.
 * What it returned. The frame must come out as it went in.
 */
int run_frame(int prog, const void *frame, uint32_t len, uint32_t mark);

/* Any other program with its context. */
void run_context(int prog, const void *context, uint32_t size);

/* An event out of the ring, and what follows it. */
struct run_event {
	struct event event;
	union {
		struct {
			struct {
				uint16_t link_type, len;
				uint32_t size;
			} capture;	/* struct capture */
			uint8_t bytes[RUN_BYTES];
		};
		uint8_t more[sizeof(struct rule_event) - sizeof(struct event)];
	};
};

/*
 * The next event of these maps, the oldest first, or NULL: there is none. It is
 * valid until the next call.
 */
const struct run_event *run_event(const char *maps);

/* The same where there must be one: else it ends the test. */
const struct run_event *run_next(const char *maps);

/* Reads all that is in the slots of these maps: events, and how many are not there. */
void run_slots(const char *maps, uint64_t *read, uint64_t *lost);

#endif /* RUN_H */
