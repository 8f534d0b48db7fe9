// SPDX-License-Identifier: GPL-2.0-only
/* Addresses, ports and protocols as text. */
#include "../tap.h"
#include "../../../report/format/flow.h"

static void is_described(const char *proto, const char *icmp, const char *want)
{
	const struct record rec = { .proto = proto, .icmp = icmp };
	char buf[FLOW_ROOM];

	is_str(flow_describe(buf, &rec), want, icmp ? icmp : "no ICMP");
}

static void test_describe(void)
{
	is_described("icmp", "8/0/513/1027", "icmp echo request, id 513, sequence 1027");
	is_described("icmp", "0/0/513/1027", "icmp echo reply, id 513, sequence 1027");
	is_described("icmp", "3/13/0/1400", "icmp type 3, code 13");
	is_described("icmp", "128/0/1/2", "icmp type 128, code 0");
	is_described("icmp", "129/0/1/2", "icmp type 129, code 0");
	is_described("icmp6", "128/0/513/1027",
		     "icmp6 echo request, id 513, sequence 1027");
	is_described("icmp6", "129/0/513/1027",
		     "icmp6 echo reply, id 513, sequence 1027");
	is_described("icmp6", "8/0/1/2", "icmp6 type 8, code 0");
	is_described("icmp6", "0/0/1/2", "icmp6 type 0, code 0");
	is_described("icmp6", "1/4/0/0", "icmp6 type 1, code 4");
	is_described("icmp", "8/0/1", "icmp");
	is_described("tcp", NULL, "tcp");
	is_described("47", NULL, "gre (protocol 47)");
	is_described(NULL, "8/0/1/2", NULL);
}

static struct record flow(const char *saddr, int sport, const char *daddr,
			  int dport)
{
	return (struct record){
		.saddr = saddr, .sport = { .known = sport >= 0, .value = sport },
		.daddr = daddr, .dport = { .known = dport >= 0, .value = dport },
	};
}

static void is_flow(struct record rec, const char *want, const char *lasting)
{
	char buf[FLOW_ROOM];

	is_str(flow_format(buf, &rec), want, want ? want : "no addresses");
	is_str(flow_lasting(buf, &rec), lasting, "... what lasts of it");
}

static void test_format(void)
{
	is_flow(flow("10.0.0.1", 40312, "192.0.2.1", 80),
		"10.0.0.1:40312 > 192.0.2.1:80", "10.0.0.1 > 192.0.2.1:80");
	is_flow(flow("10.0.0.1", 53, "192.0.2.1", 65535),
		"10.0.0.1:53 > 192.0.2.1:65535", "10.0.0.1:53 > 192.0.2.1");
	is_flow(flow("10.0.0.1", 32767, "192.0.2.1", 32768),
		"10.0.0.1:32767 > 192.0.2.1:32768", "10.0.0.1:32767 > 192.0.2.1");
	is_flow(flow("10.0.0.1", 32768, "192.0.2.1", 32767),
		"10.0.0.1:32768 > 192.0.2.1:32767", "10.0.0.1 > 192.0.2.1:32767");
	is_flow(flow("fd00::1", 53, "fd00::2", 4000),
		"[fd00::1]:53 > [fd00::2]:4000", "[fd00::1]:53 > [fd00::2]:4000");
	is_flow(flow("fd00::1", -1, "fd00::2", -1), "fd00::1 > fd00::2",
		"fd00::1 > fd00::2");
	is_flow(flow("10.0.0.1", 0, "10.0.0.2", 0), "10.0.0.1:0 > 10.0.0.2:0",
		"10.0.0.1:0 > 10.0.0.2:0");
	is_flow(flow(NULL, 1, "10.0.0.2", 2), NULL, NULL);
	is_flow(flow("10.0.0.1", 1, NULL, 2), NULL, NULL);
}

static void differ(struct record a, struct record b, const char *what)
{
	ok(!flow_is_same(&a, &b) && !flow_is_same(&b, &a), what);
}

static void test_same(void)
{
	struct record a = flow("10.0.0.1", 1, "10.0.0.2", 2), b = a;

	ok(flow_is_same(&a, &b), "the same");
	differ(a, flow("10.0.0.3", 1, "10.0.0.2", 2), "another source");
	differ(a, flow("10.0.0.1", 1, "10.0.0.3", 2), "another destination");
	differ(a, flow("10.0.0.1", 3, "10.0.0.2", 2), "another source port");
	differ(a, flow("10.0.0.1", 1, "10.0.0.2", 3), "another destination port");
	differ(a, flow("10.0.0.1", 1, "10.0.0.2", -1), "one that is not known");
	differ(a, flow(NULL, 1, "10.0.0.2", 2), "an address that is not known");
}

int main(void)
{
	tap_plan(14 + 2 * 9 + 7);
	test_describe();
	test_format();
	test_same();
	return tap_done();
}
