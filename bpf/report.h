/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How an event leaves the kernel: the three ways of reading, one of which is
 * compiled in. An event is made where the reader finds it, for a program's stack
 * has no room for it:
 *
 *	event = event_begin(number, func)	of packet @number's family; all is 0
 *						but these and its time. NULL: it
 *						found no room, which is counted
 *	event_end(event, number, name)		now it is there. @name: a string
 *						literal, the function's name for
 *						trace_pipe
 *
 * What is begun must be ended.
 */
#ifndef REPORT_H
#define REPORT_H

#include "bytes.h"
#include "maps.h"

/* An event of that packet's family found no room. */
static always_inline void count_lost(__u32 number)
{
	struct family *family = bpf_map_lookup_elem(&family_map, &number);

	__sync_fetch_and_add(&state.lost, 1);
	if (family)
		__sync_fetch_and_add(&family->lost, 1);
}

static always_inline void event_init(struct event *event, __u32 func)
{
	__builtin_memset(event, 0, sizeof(*event));
	event->ns = bpf_ktime_get_ns();
	event->func = func;
	event->ident = NO_IDENT;
	event->kins = NO_COUNT;
	event->lost = NO_COUNT;
}

#if defined(READ_RING)

static always_inline struct event *event_begin(__u32 number, __u32 func)
{
	struct event *event = bpf_ringbuf_reserve(
		&events, sizeof(*event) + CAPTURE_SIZE, 0);

	if (!event) {
		count_lost(number);
		return 0;
	}
	event_init(event, func);
	event->packet = number;
	return event;
}

static always_inline void submit(struct event *event)
{
	capture(event);
	bpf_ringbuf_submit(event, 0);
}
#define event_end(event, number, name)	submit(event)

#elif defined(READ_MAP)

/* How many events its family had before this one; its selection is the first. */
static always_inline __u32 next_slot(__u32 number)
{
	struct family *family = bpf_map_lookup_elem(&family_map, &number);
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

static always_inline void count_hit(__u32 func)
{
	struct path_hit *hit = bpf_map_lookup_elem(&path_map, &func);

	if (!hit)
		return;
	__sync_fetch_and_add(&hit->hits, 1);
	hit->last_ns = bpf_ktime_get_ns();
}

static always_inline struct event *event_begin(__u32 number, __u32 func)
{
	__u32 step = next_slot(number);
	__u32 slot = (number - 1) % SLOT_PACKETS * SLOT_STEPS + step;
	struct event *event = bpf_map_lookup_elem(&events, &slot);

	count_hit(func);
	if (!event || step >= SLOT_STEPS) {
		count_lost(number);
		return 0;
	}
	event_init(event, func);
	return event;
}

/* The packet's number is what makes a slot valid: it is written last. */
#define event_end(event, number, name)                                     \
	do {                                                               \
		asm volatile("" ::: "memory");                             \
		(event)->packet = number;                                  \
	} while (0)

#elif defined(READ_PIPE)

/* It has no more than what a line of trace_pipe has room for. */
#define event_begin(number, num)	(&(struct event){                  \
		.ns = bpf_ktime_get_ns(),                                  \
		.func = num,                                               \
	})

/*
 * A line for people first. What follows the # tells the loader which packet
 * of which run this is, and then, in the upper half, its kin, in the lower one
 * which step or, of a birth, the parent: a line has room for three values.
 */
#define event_end(event, number, name)                                     \
	do {                                                               \
		char format[] = name ": %llu ns #%llx.%llx";               \
		__u64 tag = state.run << 32 | (number);                    \
		__u64 step = (__u64)(event)->kin << 32 | (event)->seq;     \
									   \
		bpf_trace_printk(format, sizeof(format), (event)->ns, tag, \
				 step);                                    \
	} while (0)

#endif

#endif /* REPORT_H */
