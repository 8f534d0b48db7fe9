// SPDX-License-Identifier: GPL-2.0-only
/*
 * step PASS DROP DROP_MAP
 *
 * bpf/tracepoint.c on sk_buffs that are made by hand (fake.h): what a step says
 * of where its packet is (where.h), the numbers of steps, how a packet ends, and
 * what is lost where there is no room (report.h). PASS: a function the packet
 * passes, its argument 2. DROP: one that drops argument 1, called by argument 2
 * for the reason in argument 3; DROP_MAP: the same for the map of slots. Prints
 * TAP.
 */
#include <err.h>
#include <sched.h>
#include <unistd.h>

#include "../../loader/kernel/sys.h"
#include "../unit/tap.h"
#include "fake.h"
#include "run.h"

#define MAPS		"maps"
#define SMALL		"small"	/* with a ring for few events */
#define SLOTS		"slots"
#define PASS		21	/* numbers of the functions */
#define DROP		345
#define NUMBER		7	/* of the packet */
#define MEMBER		3
#define CALLER		0xffffffff81234567ULL

static volatile struct state *state;
static int pass, drop;

static void track(const char *maps, uint32_t number, uint32_t seq)
{
	const struct packet packet = { .number = number, .member = MEMBER, .seq = seq };
	const struct family_counts family = { .derived = 5, .live = 2 };
	uint64_t skb = fake_addr(FAKE_SKB);
	int skbs = run_map(maps, "skb_map"), families = run_map(maps, "family_map");

	run_clear(skbs);
	run_clear(families);
	if (sys_map_update(skbs, &skb, &packet) ||
	    sys_map_update(families, &number, &family))
		errx(1, "a packet cannot be tracked");
	close(skbs);
	close(families);
}

/* A packet with that many steps behind it; the sk_buff is as in fake.h. */
static void begin(uint32_t seq)
{
	fake_reset();
	track(MAPS, NUMBER, seq);
	memset((void *)state, 0, sizeof(*state));
	state->tracked = 2;
}

static void run(int prog)
{
	const uint64_t skb = fake_addr(FAKE_SKB);
	const uint64_t pass_args[12] = { ~0ULL, skb };
	const uint64_t drop_args[12] = { skb, CALLER, 0x10002 };

	if (prog == pass)
		run_context(prog, pass_args, sizeof(pass_args));
	else
		run_context(prog, drop_args, sizeof(drop_args));
}

static const struct event *step(int prog)
{
	run(prog);
	return &run_next(MAPS)->event;
}

static int has_family(const char *maps, uint32_t number, struct family_counts *family)
{
	int map = run_map(maps, "family_map");
	int found = !sys_map_lookup(map, &number, family);

	close(map);
	return found;
}

static int is_tracked(void)
{
	int map = run_map(MAPS, "skb_map");
	uint64_t skb = fake_addr(FAKE_SKB);
	struct packet packet;
	int found = !sys_map_lookup(map, &skb, &packet);

	close(map);
	return found;
}

static void test_pass(void)
{
	const struct event *event;

	begin(40);
	event = step(pass);
	is_int(event->func, PASS, "a step: the function");
	is_int(event->packet, NUMBER, "the packet");
	is_int(event->member, MEMBER, "which relative it is");
	is_int(event->seq, 40, "how many steps came before");
	is_int(event->skb, fake_addr(FAKE_SKB), "the sk_buff");
	is_int(event->location | event->reason, 0, "neither caller nor reason");
	is_int(event->derived, NO_COUNT, "not the last: no relatives are told");
	is_int(event->lost, NO_COUNT, "nor lost events");
	is_int(event->len, 100, "bytes");
	is_int(event->mark, 0x5eed, "mark");
	is_int(event->cpu, sched_getcpu(), "processor");
	is_int(event->pid, getpid(), "thread");
	is_str(event->comm, "step", "its name");
	is_int(event->call, CALL_INTERRUPT, "arguments that lie elsewhere than on its stack");
	is_int(step(pass)->seq, 41, "the next step has the next number");
	ok(is_tracked() && state->tracked == 2, "and the packet is tracked");
}

/* The device is the sk_buff's own, else the route's, else the socket's. */
static void is_at(const char *ifname, uint32_t ifindex, uint32_t netns,
		  const char *what)
{
	const struct event *event = step(pass);

	is_str(event->ifname, ifname, what);
	is_int(event->ifindex, ifindex, "... its index");
	is_int(event->netns, netns, "... its namespace");
}

static void test_where(void)
{
	begin(0);
	is_at("fake0", 11, 4026539999U, "the sk_buff's device");
	fake_skb("dev", 8, 0);
	fake_skb("_skb_refdst", 8, fake_addr(FAKE_DST) | 3);
	is_at("", 0, 0, "it has arrived: the route's device does not count");
	fake_skb("skb_iif", 4, 0);
	is_at("fakeroute", 12, 4026538888U, "made here: the route's device");
	fake_skb("_skb_refdst", 8, 1);
	fake_skb("sk", 8, fake_addr(FAKE_SOCK));
	is_at("", 0, 4026537777U, "no device: the socket's namespace");
}

