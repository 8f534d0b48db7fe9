// SPDX-License-Identifier: GPL-2.0-only
/*
 * receive OBJECT...
 *
 * The program of bpf/receive.c on sk_buffs that are made by hand (fake.h): where the packet
 * begins, which interfaces are wanted, and what is said of bytes that cannot be read. Its
 * filter is for UDP to port 4660; the enum tells what else it wants. Prints TAP.
 */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../../loader/kernel/sys.h"
#include "../unit/tap.h"
#include "fake.h"
#include "run.h"

#define MAPS		"maps"
#define MAC		64	/* where the frame is in the sk_buff's memory */
#define IP		(MAC + 14)
#define PORT		(IP + 22)
#define VLAN_PROTO	0x0081	/* 0x8100 in network byte order */

enum {				/* the arguments, in this order: */
	ANY,			/* no more than the filter */
	NETNS,			/* only of 4026538888 */
	DEVICES,		/* 13 of 4026539999 */
	VLAN,			/* vlan 5 */
	INBOUND,
	PAGES,			/* as ANY, and knows where pages are */
	PAGES_FAR,		/* ip[80] = 7 */
	OBJECTS
};

static volatile struct state *state;
static int progs[OBJECTS], skbs, families;

static uint8_t *head(void)
{
	return fake_bytes(FAKE_HEAD);
}

/* A frame as eth_type_trans() leaves it: the data begin behind the header. */
static void begin(void)
{
	static const uint8_t packet[] = {
		0x45, 0, 0, 86, 0,  1, 0, 0, 64,   17,	 0,    0,
		10,   0, 0, 1,	10, 0, 0, 2, 0xab, 0xcd, 0x12, 0x34,
	};

	fake_reset();
	memcpy(head() + IP - 2, "\x08\x00", 2);
	memcpy(head() + IP, packet, sizeof(packet));
	fake_skb("mac_header", 2, MAC);
	fake_skb("data", 8, fake_addr(FAKE_HEAD) + IP);
	fake_skb("len", 4, 86);
	fake_skb("skb_iif", 4, 0);
	run_clear(skbs);
	run_clear(families);
	memset((void *)state, 0, sizeof(*state));
	state->armed_until = ~0ULL;
}

/* The same from a device without link-layer header. */
static void begin_ip(void)
{
	begin();
	fake_skb("dev", 8, fake_addr(FAKE_ROUTE_DEV));
	fake_skb("mac_header", 2, IP);
}

/* The tag is in the sk_buff, or stands in the frame. */
static void begin_tagged(int beside, uint8_t id)
{
	begin();
	if (beside) {
		fake_skb("vlan_proto", 2, VLAN_PROTO);
		fake_skb("vlan_tci", 2, id);
		return;
	}
	memmove(head() + MAC - 4, head() + MAC, 12);
	memcpy(head() + IP - 6, "\x81\x00\0", 3);
	head()[IP - 3] = id;
	fake_skb("mac_header", 2, MAC - 4);
	fake_skb("data", 8, fake_addr(FAKE_HEAD) + IP - 4);
	fake_skb("len", 4, 90);
}

/* Runs it on FAKE_SKB. Interface of the selection, 0: it is not selected. */
static uint32_t at(int object)
{
	const uint64_t args[12] = { fake_addr(FAKE_SKB) };
	const struct run_event *got;

	run_context(progs[object], args, sizeof(args));
	got = run_event(MAPS);
	if (!got)
		return 0;
	if (got->event.func != FUNC_SELECTED || got->event.hook != HOOK_INGRESS)
		errx(1, "another event");
	return got->event.ifindex;
}

static void test_start(void)
{
	begin();
	is_int(at(ANY), 11, "a frame: at its device");
	is_int(at(ANY), 0, "it is tracked already");
	begin();
	head()[PORT + 1] = 0x35;
	is_int(at(ANY), 0, "the filter does not want it");
	begin();
	fake_skb("mac_header", 2, 0xffff);
	is_int(at(ANY), 0, "a frame without a header");
	begin();
	fake_skb("mac_header", 2, IP + 1);
	is_int(at(ANY), 0, "a header behind the data");
	begin_ip();
	is_int(at(ANY), 12, "a device without link-layer header");
	begin_ip();
	fake_set(FAKE_ROUTE_DEV, "net_device", "type", 2, 32);
	is_int(at(ANY), 0, "a device with another one");
	begin();
	state->armed_until = 0;
	is_int(at(ANY), 0, "not armed");
}

