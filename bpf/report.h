/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How an event leaves the kernel: the three ways of reading, one of which is
 * compiled in. Each is a function
 *
 *	send_event(const struct event *event, name)
 *
 * where name is a string literal, the function's name for trace_pipe.
 */
#ifndef REPORT_H
#define REPORT_H

#include "maps.h"

#if defined(READ_RING)

static always_inline void send(const struct event *event)
{
	struct event *room = bpf_ringbuf_reserve(&events, sizeof(*room), 0);

	if (!room) {
		__sync_fetch_and_add(&state.lost, 1);
		return;
	}
	*room = *event;
	bpf_ringbuf_submit(room, 0);
}
#define send_event(event, name) send(event)

#elif defined(READ_MAP)

/* The packet's number is what makes a slot valid: it is written last. */
static always_inline void write_slot(struct event *slot,
				     const struct event *event)
{
	struct event copy = *event;

	copy.packet = 0;
	*slot = copy;
	asm volatile("" ::: "memory");
	slot->packet = event->packet;
}

/* The selection itself takes the first slot of a packet, steps the others. */
static always_inline void send(const struct event *event)
{
	__u32 step = event->func == FUNC_SELECTED ? 0 : event->seq + 1;
	__u32 slot = (event->packet - 1) % SLOT_PACKETS * SLOT_STEPS + step;
	struct path_hit *hit;
	struct event *room;

	hit = bpf_map_lookup_elem(&path_map, &event->func);
	if (hit) {
		__sync_fetch_and_add(&hit->hits, 1);
		hit->last_ns = event->ns;
	}
	room = bpf_map_lookup_elem(&events, &slot);
	if (!room || step >= SLOT_STEPS) {
		__sync_fetch_and_add(&state.lost, 1);
		return;
	}
	write_slot(room, event);
}
#define send_event(event, name) send(event)

#elif defined(READ_PIPE)

/*
 * A line for people first. What follows the # tells the loader which packet
 * of which run this is, and which step: a line has room for three values.
 */
#define send_event(event, name)                                            \
	do {                                                               \
		char format[] = name ": %llu ns #%llx.%u";           \
		__u64 tag = state.run << 32 | (event)->packet;             \
									   \
		bpf_trace_printk(format, sizeof(format), (event)->ns, tag, \
				 (event)->seq);                            \
	} while (0)

#endif

#endif /* REPORT_H */