static void test_drop(void)
{
	struct family_counts family;
	const struct event *event;

	begin(41);
	event = step(drop);
	is_int(event->func, DROP, "the end: the function");
	is_int(event->seq, 41, "its number");
	is_int(event->location, CALLER, "the caller");
	is_int(event->reason, 0x10002, "the reason");
	is_int(event->derived, 5, "relatives so far");
	is_int(event->lost, 0, "lost events so far");
	ok(!is_tracked() && state->tracked == 1, "the packet is forgotten");
	ok(has_family(MAPS, NUMBER, &family) && family.live == 1,
	   "its family has one member more");
	run(drop);
	ok(!run_event(MAPS), "what is not tracked is not told");
	begin(0);
	state->tracked = 0;
	run(pass);
	ok(!run_event(MAPS), "nothing is tracked: nothing is looked up");
}

/* With its last member a family goes, but for one that has lost an event. */
static void test_family(void)
{
	struct family_counts family;
	const uint32_t number = NUMBER;

	for (int lost = 2; lost >= 0; lost -= 2) {
		begin(0);
		family = (struct family_counts){ .derived = 5, .live = 1, .lost = lost };
		if (sys_map_update(run_map(MAPS, "family_map"), &number, &family))
			errx(1, "family");
		is_int(step(drop)->lost, lost, "lost events of the family");
		is_int(has_family(MAPS, NUMBER, &family), lost != 0,
		       lost ? "with some it stays" : "without it goes");
	}
}

/* A ring of a page: what finds no room counts in run and family. */
static void test_lost(const char *object)
{
	int prog = run_load(SMALL, object, PASS, 0, 4096), count = 0;
	volatile struct state *its = run_state(SMALL);
	struct family_counts family = {};

	fake_reset();
	track(SMALL, NUMBER, 0);
	its->tracked = 1;
	pass = prog;
	for (int i = 0; i < 100; i++)
		run(prog);
	while (run_event(SMALL))
		count++;
	ok(count > 4 && count < 20, "a small ring has room for few events");
	is_int(its->lost, 100 - count, "the others are counted");
	ok(has_family(SMALL, NUMBER, &family), "the family is there");
	is_int(family.lost, 100 - count, "with as many of them");
}

/* An event in slot @slot of packet 18's. */
static void run_in_slot(int prog, uint32_t slot)
{
	const struct family_counts family = { .live = 2, .slots = slot };
	const uint32_t number = SLOT_PACKETS + 2;

	track(SLOTS, number, 9);
	if (sys_map_update(run_map(SLOTS, "family_map"), &number, &family))
		errx(1, "family");
	run_state(SLOTS)->tracked = 1;
	run(prog);
}

/* The events of one packet do not go on in the slots of the next. */
static void test_last_slot(int prog)
{
	const uint32_t number = SLOT_PACKETS + 2, next = 2 * SLOT_STEPS;
	struct event event = {};
	struct family_counts family;

	run_in_slot(prog, SLOT_STEPS);
	is_int(run_state(SLOTS)->lost, 1, "no slot is left: the event is lost");
	ok(has_family(SLOTS, number, &family) && family.lost == 1,
	   "... of its family");
	ok(!sys_map_lookup(run_map(SLOTS, "slots"), &next, &event) &&
	   !event.packet, "... and is in no other's slot");
}

/* Slots are read from a packet's first one on until one is empty. */
static void test_first_slot(int prog)
{
	uint64_t read, lost;

	run_in_slot(prog, 0);
	run_slots(SLOTS, &read, &lost);
	is_int(read, 1, "the first slot is read");
	is_int(lost, 2, "two others were counted");
}

/* Slots: packet 18 has those of the second, its third event the third of them. */
static void test_slots(const char *object)
{
	const uint32_t slot = SLOT_STEPS + 2, func = DROP;
	int prog = run_load(SLOTS, object, DROP, 0, 0);
	struct path_hit hit = {};
	struct event event = {};

	fake_reset();
	run_in_slot(prog, 2);
	if (sys_map_lookup(run_map(SLOTS, "slots"), &slot, &event) ||
	    sys_map_lookup(run_map(SLOTS, "path_map"), &func, &hit))
		errx(1, "maps of slots");
	is_int(event.packet, SLOT_PACKETS + 2, "an event in its slot");
	is_int(event.seq, 9, "its number");
	is_int(event.len, 100, "bytes");
	is_int(hit.hits, 1, "a hit of the function");
	test_last_slot(prog);
	test_first_slot(prog);
}

int main(int argc, char **argv)
{
	if (argc != 4)
		errx(2, "usage: step PASS DROP DROP_MAP");
	tap_plan(16 + 12 + 10 + 4 + 4 + 9);
	pass = run_load(MAPS, argv[1], PASS, 0, 0);
	drop = run_load(MAPS, argv[2], DROP, 0, 0);
	state = run_state(MAPS);
	test_pass();
	test_where();
	test_drop();
	test_family();
	test_lost(argv[1]);
	test_slots(argv[3]);
	return tap_done();
}
