/* SPDX-License-Identifier: GPL-2.0-only */
/* One run: all that is open while it lasts, and the loop in its middle. */
#ifndef TRACE_H
#define TRACE_H

#include <stdbool.h>
#include <stdint.h>

#include "../attach/arm.h"
#include "../attach/attached.h"
#include "live.h"
#include "../attach/missed.h"
#include "../attach/progs.h"
#include "read.h"
#include "results.h"
#include "netns_names.h"
#include "tc_hooks.h"
#include "tracker.h"
#include "unselected.h"

struct trace {
	/* What was asked for. */
	const char *dir;	/* the run's pins */
	unsigned long count;	/* packets; 0: no end */
	unsigned long wait;	/* ms without a match; 0: no end */
	const char *filter;	/* in words, for people */
	const char *btf;	/* the kernel's, as btfs_open() takes it */
	bool quiet;		/* no summary of the probes */
	int ready_fds[2];	/* get a line when all is armed; 0: none */
	enum stacks stacks;	/* that come with an event */
	const char *unmatched;	/* a file that a run without a packet writes; NULL: none */
	const struct fields *fields;	/* that come with an event */
	unsigned long bytes;	/* of a packet that come with an event; 0: none */

	/* What is open. */
	volatile struct state *state;	/* shared with the programs */
	int skb_map_fd, family_map_fd;
	struct reader reader;
	struct attached attached;	/* the caller's to attach and undo, … */
	struct progs progs;		/* … to open and close */
	struct missed missed;
	struct tracker *tracker;
	struct btf_set *btfs;	/* for … */
	struct results *results;	/* … what functions return; NULL: they are
					   not asked, or have no types */
	struct arm arm;
	struct seen seen;
	struct unselected unselected;	/* the caller's to begin */
	struct kernel_names names;	/* as long as the records are written */
	struct netns_names watch;
	struct tc_hooks tc_hooks;
	struct live live;

	/* Where it stands; times are CLOCK_MONOTONIC in ns. */
	uint64_t now, second, matched;
	uint64_t looked;	/* when families that lost events were last sought; … */
	uint64_t lost;		/* … how many events were lost by then */
	uint64_t selected;	/* packets selected so far */
	uint64_t taken;		/* events of the last look */
};

/* The tracker's questions (tracker.h), answered for a struct trace. */
extern const struct tracker_ops tracker_kernel_ops;

/*
 * Opens the maps of the run, the reader and the signals that end it. The caller
 * sets the fields that stand first in the struct, reader.ops and reader.plan.
 * 0 or -errno, and has said why.
 */
int trace_open(struct trace *trace);
void trace_close(struct trace *trace);

/*
 * Writes what is known of why no packet has come, as a table (scripts/table.sh) with a line
 * for each number that is not 0:
 *
 *	what	"looked": by the programs that select; "full": matched, but not followed;
 *		of these below all that pass, as far as they were not "skipped":
 *		"passed" there in all, "matched", or matched but for the "mark", what
 *		is "inner", or --skb ("skb")
 *	dir	"in", "out", for an interface, …
 *	netns, ifindex, ifname	… which is this
 *	packets, mark	how many, and the last mark
 *
 * 0 or -errno, and has said why.
 */
int trace_write_unmatched(const struct trace *trace);

/*
 * Makes BPF programs of others steps (attach/progs.h), by an object in the directory
 * @objects. progs_close() of trace->progs is to follow.
 */
void trace_open_progs(struct trace *trace, const struct binding *binding,
		      const char *objects, bool verbose);

/*
 * Arms the classifier, passes events on until the run is over (enough packets
 * have ended, nothing matched for too long, a signal, nobody reads the output) and
 * disarms it. 0 or -errno, and has said why; -EINTR: a signal came before anything was
 * armed, or the output was given up for it.
 */
int trace_run(struct trace *trace);

#endif /* TRACE_H */