static void test_tag(void)
{
	begin_tagged(0, 5);
	is_int(at(VLAN), 11, "a tag in the frame");
	begin_tagged(0, 6);
	is_int(at(VLAN), 0, "... another one");
	begin();
	is_int(at(VLAN), 0, "no tag");
	begin_tagged(0, 5);
	is_int(at(ANY), 0, "the filter wants no tag");
	begin_tagged(1, 5);
	is_int(at(VLAN), 11, "a tag beside the frame");
	begin_tagged(1, 6);
	is_int(at(VLAN), 0, "... another one");
}

static void test_wanted(void)
{
	begin();
	is_int(at(NETNS), 0, "another namespace");
	begin_ip();
	is_int(at(NETNS), 12, "the wanted one");
	begin();
	is_int(at(DEVICES), 0, "another interface");
	begin();
	fake_set(FAKE_DEV, "net_device", "ifindex", 4, 13);
	is_int(at(DEVICES), 13, "the wanted one");
	begin();
	is_int(at(INBOUND), 11, "inbound: to this host");
	begin();
	fake_set_bits(FAKE_SKB, "sk_buff", "pkt_type", 4);
	is_int(at(INBOUND), 0, "... outgoing");
}

/* All behind the @linear bytes of the IP packet lies in a page: what is there now. */
static void put_in_page(uint32_t linear)
{
	enum fake page = FAKE_OWN + 1;
	const uint32_t frag[] = { 86 - linear, 8 };
	const uint64_t pages = 1 << 20, which = pages + 3 * 64;
	uint64_t *variables = fake_bytes(FAKE_OWN);
	uint8_t *shared = head() + 2048;
	uint64_t frags = fake_member(FAKE_OWN, "skb_shared_info", "frags") -
			 fake_addr(FAKE_OWN);

	variables[0] = pages;
	variables[1] = fake_addr(page) - 3 * FAKE_SIZE;
	shared[fake_member(FAKE_OWN, "skb_shared_info", "nr_frags") -
	       fake_addr(FAKE_OWN)] = 1;
	memcpy(shared + frags, &which, 8);
	memcpy(shared + frags + 8, frag, 8);
	memcpy((uint8_t *)fake_bytes(page) + 8, head() + IP + linear, 86 - linear);
	memset(head() + IP + linear, 0xee, 86 - linear);
	fake_skb("end", 4, 2048);
	fake_skb("data_len", 4, 86 - linear);
}

/* As x86 has pages, a variable says where they are. */
static void test_known_pages(void)
{
	begin();
	put_in_page(20);
	is_int(at(PAGES), 11, "ports in a page");
	begin();
	put_in_page(0);
	is_int(at(PAGES), 11, "all behind the link-layer header in a page");
	begin_ip();
	put_in_page(22);
	is_int(at(PAGES), 12, "half of the ports");
	begin();
	head()[PORT + 1] = 0x35;
	put_in_page(20);
	is_int(at(PAGES), 0, "the filter does not want it");
	is_int(state->in_pages, 0, "... and it was looked at");
	begin();
	head()[IP + 80] = 7;
	put_in_page(60);
	is_int(at(PAGES_FAR), 11, "data in a page");
}

/* The linear part ends before the ports, and no page is known. */
static void test_pages(void)
{
	begin();
	fake_skb("data_len", 4, 86 - 20);
	is_int(at(ANY), 0, "headers in a page that is not known");
	is_int(state->in_pages, 1, "... are counted");
	begin();
	fake_skb("data_len", 4, 20);
	is_int(at(ANY), 11, "data in a page");
	begin();
	head()[PORT + 1] = 0x35;
	fake_skb("data_len", 4, 20);
	is_int(at(ANY), 0, "data in a page, and the filter does not want it");
	is_int(state->in_pages, 0, "... is not counted");
}

static int load(const char *object, int has_pages)
{
	char line[1024];
	uint64_t variables = fake_addr(FAKE_OWN);

	if (!has_pages)
		return run_load(MAPS, object, 0, 0, 0);
	snprintf(line, sizeof(line),
		 "%s,vmemmap_base=%" PRIu64 ",page_offset_base=%" PRIu64, object,
		 variables, variables + 8);
	return run_load(MAPS, line, 0, 0, 0);
}

int main(int argc, char **argv)
{
	if (argc != 1 + OBJECTS)
		errx(2, "usage: receive OBJECT... (%d)", OBJECTS);
	tap_plan(8 + 6 + 6 + 5 + 6);
	for (int i = 0; i < OBJECTS; i++)
		progs[i] = load(argv[1 + i], i >= PAGES);
	state = run_state(MAPS);
	skbs = run_map(MAPS, "skb_map");
	families = run_map(MAPS, "family_map");
	test_start();
	test_tag();
	test_wanted();
	test_pages();
	test_known_pages();
	return tap_done();
}
