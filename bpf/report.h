/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How an event leaves the kernel, by a ring buffer or by slots of an array. It is made
 * where the reader finds it, for a program's stack has no room for it:
 *
 *	event = event_begin(number, func)	of packet @number's family; all is 0
 *						but func and its time. NULL: it
 *						found no room, which is counted
 *	event_end(event, number)		now it is there
 *
 * What is begun must be ended. bytes.h does the same with a packet's bytes behind the
 * event. Where lines of trace_pipe are read there are no events, see pipe.h.
 */
#ifndef REPORT_H
#define REPORT_H

#include "bpfpath.h"
#include "constants.h"
#include "helpers.h"
#include "maps.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, EVENTS_BYTES);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, SLOT_PACKETS * SLOT_STEPS);
	__type(key, __u32);
	__type(value, struct event);
} slots SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, MAX_FUNCS + 1);
	__type(key, __u32);
	__type(value, struct path_hit);
} path_map SEC(".maps");

/* An event of that packet's family found no room. */
static always_inline void count_lost(__u32 number)
{
	struct family_counts *family = bpf_map_lookup_elem(&family_map, &number);

	__sync_fetch_and_add(&state.lost, 1);
	if (family)
		__sync_fetch_and_add(&family->lost, 1);
}

/*
 * Adds 1 and returns what *count was before. Where an atomic add does not tell that,
 * another CPU may get the same number.
 */
static always_inline __u32 count_up(__u32 *count)
{
	__u32 before = *count;

	if (VALUE(has_fetch))
		return __sync_fetch_and_add(count, 1);
	__sync_fetch_and_add(count, 1);
	return before;
}

static always_inline void event_init(struct event *event, __u32 func)
{
	__builtin_memset(event, 0, sizeof(*event));
	event->ns = bpf_ktime_get_ns();
	event->func = func;
	event->ident = NO_IDENT;
	event->derived = NO_COUNT;
	event->lost = NO_COUNT;
}

/* Counts an event of the family: how many it had before. The selection is the first. */
static always_inline __u32 next_slot(__u32 number)
{
	struct family_counts *family = bpf_map_lookup_elem(&family_map, &number);

	return family ? count_up(&family->slots) : SLOT_STEPS;
}

static always_inline void count_hit(__u32 func)
{
	struct path_hit *hit = bpf_map_lookup_elem(&path_map, &func);

	if (!hit)
		return;
	__sync_fetch_and_add(&hit->hits, 1);
	hit->last_ns = bpf_ktime_get_ns();
}

static always_inline struct event *slot_begin(__u32 number, __u32 func)
{
	__u32 step = next_slot(number);
	__u32 slot = (number - 1) % SLOT_PACKETS * SLOT_STEPS + step;

	count_hit(func);
	return step < SLOT_STEPS ? bpf_map_lookup_elem(&slots, &slot) : 0;
}

/* @more: bytes that follow the event, where it goes to a ring buffer. */
static always_inline struct event *event_reserve(__u32 number, __u32 func,
						 __u64 more)
{
	struct event *event = 0;

	if (VALUE(read_ring))
		event = bpf_ringbuf_reserve(&events, sizeof(*event) + more, 0);
	else if (VALUE(read_map))
		event = slot_begin(number, func);
	if (event)
		event_init(event, func);
	else
		count_lost(number);
	return event;
}

static always_inline struct event *event_begin(__u32 number, __u32 func)
{
	return event_reserve(number, func, 0);
}

/*
 * The packet's number makes a slot valid, so it is written last. The barrier is one of
 * the compiler alone: the reader has that of the CPU (loader/trace/read_map.c).
 */
static always_inline void event_end(struct event *event, __u32 number)
{
	asm volatile("" ::: "memory");
	event->packet = number;
	if (VALUE(read_ring))
		bpf_ringbuf_submit(event, 0);
}

#endif /* REPORT_H */
