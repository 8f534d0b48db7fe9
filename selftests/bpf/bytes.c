// SPDX-License-Identifier: GPL-2.0-only
/*
 * bytes STEP
 *
 * Which bytes of a packet follow its event (bytes.h): where they begin, how many there
 * are, where a VLAN tag stands. The sk_buffs are made by hand (fake.h).
 * STEP: bpf/tracepoint.c on a function that the packet, argument 1, passes.
 * Prints TAP.
 */
#include <err.h>
#include <netinet/in.h>

#include "../../loader/kernel/sys.h"
#include "../unit/tap.h"
#include "fake.h"
#include "run.h"

#define MAPS		"maps"
#define ETHERNET	1	/* LINKTYPE_… of pcap-linktype(7) */
#define RAW		101
#define DATA		64	/* where the frame is in the sk_buff's memory */

static int step, skbs;

static void begin(void)
{
	const struct packet packet = { .number = 1 };
	uint64_t skb = fake_addr(FAKE_SKB);

	fake_reset();
	if (sys_map_update(skbs, &skb, &packet))
		errx(1, "a packet cannot be tracked");
}

/* The packet's network header is IP's, at byte @at of the frame. */
static void has_ip(int at)
{
	((uint8_t *)fake_bytes(FAKE_HEAD))[DATA + at] = 0x45;
	fake_skb("network_header", 2, DATA + at);
}

/* @data: where its data begin, in the frame of 100 bytes, and go on to its end. */
static void data_at(int data)
{
	fake_skb("data", 8, fake_addr(FAKE_HEAD) + DATA + data);
	fake_skb("len", 4, 100 - data);
}

/* @first: number of the first byte, of @len, where the packet has @size. */
static void is_capture(int link, int first, int len, int size, const char *what)
{
	const uint64_t args[12] = { fake_addr(FAKE_SKB) };
	const uint8_t *frame = (uint8_t *)fake_bytes(FAKE_HEAD) + DATA;
	const struct run_event *got;
	char is[64], wanted[64];

	run_context(step, args, sizeof(args));
	got = run_next(MAPS);
	snprintf(is, sizeof(is), "link %d, %d of %d bytes", got->capture.link_type,
		 got->capture.len, got->capture.size);
	snprintf(wanted, sizeof(wanted), "link %d, %d of %d bytes", link, len,
		 size);
	is_str(is, wanted, what);
	ok(!memcmp(got->bytes, frame + first, len), "... the right ones");
}

static void test_ether(void)
{
	begin();
	fake_skb("mac_header", 2, DATA);
	has_ip(14);
	is_capture(ETHERNET, 0, 64, 100, "data begin at the link-layer header");
	data_at(14);
	fake_skb("skb_iif", 4, 11);
	is_capture(ETHERNET, 0, 64, 100, "arrived: the header is cut off");
	data_at(34);
	is_capture(ETHERNET, 0, 64, 100, "and the network's, too");
	data_at(14);
	fake_skb("skb_iif", 4, 9);
	is_capture(RAW, 14, 64, 86, "forwarded: the header is another device's");
	fake_skb("skb_iif", 4, 0);
	is_capture(ETHERNET, 0, 64, 100, "made here");
	fake_skb("mac_header", 2, 0xffff);
	is_capture(RAW, 14, 64, 86, "no link-layer header yet");
	data_at(0);
	is_capture(ETHERNET, 0, 64, 100, "it lies right before the network's");
}

static void test_raw(void)
{
	begin();
	fake_skb("mac_header", 2, DATA);
	has_ip(14);
	fake_set(FAKE_DEV, "net_device", "type", 2, 65534);
	is_capture(RAW, 14, 64, 86, "a device without link-layer headers");
	fake_set(FAKE_DEV, "net_device", "type", 2, 772);
	is_capture(ETHERNET, 0, 64, 100, "loopback has Ethernet's");
	fake_skb("dev", 8, 0);
	is_capture(RAW, 14, 64, 86, "no device");
	((uint8_t *)fake_bytes(FAKE_HEAD))[DATA + 14] = 0x55;
	is_capture(0, 0, 0, 0, "the network header is not IP's");
	((uint8_t *)fake_bytes(FAKE_HEAD))[DATA + 14] = 0x60;
	is_capture(RAW, 14, 64, 86, "IPv6");
	fake_skb("network_header", 2, 0);
	is_capture(0, 0, 0, 0, "no header is known");
	has_ip(100);
	is_capture(0, 0, 0, 0, "it is beyond the end");
}

