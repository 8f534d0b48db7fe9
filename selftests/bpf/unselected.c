// SPDX-License-Identifier: GPL-2.0-only
/*
 * unselected OBJECT...
 *
 * The program of bpf/unselected.c on an sk_buff that is made by hand (fake.h): what it
 * counts, at which device. Its filter is for UDP to port 4660; the enum tells what else is
 * wanted. Prints TAP.
 */
#include <err.h>
#include <string.h>

#include "../../bpf/passed.h"
#include "../../loader/kernel/sys.h"
#include "../unit/tap.h"
#include "fake.h"
#include "run.h"

#define MAPS		"maps"
#define MAC		64	/* where the frame is in the sk_buff's memory */
#define IP		(MAC + 14)
#define PORT		(IP + 22)
#define MARK		0x5eed	/* of the sk_buff (fake.h) */
#define MANY		100000	/* more than may be looked at in as long as that takes */

enum {				/* the arguments, in this order: */
	ARRIVES,		/* no more than the filter */
	LEAVES,			/* the same, for what leaves */
	OUTBOUND,		/* outbound as well, for what leaves */
	OTHER_MARK,		/* mark 1 */
	SAME_MARK,
	INNER,			/* TCP inside */
	OBJECTS
};

static volatile struct state *state;
static int progs[OBJECTS], counters;

/* A packet at FAKE_DEV that matches; data begin at @data of the memory. */
static void begin(uint32_t data)
{
	static const char packet[] = "\x45\0\0\x56\0\1\0\0\x40\x11\0\0"
				     "\x0a\0\0\1\x0a\0\0\2\xab\xcd\x12\x34";
	uint8_t *head = fake_bytes(FAKE_HEAD);

	fake_reset();
	memcpy(head + IP - 2, "\x08\x00", 2);
	memcpy(head + IP, packet, sizeof(packet) - 1);
	fake_skb("mac_header", 2, MAC);
	fake_skb("network_header", 2, IP);
	fake_skb("data", 8, fake_addr(FAKE_HEAD) + data);
	fake_skb("len", 4, IP + 86 - data);
	run_clear(counters);
	memset((void *)state, 0, sizeof(*state));
	state->armed_until = ~0ULL;
}

static void run(int object)
{
	const uint64_t args[12] = { fake_addr(FAKE_SKB) };

	run_context(progs[object], args, sizeof(args));
}

/* Runs it on FAKE_SKB: what is counted there then, all 0 if nothing is. */
static struct passed counted(int object, uint32_t ifindex)
{
	const struct passed_at at = {
		.netns = ifindex == 11 ? 4026539999 : 4026538888,
		.ifindex = ifindex,
		.egress = object == LEAVES || object == OUTBOUND,
	};
	struct passed passed;

	run(object);
	if (sys_map_lookup(counters, &at, &passed))
		memset(&passed, 0, sizeof(passed));
	return passed;
}

static void test_arrives(void)
{
	struct passed passed;

	begin(IP);
	passed = counted(ARRIVES, 11);
	is_int(passed.seen, 1, "one is seen");
	is_int(passed.matched, 1, "... and matches");
	is_str(passed.name, "fake0", "... at that device");
	passed = counted(ARRIVES, 11);
	is_int(passed.matched, 2, "the next one");
	begin(IP);
	((uint8_t *)fake_bytes(FAKE_HEAD))[PORT + 1] = 0x35;
	passed = counted(ARRIVES, 11);
	is_int(passed.seen, 1, "one that the filter does not want is seen");
	is_int(passed.matched, 0, "... and does not match");
	begin(IP);
	fake_skb("dev", 8, fake_addr(FAKE_ROUTE_DEV));
	fake_skb("mac_header", 2, IP);
	is_int(counted(ARRIVES, 12).matched, 1, "a device without link-layer header");
}

static void test_leaves(void)
{
	begin(MAC);
	is_int(counted(LEAVES, 11).matched, 1, "one that leaves");
	is_int(counted(OUTBOUND, 11).matched, 2, "... is outbound");
	begin(IP);
	fake_skb("dev", 8, fake_addr(FAKE_ROUTE_DEV));
	is_int(counted(LEAVES, 12).matched, 1, "... by a device without link-layer header");
	begin(MAC);
	fake_skb("dev", 8, fake_addr(FAKE_ROUTE_DEV));
	is_int(counted(LEAVES, 12).matched, 1, "... behind the header of a tunnel");
}

static void test_beside(void)
{
	struct passed passed;

	begin(IP);
	passed = counted(OTHER_MARK, 11);
	is_int(passed.but_mark, 1, "another mark");
	is_int(passed.mark, MARK, "... which one");
	is_int(passed.matched, 0, "... does not match");
	begin(IP);
	passed = counted(SAME_MARK, 11);
	is_int(passed.but_mark, 0, "the mark");
	is_int(passed.matched, 1, "... matches");
	begin(IP);
	passed = counted(INNER, 11);
	is_int(passed.but_inner, 1, "nothing inside");
	is_int(passed.matched, 0, "... does not match");
}

static uint64_t skipped(void)
{
	struct passed_limit limits[4096];
	const uint32_t key = 0;
	uint64_t sum = 0;

	memset(limits, 0, sizeof(limits));
	if (sys_map_lookup(run_map(MAPS, "passed_limit"), &key, limits))
		err(1, "passed_limit");
	for (int i = 0; i < 4096; i++)
		sum += limits[i].skipped;
	return sum;
}

static void test_limits(void)
{
	uint64_t before = skipped(), seen;

	begin(IP);
	state->armed_until = 0;
	is_int(counted(ARRIVES, 11).seen, 0, "not armed");
	begin(IP);
	state->selected = 1;
	is_int(counted(ARRIVES, 11).seen, 0, "a packet has been selected");
	is_int(skipped(), before, "... these are not skipped");
	begin(IP);
	for (int i = 1; i < MANY; i++)
		run(ARRIVES);
	seen = counted(ARRIVES, 11).seen;
	is_int(skipped() - before + seen, MANY, "each is counted");
	is_int(seen < MANY, 1, "not all are looked at");
}

int main(int argc, char **argv)
{
	if (argc != 1 + OBJECTS)
		errx(2, "usage: unselected OBJECT... (%d)", OBJECTS);
	tap_plan(7 + 4 + 7 + 5);
	for (int i = 0; i < OBJECTS; i++)
		progs[i] = run_load(MAPS, argv[1 + i], 0, 0, 0);
	state = run_state(MAPS);
	counters = run_map(MAPS, "passed");
	test_arrives();
	test_leaves();
	test_beside();
	test_limits();
	return tap_done();
}
