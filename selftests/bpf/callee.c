// SPDX-License-Identifier: GPL-2.0-only
/*
 * callee NOTE REACHED
 *
 * For which packet a function works that has none (callees.h), on a stack that is made by
 * hand. NOTE: bpf/kprobe.c on a function whose argument 1 is a packet; REACHED: on one
 * that has none. Prints TAP.
 */
#include <err.h>
#include <linux/ptrace.h>

#include "../../loader/kernel/sys.h"
#include "../unit/tap.h"
#include "fake.h"
#include "run.h"

#define MAPS		"maps"
#define WITH		31	/* numbers of the functions */
#define WITHOUT		32
#define CALLER		0xffffffff81000000ULL	/* of the frame at byte n: + n */
#define TOP		2048	/* of the stack, bytes in its page */

static int note, reached, stacks;

static void track(enum fake fake, uint32_t number, uint32_t member)
{
	const struct packet packet = { .number = number, .member = member };
	int skbs = run_map(MAPS, "skb_map");
	uint64_t skb = fake_addr(fake);

	if (sys_map_update(skbs, &skb, &packet))
		errx(1, "a packet cannot be tracked");
}

/* FAKE_SKB is packet 4.2. */
static void begin(void)
{
	fake_reset();
	memcpy(fake_bytes(FAKE_OTHER), fake_bytes(FAKE_SKB), FAKE_SIZE);
	run_clear(run_map(MAPS, "skb_map"));
	run_clear(stacks);
	run_state(MAPS)->tracked = 1;
	track(FAKE_SKB, 4, 2);
}

static void call(int prog, int sp, uint64_t argument)
{
	const struct pt_regs regs = {
		.rdi = argument, .rsp = fake_addr(FAKE_STACK) + sp,
	};

	*(uint64_t *)((uint8_t *)fake_bytes(FAKE_STACK) + sp) = CALLER + sp;
	run_context(prog, &regs, sizeof(regs));
}

/* A function begins with a packet; its return address lies @sp bytes up. */
static void enter(int sp, enum fake fake)
{
	call(note, sp, fake_addr(fake));
	while (run_event(MAPS))
		;
}

/* Packet that one without a packet works for when it is called there, 0: none. */
static uint32_t works_for(int sp)
{
	const struct run_event *got;

	call(reached, sp, 0);
	got = run_event(MAPS);
	return got ? got->event.packet : 0;
}

static void test_event(void)
{
	const struct event *event;

	begin();
	enter(TOP, FAKE_SKB);
	call(reached, TOP - 64, 0);
	event = &run_next(MAPS)->event;
	is_int(event->func, WITHOUT | FUNC_CALLEE, "a function without a packet");
	is_int(event->packet, 4, "... works for the one of its caller");
	is_int(event->member, 2, "... which relative that is");
	is_int(event->seq, 0, "... it is no step");
	is_int(event->skb, fake_addr(FAKE_SKB), "... the sk_buff");
	is_int(event->len, 100, "... bytes");
	is_int(event->ifindex, 11, "... interface");
}

static void test_running(void)
{
	begin();
	enter(TOP, FAKE_SKB);
	is_int(works_for(TOP), 0, "at the same depth: it has returned");
	begin();
	enter(TOP, FAKE_SKB);
	is_int(works_for(TOP + 8), 0, "above: it has returned");
	begin();
	enter(TOP, FAKE_SKB);
	*(uint64_t *)((uint8_t *)fake_bytes(FAKE_STACK) + TOP) = CALLER;
	is_int(works_for(TOP - 8), 0, "another return address is there");
	begin();
	enter(TOP, FAKE_SKB);
	is_int(works_for(TOP - 8), 4, "right below");
	run_clear(run_map(MAPS, "skb_map"));
	is_int(works_for(TOP - 8), 0, "the packet is not tracked any more");
}

static void test_nested(void)
{
	begin();
	enter(TOP, FAKE_SKB);
	enter(TOP - 64, FAKE_OTHER);
	is_int(works_for(TOP - 128), 0, "in one of a packet that is not tracked");
	is_int(works_for(TOP - 32), 4, "that has returned: the outer one's");
	begin();
	track(FAKE_OTHER, 9, 0);
	for (int i = 0; i < FRAMES; i++)
		enter(TOP - 64 * i, i & 1 ? FAKE_OTHER : FAKE_SKB);
	is_int(works_for(TOP - 64 * FRAMES), 9, "the innermost of as many as fit");
	enter(TOP - 64 * FRAMES, FAKE_SKB);
	is_int(works_for(TOP - 64 * (FRAMES + 1)), 0, "one more: nobody's");
	is_int(works_for(TOP - 64 * (FRAMES - 2) - 8), 4, "two have returned");
}

int main(int argc, char **argv)
{
	if (argc != 3)
		errx(2, "usage: callee NOTE REACHED");
	tap_plan(7 + 5 + 5);
	note = run_load_call(MAPS, argv[1], WITH, 0);
	reached = run_load_call(MAPS, argv[2], WITHOUT, 0);
	stacks = run_map(MAPS, "stack_map");
	test_event();
	test_running();
	test_nested();
	return tap_done();
}
