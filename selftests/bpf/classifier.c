// SPDX-License-Identifier: GPL-2.0-only
/*
 * classifier INGRESS EGRESS SHORT SHORT6
 *
 * The two objects of bpf/classifier.c in the running kernel: which frames they
 * select, what the maps say then, and what the event says of the packet and of
 * its headers (flow.h, ip6.h). Sk_buffs are the kernel's own. Their filter takes
 * all frames but those from 02:00:00:00:00:ff. The other two have the filters of short
 * forms: "udp 10.1.2.3", "udp 2001:db8::1". Prints TAP.
 */
#include <arpa/inet.h>
#include <err.h>
#include <linux/pkt_cls.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "../../loader/kernel/sys.h"
#include "../unit/tap.h"
#include "run.h"

#define MAPS		"maps"
#define FRAME_LEN	180
#define FOREVER		(~0ULL)
#define LIMIT	2

static volatile struct state *state;
static int ingress, egress, skbs, families;

/* Bytes of a frame, in hexadecimal from the EtherType on, and their flow. */
static const struct flow_case {
	const char *name, *bytes;
	uint8_t version, proto, type, code;
	uint16_t sport, dport;
	uint32_t ident;
} flow_cases[] = {
	{ "UDP",
	  "0800 45000010 abcd4000 40110000 0a010203 c0a80507 12345678",
	  4, 17, 0, 0, 0x1234, 0x5678, 0xabcd },
	{ "TCP behind options",
	  "0800 47000010 00010000 40060000 0a010203 c0a80507 0101010101010101 fedc0050",
	  4, 6, 0, 0, 0xfedc, 80, 1 },
	{ "the longest header",
	  "0800 4f000010 00010000 40060000 0a010203 c0a80507"
	  "0101010101010101010101010101010101010101010101010101010101010101"
	  "0101010101010101 fedc0050",
	  4, 6, 0, 0, 0xfedc, 80, 1 },
	{ "ICMP echo",
	  "0800 45000010 fffe0000 40010000 0a010203 c0a80507 0800dead 22334455",
	  4, 1, 8, 0, 0x2233, 0x4455, 0xfffe },
	{ "ICMP unreachable",
	  "0800 45000010 00070000 40010000 0a010203 c0a80507 030ddead 00000578",
	  4, 1, 3, 13, 0, 0x578, 7 },
	{ "a first fragment",
	  "0800 45000010 00072000 40110000 0a010203 c0a80507 12345678",
	  4, 17, 0, 0, 0x1234, 0x5678, 7 },
	{ "the fragment at 8",
	  "0800 45000010 00072001 40110000 0a010203 c0a80507 12345678",
	  4, 17, 0, 0, 0, 0, 7 },
	{ "the fragment at 32768",
	  "0800 45000010 00071000 40110000 0a010203 c0a80507 12345678",
	  4, 17, 0, 0, 0, 0, 7 },
	{ "a header that is too short",
	  "0800 44000010 00070000 40110000 0a010203 c0a80507 12345678",
	  0, 0, 0, 0, 0, 0, NO_IDENT },
	{ "version 6 in IPv4",
	  "0800 65000010 00070000 40110000 0a010203 c0a80507 12345678",
	  0, 0, 0, 0, 0, 0, NO_IDENT },
	{ "ARP", "0806 0001080006040001 020000000001 0a010203",
	  0, 0, 0, 0, 0, 0, NO_IDENT },
#define IP6(next)	"86dd 60000000 0040" next "40"                     \
	"20010db8000000000000000000000001 20010db8000000000000000000000002"
#define PORTS		"12345678"
#define OPTIONS(next)	next "00000000000000"
	{ "UDP of IPv6", IP6("11") PORTS,
	  6, 17, 0, 0, 0x1234, 0x5678, NO_IDENT },
	{ "ICMPv6 echo", IP6("3a") "8001dead 22334455",
	  6, 58, 128, 1, 0x2233, 0x4455, NO_IDENT },
	{ "hop-by-hop options of 16 bytes",
	  IP6("00") "0601000000000000 0000000000000000" PORTS,
	  6, 6, 0, 0, 0x1234, 0x5678, NO_IDENT },
	{ "a routing header and destination options",
	  IP6("2b") OPTIONS("3c") OPTIONS("11") PORTS,
	  6, 17, 0, 0, 0x1234, 0x5678, NO_IDENT },
	{ "AH of 24 bytes",
	  IP6("33") "1104000000000000 0000000000000000 0000000000000000" PORTS,
	  6, 17, 0, 0, 0x1234, 0x5678, NO_IDENT },
	{ "a first fragment of IPv6", IP6("2c") "11ff000100000007" PORTS,
	  6, 17, 0, 0, 0x1234, 0x5678, NO_IDENT },
	{ "the fragment of IPv6 at 8", IP6("2c") "1100000800000007" PORTS,
	  6, 17, 0, 0, 0, 0, NO_IDENT },
	{ "the fragment of IPv6 at 2048", IP6("2c") "1100080000000007" PORTS,
	  6, 17, 0, 0, 0, 0, NO_IDENT },
	{ "six extension headers",
	  IP6("3c") OPTIONS("3c") OPTIONS("3c") OPTIONS("3c") OPTIONS("3c")
	  OPTIONS("3c") OPTIONS("11") PORTS,
	  6, 17, 0, 0, 0x1234, 0x5678, NO_IDENT },
	{ "ESP hides what is behind it", IP6("32") PORTS,
	  6, 50, 0, 0, 0x1234, 0x5678, NO_IDENT },
};

