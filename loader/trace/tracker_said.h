/* SPDX-License-Identifier: GPL-2.0-only */
/* What others than functions of the kernel have decided on a packet, for its records. */
#ifndef TRACKER_SAID_H
#define TRACKER_SAID_H

#include "ovs_text.h"
#include "prog_text.h"
#include "records.h"

struct tracker;

/* Room for it, which the record points into. */
struct said_texts {
	struct prog_texts prog;
	char ovs[OVS_TEXT_LEN];
};

/*
 * To the record of a step of a BPF program, of Open vSwitch, or where a socket of AF_XDP has
 * got the packet: who, where, and what that said. Other records stay as they are.
 */
void tracker_add_said(const struct tracker *tracker, struct record_fields *record,
		      const struct event *event, struct said_texts *texts);

/*
 * To the end, after the event @last, of what tc has dropped: the program that is attached
 * there, where programs could not all be steps.
 */
void tracker_add_attached(const struct tracker *tracker, struct record_fields *record,
			  const struct event *last, struct prog_texts *texts);

#endif /* TRACKER_SAID_H */
