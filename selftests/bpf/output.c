// SPDX-License-Identifier: GPL-2.0-only
/*
 * output OBJECT...
 *
 * Output probes (output_probe.h) on sk_buffs that are made by hand (fake.h): which of them are
 * selected, and at which device. They are programs of bpf/tracepoint.c with a
 * filter for UDP to port 4660; the enum tells what else they want. process.c tests which
 * process has a packet made. Prints TAP.
 */
#include <err.h>
#include <unistd.h>

#include "../../loader/kernel/sys.h"
#include "../unit/tap.h"
#include "fake.h"
#include "run.h"

#define MAPS		"maps"
#define STEP		1	/* number of the function */
#define DATA		64	/* where the frame is in the sk_buff's memory */
#define IP		(DATA + 14)
#define PORT		(IP + 22)

enum {				/* the arguments, in this order: */
	ANY,			/* no more than the filter, stage 1 … */
	ANY_SECOND,		/* … and stage 2 */
	NETNS,			/* SEED_NETNS 4026538888 */
	DEVICES,		/* IS_SEED_DEVICE: 13 or 11 of 4026539999 */
	PREFIX,			/* SEED_IFNAME "fake" */
	NAME,			/* SEED_IFNAME "fake0", to the end */
	UID,			/* WANT_UID 1001 */
	MARK,			/* WANT_MARK 0xe0, mask 0xf0 */
	PASSING,		/* stage 2, where packets are that pass through */
	OBJECTS
};

static volatile struct state *state;
static int progs[OBJECTS], skbs, families;
static enum hook want_hook = HOOK_OUTPUT;

/* An IPv4 packet for UDP port 4660, that is to leave by FAKE_ROUTE_DEV. */
static void begin(void)
{
	static const uint8_t packet[] = {
		0x45, 0, 0, 86, 0,  1, 0, 0, 64,   17,	 0,    0,
		10,   0, 0, 1,	10, 0, 0, 2, 0xab, 0xcd, 0x12, 0x34,
	};

	fake_reset();
	memcpy((uint8_t *)fake_bytes(FAKE_HEAD) + IP - 2, "\x08\x00", 2);
	memcpy((uint8_t *)fake_bytes(FAKE_HEAD) + IP, packet, sizeof(packet));
	fake_skb("data", 8, fake_addr(FAKE_HEAD) + IP);
	fake_skb("len", 4, 86);
	fake_skb("network_header", 2, IP);
	fake_skb("_skb_refdst", 8, fake_addr(FAKE_DST));
	fake_skb("skb_iif", 4, 0);
	fake_skb("sk", 8, fake_addr(FAKE_SOCK));
	run_clear(skbs);
	run_clear(families);
	memset((void *)state, 0, sizeof(*state));
	state->armed_until = ~0ULL;
}

/* As it stands at the device: data begin at the link-layer header. */
static void begin_frame(void)
{
	begin();
	fake_skb("data", 8, fake_addr(FAKE_HEAD) + DATA);
	fake_skb("len", 4, 100);
}

static void run(int object, uint64_t skb)
{
	const uint64_t args[12] = { skb };

	run_context(progs[object], args, sizeof(args));
}

/* Runs it on FAKE_SKB. Interface of the selection, 0: it is not selected. */
static uint32_t at(int object)
{
	const struct run_event *got;

	run(object, fake_addr(FAKE_SKB));
	got = run_event(MAPS);
	if (!got || got->event.func == STEP)
		return 0;
	if (got->event.func != FUNC_SELECTED || got->event.hook != want_hook)
		errx(1, "another event");
	/* its own step comes next: a tracepoint's program is both */
	is_int(run_next(MAPS)->event.func, STEP, "selected, and the first step");
	return got->event.ifindex;
}

static void set_port(uint8_t low)
{
	((uint8_t *)fake_bytes(FAKE_HEAD))[PORT + 1] = low;
}

static void test_device(void)
{
	begin();
	is_int(at(ANY), 12, "at the network header: the route's device");
	is_int(at(ANY), 0, "it is tracked already");
	begin();
	fake_skb("_skb_refdst", 8, 0);
	is_int(at(ANY), 11, "without a route: its own");
	begin();
	fake_skb("_skb_refdst", 8, 0);
	fake_skb("dev", 8, 0);
	is_int(at(ANY), 0, "neither");
	begin_frame();
	is_int(at(ANY), 11, "at the link-layer header: its own");
	begin_frame();
	fake_set(FAKE_DEV, "net_device", "type", 2, 512);
	is_int(at(ANY), 0, "which is not Ethernet's");
	begin();
	fake_skb("skb_iif", 4, 9);
	is_int(at(ANY), 0, "it has arrived at an interface");
	begin();
	set_port(0x35);
	is_int(at(ANY), 0, "the filter does not want it");
}