#define CASES	(sizeof(flow_cases) / sizeof(*flow_cases))

/* A frame for 02:…:02 from 02:…:@from, with zeroes up to its length. */
static const uint8_t *frame(uint8_t from, const char *hex)
{
	static uint8_t bytes[FRAME_LEN];
	uint8_t *to = bytes + 12;
	unsigned int byte;
	int len;

	memset(bytes, 0, sizeof(bytes));
	bytes[0] = bytes[6] = 2;
	bytes[5] = 2;
	bytes[11] = from;
	for (; sscanf(hex, " %2x%n", &byte, &len) == 1; hex += len)
		*to++ = byte;
	return bytes;
}

static void begin(void)
{
	run_clear(skbs);
	run_clear(families);
	while (run_event(MAPS))
		;
	memset((void *)state, 0, sizeof(*state));
	state->armed_until = FOREVER;
}

static uint32_t netns(void)
{
	struct stat stat_buf;

	if (stat("/proc/self/ns/net", &stat_buf))
		err(1, "netns");
	return stat_buf.st_ino;
}

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000ULL + time.tv_nsec;
}

static void is_addr(const struct flow *flow, const uint8_t *bytes,
		    const char *want, const char *name)
{
	char text[INET6_ADDRSTRLEN] = "";

	if (flow->version)
		inet_ntop(flow->version == 4 ? AF_INET : AF_INET6, bytes, text,
			  sizeof(text));
	is_str(text, flow->version ? want : "", name);
}

static void test_flow(const struct flow_case *wanted)
{
	char got[128], want[128];
	const struct run_event *run;
	const struct flow *flow;

	begin();
	run_frame(ingress, frame(1, wanted->bytes), FRAME_LEN, 0);
	run = run_next(MAPS);
	flow = &run->event.flow;
	snprintf(got, sizeof(got), "IPv%u %u, %u.%u, %x > %x, id %x",
		 flow->version, flow->proto, flow->type, flow->code,
		 flow->sport, flow->dport, run->event.ident);
	snprintf(want, sizeof(want), "IPv%u %u, %u.%u, %x > %x, id %x",
		 wanted->version, wanted->proto, wanted->type, wanted->code,
		 wanted->sport, wanted->dport, wanted->ident);
	is_str(got, want, wanted->name);
	is_addr(flow, flow->saddr, flow->version == 4 ? "10.1.2.3" :
						       "2001:db8::1",
		"... from where");
	is_addr(flow, flow->daddr, flow->version == 4 ? "192.168.5.7" :
						       "2001:db8::2",
		"... to where");
}