static void test_len(void)
{
	begin();
	fake_skb("mac_header", 2, DATA);
	fake_skb("len", 4, 20);
	is_capture(ETHERNET, 0, 20, 20, "a short packet");
	fake_skb("len", 4, 64);
	is_capture(ETHERNET, 0, 64, 64, "one of as many bytes as are wanted");
	fake_skb("len", 4, 1500);
	fake_skb("data_len", 4, 1460);
	is_capture(ETHERNET, 0, 40, 1500, "the rest is in page fragments");
	fake_skb("data_len", 4, 0);
	fake_skb("len", 4, 14);
	is_capture(ETHERNET, 0, 14, 14, "a link-layer header and no more");
	fake_skb("len", 4, 13);
	is_capture(0, 0, 0, 0, "less than a link-layer header");
}

/* TPID and TCI stand behind the addresses, and count. */
static void test_tag(void)
{
	static const uint8_t tag[4] = { 0x88, 0xa8, 0x60, 0x64 };
	const uint64_t args[12] = { fake_addr(FAKE_SKB) };
	const uint8_t *frame = (uint8_t *)fake_bytes(FAKE_HEAD) + DATA;
	const struct run_event *got;

	begin();
	fake_skb("mac_header", 2, DATA);
	fake_skb("vlan_proto", 2, 0xa888);	/* network byte order */
	fake_skb("vlan_tci", 2, 0x6064);
	run_context(step, args, sizeof(args));
	got = run_next(MAPS);
	is_int(got->capture.len, 64, "a tag in the sk_buff: bytes");
	is_int(got->capture.size, 104, "of how many");
	ok(!memcmp(got->bytes, frame, 12), "the addresses");
	ok(!memcmp(got->bytes + 12, tag, 4), "the tag");
	ok(!memcmp(got->bytes + 16, frame + 12, 48), "what follows them");
	fake_skb("len", 4, 50);
	run_context(step, args, sizeof(args));
	got = run_next(MAPS);
	is_int(got->capture.len, 54, "a short packet with a tag");
}

/* @data_len: bytes in page fragments. */
static void is_flow(int data_len, int version, int sport, const char *what)
{
	const uint64_t args[12] = { fake_addr(FAKE_SKB) };
	const struct flow *flow;

	fake_skb("data_len", 4, data_len);
	run_context(step, args, sizeof(args));
	flow = &run_next(MAPS)->event.flow;
	is_int(flow->version, version, what);
	is_int(flow->sport, sport, "... its source port");
}

/* What lies behind the linear part is not the packet's. */
static void test_flow(void)
{
	static const uint8_t ip4[] = { 0x45, 0, 0, 86, 0, 0, 0, 0, 64, IPPROTO_UDP };
	static const uint8_t ip6[] = { 0x60, 0, 0, 0, 0, 46, IPPROTO_UDP };
	uint8_t *header = (uint8_t *)fake_bytes(FAKE_HEAD) + DATA + 14;

	begin();
	has_ip(14);
	memcpy(header, ip4, sizeof(ip4));
	header[20] = 1;
	header[21] = 2;
	is_flow(100 - 42, 4, 0x102, "a flow of IPv4 in the linear part");
	is_flow(100 - 41, 4, 0, "a part of its transport header is not there");
	is_flow(100 - 33, 0, 0, "a part of its network header is not there");
	memcpy(header, ip6, sizeof(ip6));
	header[40] = 3;
	header[41] = 4;
	is_flow(100 - 62, 6, 0x304, "one of IPv6");
	is_flow(100 - 61, 6, 0, "a part of its transport header is not there");
	is_flow(100 - 53, 0, 0, "a part of its network header is not there");
}

int main(int argc, char **argv)
{
	if (argc != 2)
		errx(2, "usage: bytes STEP");
	tap_plan(2 * 7 + 2 * 7 + 2 * 5 + 6 + 2 * 6);
	step = run_load(MAPS, argv[1], 1, 0, 0);
	skbs = run_map(MAPS, "skb_map");
	run_state(MAPS)->tracked = 1;
	test_ether();
	test_raw();
	test_len();
	test_tag();
	test_flow();
	return tap_done();
}
