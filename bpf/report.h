/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How an event leaves the kernel: the three ways of reading, one of which is
 * compiled in. Each is a function
 *
 *	send_event(struct event *event, name)
 *
 * where name is a string literal, the function's name for trace_pipe.
 */
#ifndef REPORT_H
#define REPORT_H

#include "maps.h"

/* An event of that packet's family found no room. */
static always_inline void count_lost(__u32 number)
{
	struct family *family = bpf_map_lookup_elem(&family_map, &number);

	__sync_fetch_and_add(&state.lost, 1);
	if (family)
		__sync_fetch_and_add(&family->lost, 1);
}

#if defined(READ_RING)

static always_inline void send(const struct event *event)
{
	struct event *room = bpf_ringbuf_reserve(&events, sizeof(*room), 0);

	if (!room) {
		count_lost(event->packet);
		return;
	}
	*room = *event;
	bpf_ringbuf_submit(room, 0);
}
#define send_event(event, name) send(event)

#elif defined(READ_MAP)

/*
 * The packet's number is what makes a slot valid: it is written last. There is no
 * room on the stack for another event.
 */
static always_inline void write_slot(struct event *slot, struct event *event)
{
	__u32 number = event->packet;

	event->packet = 0;
	*slot = *event;
	asm volatile("" ::: "memory");
	slot->packet = event->packet = number;
}

/* How many events its family had before this one; its selection is the first. */
static always_inline __u32 next_slot(const struct event *event)
{
	struct family *family = bpf_map_lookup_elem(&family_map, &event->packet);
#ifdef HAVE_ATOMIC_FETCH
	return family ? __sync_fetch_and_add(&family->slots, 1) : SLOT_STEPS;
#else
	__u32 slot = SLOT_STEPS;

	if (family) {
		slot = family->slots;
		__sync_fetch_and_add(&family->slots, 1);
	}
	return slot;
#endif
}

static always_inline void send(struct event *event)
{
	__u32 step = next_slot(event);
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
		count_lost(event->packet);
		return;
	}
	write_slot(room, event);
}
#define send_event(event, name) send(event)

#elif defined(READ_PIPE)

/*
 * A line for people first. What follows the # tells the loader which packet
 * of which run this is, and then, in the upper half, its kin, in the lower one
 * which step or, of a birth, the parent: a line has room for three values.
 */
#define send_event(event, name)                                            \
	do {                                                               \
		char format[] = name ": %llu ns #%llx.%llx";         \
		__u64 tag = state.run << 32 | (event)->packet;             \
		__u64 seq = (__u64)(event)->kin << 32 | (event)->seq;      \
									   \
		bpf_trace_printk(format, sizeof(format), (event)->ns, tag, \
				 seq);                                     \
	} while (0)

#endif

#endif /* REPORT_H */