static void is_selection(const struct event *event, uint32_t number,
			 uint32_t hook)
{
	is_int(event->packet, number, "its number");
	is_int(event->member, 0, "it is no relative");
	is_int(event->func, FUNC_SELECTED, "it is selected");
	is_int(event->hook, hook, "where");
	is_int(event->seq, 0, "no sequence number");
	is_int(event->location | event->reason, 0, "neither location nor reason");
	is_int(event->derived, NO_COUNT, "no number of relatives");
	is_int(event->lost, NO_COUNT, "no number of lost events");
	is_int(event->pid, 0, "no thread: a classifier may not ask");
}

/* What else an event says: lengths, device, processor, time. */
static void test_event(void)
{
	const struct event *event;
	uint64_t before = now();

	begin();
	is_int(run_frame(ingress, frame(1, flow_cases[0].bytes), FRAME_LEN,
			 0xdeadbeef), TC_ACT_UNSPEC, "the next filter is to see it");
	event = &run_next(MAPS)->event;
	is_selection(event, 1, HOOK_INGRESS);
	ok(event->ns >= before && event->ns <= now(), "the time is CLOCK_MONOTONIC's");
	is_int(event->len, FRAME_LEN, "bytes");
	is_int(event->mark, 0xdeadbeef, "mark");
	is_int(event->ifindex, 1, "interface");
	is_str(event->ifname, "lo", "its name");
	is_int(event->netns, netns(), "its namespace");
	is_int(event->cpu, sched_getcpu(), "processor");
	begin();
	state->selected = 6;
	run_frame(egress, frame(1, flow_cases[0].bytes), FRAME_LEN, 0);
	is_selection(&run_next(MAPS)->event, 7, HOOK_EGRESS);
}

static void is_selected(uint64_t selected, uint64_t tracked, uint64_t untracked,
			const char *what)
{
	ok(state->selected == selected && state->tracked == tracked &&
	   state->untracked == untracked, what);
}

static void send_frame(uint8_t from)
{
	run_frame(ingress, frame(from, flow_cases[0].bytes), FRAME_LEN, 0);
	/* the same address comes again: that it is tracked is another test */
	run_clear(skbs);
}

/* The table of sk_buffs, and that of families. */
static void test_tables(void)
{
	struct packet packet = {};
	struct family_counts family = {};
	uint32_t number = 1;
	uint64_t skb;

	begin();
	run_frame(ingress, frame(1, flow_cases[0].bytes), FRAME_LEN, 0);
	ok(!sys_map_next_key(skbs, NULL, &skb) &&
	   !sys_map_lookup(skbs, &skb, &packet), "the sk_buff is tracked");
	is_int(skb, run_next(MAPS)->event.skb, "its address");
	ok(packet.number == 1 && !packet.member && !packet.seq, "as packet 1");
	ok(!sys_map_lookup(families, &number, &family), "with a family");
	ok(family.live == 1 && !family.derived && !family.lost, "of one");
}

/* Which frames are looked at, and which count as what. */
static void test_select(void)
{
	begin();
	send_frame(0xff);
	is_selected(0, 0, 0, "one that the filter does not want");
	state->armed_until = 0;
	send_frame(1);
	is_selected(0, 0, 0, "not armed: nothing is looked at");
	state->armed_until = 1;
	send_frame(1);
	is_selected(0, 0, 0, "nobody renews the time");
	is_int(state->late, 1, "... which is counted");
	state->armed_until = FOREVER;
	state->limit = LIMIT;
	for (int i = 0; i < LIMIT + 2; i++)
		send_frame(1);
	is_selected(LIMIT, LIMIT, 0, "no more than are wanted");
}

static void fill(int map, uint32_t count)
{
	const uint8_t value[64] = {};

	for (uint64_t key = 1; key <= count; key++)
		if (sys_map_update(map, &key, value))
			errx(1, "a table is full too early");
}