/* An output probe that comes later on a packet's way does not look again. */
static void test_stage(void)
{
	begin();
	set_port(0x35);
	is_int(at(ANY), 0, "no match at the first output probe");
	set_port(0x34);
	is_int(at(ANY_SECOND), 0, "the second one does not look");
	is_int(at(ANY), 12, "the first one sees a new packet");
	begin();
	set_port(0x35);
	is_int(at(ANY_SECOND), 0, "no match at the second output probe");
	set_port(0x34);
	is_int(at(ANY_SECOND), 12, "and again: a new packet");
}

/* The stage at which packets are looked at that were not made here, or have changed. */
static void test_passing(void)
{
	want_hook = HOOK_EGRESS;
	begin_frame();
	fake_skb("skb_iif", 4, 9);
	is_int(at(PASSING), 11, "it passes through: where it leaves");
	begin();
	set_port(0x35);
	is_int(at(ANY), 0, "no match at the first output probe");
	set_port(0x34);
	is_int(at(PASSING), 12, "it has changed: where it leaves");
	want_hook = HOOK_OUTPUT;
	begin();
	is_int(at(PASSING), 12, "first seen there: it is made here");
}

static void test_wanted(void)
{
	begin();
	is_int(at(NETNS), 12, "the wanted namespace");
	begin_frame();
	is_int(at(NETNS), 0, "another");
	begin();
	is_int(at(DEVICES), 0, "another interface");
	begin_frame();
	is_int(at(DEVICES), 11, "one of the wanted interfaces");
	begin_frame();
	fake_set(FAKE_NET, "net", "ns.inum", 4, 4026538888U);
	is_int(at(DEVICES), 0, "of that number in another namespace");
	begin();
	is_int(at(PREFIX), 12, "a name that begins as is wanted");
	begin();
	is_int(at(NAME), 0, "another name");
	begin_frame();
	is_int(at(NAME), 11, "the name");
	begin_frame();
	fake_set(FAKE_DEV, "net_device", "name", 8, 0x3130656b6166);
	is_int(at(NAME), 0, "fake01");
}

static void test_who(void)
{
	begin();
	is_int(at(UID), 12, "the user's socket");
	fake_set(FAKE_SOCK, "sock", "sk_uid", 4, 1002);
	run_clear(skbs);
	is_int(at(UID), 0, "another user's");
	begin();
	fake_set(FAKE_SOCK, "sock", "__sk_common.skc_state", 1, 6);
	is_int(at(UID), 0, "a socket in TIME_WAIT has no user");
	begin();
	fake_set(FAKE_OTHER, "sock", "__sk_common.skc_state", 1, 12);
	fake_set(FAKE_OTHER, "request_sock", "__req_common.skc_listener", 8,
		 fake_addr(FAKE_SOCK));
	fake_skb("sk", 8, fake_addr(FAKE_OTHER));
	is_int(at(UID), 12, "a SYN's answer: the listener's");
	begin();
	is_int(at(MARK), 12, "bits of the mark");
	begin();
	fake_skb("mark", 4, 0x5edd);
	is_int(at(MARK), 0, "others");
}

/* What TCP keeps is a relative of the clone that is sent. */
static void test_original(void)
{
	const struct event *event;
	struct packet packet = {};
	uint64_t original = fake_addr(FAKE_OTHER);

	begin();
	state->follow = 1;
	run(ANY, fake_clone());
	is_int(run_next(MAPS)->event.packet, 1, "a clone is selected");
	event = &run_next(MAPS)->event;
	is_int(event->func, FUNC_DERIVED, "the original is a relative");
	is_int(event->member, 1, "... the first");
	is_int(event->skb, original, "... its address");
	is_int(event->len, 86, "... as long as its clone");
	is_int(event->copy_site | event->parent, 0, "... made by nobody");
	ok(!sys_map_lookup(skbs, &original, &packet) && packet.member == 1,
	   "... and tracked");
	is_int(state->tracked, 2, "... so that there are two");
	is_int(run_next(MAPS)->event.func, STEP, "a step of the clone");
	begin();
	run(ANY, fake_clone());
	run_next(MAPS);
	is_int(run_next(MAPS)->event.func, STEP, "not wanted: the clone alone");
}

int main(int argc, char **argv)
{
	if (argc != 1 + OBJECTS)
		errx(2, "usage: output OBJECT... (%d)", OBJECTS);
	tap_plan(8 + 7 + 3 + 5 + 2 + 9 + 4 + 6 + 3 + 10);
	for (int i = 0; i < OBJECTS; i++)
		progs[i] = run_load(MAPS, argv[1 + i], STEP, 0, 0);
	state = run_state(MAPS);
	skbs = run_map(MAPS, "skb_map");
	families = run_map(MAPS, "family_map");
	test_device();
	test_stage();
	test_passing();
	test_wanted();
	test_who();
	test_original();
	return tap_done();
}