/* No room: of the families' table no number can be told that is not used up. */
static void test_full(void)
{
	begin();
	fill(skbs, MAX_PACKETS);
	run_frame(ingress, frame(1, flow_cases[0].bytes), FRAME_LEN, 0);
	is_selected(0, 0, 1, "so many sk_buffs are tracked");
	begin();
	state->selected = MAX_FAMILIES;
	fill(families, MAX_FAMILIES);
	run_frame(ingress, frame(1, flow_cases[0].bytes), FRAME_LEN, 0);
	is_int(state->refused, 1, "there are so many families");
	is_selected(MAX_FAMILIES + 1, 0, 0, "... the packet is not tracked");
	ok(!run_event(MAPS), "... and not told");
}

/* Frames for the short form, and for which version of IP it matches them; 0: none. */
static const struct {
	const char *name, *bytes;
	int version;
} short_cases[] = {
	{ "short: UDP",
	  "0800 45000010 00010000 40110000 0a010203 0a010204", 4 },
	{ "from another",
	  "0800 45000010 00010000 40110000 0a010204 0a010203", 0 },
	{ "TCP", "0800 45000010 00010000 40060000 0a010203 0a010204", 0 },
	{ "no IPv4", "0806 45000010 00010000 40110000 0a010203 0a010204", 0 },
	{ "version 5: only the EtherType counts",
	  "0800 55000010 00010000 40110000 0a010203 0a010204", 4 },
	{ "UDP of IPv6", IP6("11") PORTS, 6 },
	{ "TCP of IPv6", IP6("06") PORTS, 0 },
	{ "behind six headers: not looked for",
	  IP6("3c") OPTIONS("3c") OPTIONS("3c") OPTIONS("3c") OPTIONS("3c")
	  OPTIONS("3c") OPTIONS("11") PORTS, 0 },
	{ "the source differs at its end",
	  "86dd 60000000 00401140 20010db8000000000000000000000003", 0 },
	{ "... at its beginning",
	  "86dd 60000000 00401140 20010db9000000000000000000000001", 0 },
};

#define SHORT_CASES	(sizeof(short_cases) / sizeof(*short_cases))

static void test_short(const char *object, int version)
{
	int prog = run_load(MAPS, object, 0, 0, 0);

	for (size_t i = 0; i < SHORT_CASES; i++) {
		begin();
		run_frame(prog, frame(1, short_cases[i].bytes), FRAME_LEN, 0);
		is_int(state->selected, short_cases[i].version == version,
		       short_cases[i].name);
	}
}

/* The frames that were looked at, of all processors. */
static uint64_t seen(void)
{
	uint64_t counts[1024] = {}, sum = 0;
	const uint32_t key = 0;

	if (sys_map_lookup(run_map(MAPS, "seen"), &key, counts))
		errx(1, "map seen");
	for (int i = 0; i < 1024; i++)
		sum += counts[i];
	return sum;
}

static void test_seen(void)
{
	uint64_t before;

	begin();
	before = seen();
	send_frame(1);
	send_frame(0xff);
	is_int(seen() - before, 2, "what is looked at counts");
	state->armed_until = 0;
	send_frame(1);
	is_int(seen() - before, 2, "else it does not");
}

int main(int argc, char **argv)
{
	if (argc != 5)
		errx(2, "usage: classifier INGRESS EGRESS SHORT SHORT6");
	tap_plan(3 * CASES + 26 + 5 + 5 + 4 + 2 + 2 * SHORT_CASES);
	ingress = run_load(MAPS, argv[1], 0, 0, 0);
	egress = run_load(MAPS, argv[2], 0, 0, 0);
	state = run_state(MAPS);
	skbs = run_map(MAPS, "skb_map");
	families = run_map(MAPS, "family_map");
	for (size_t i = 0; i < CASES; i++)
		test_flow(&flow_cases[i]);
	test_event();
	test_tables();
	test_select();
	test_full();
	test_seen();
	test_short(argv[3], 4);
	test_short(argv[4], 6);
	return tap_done();
}
