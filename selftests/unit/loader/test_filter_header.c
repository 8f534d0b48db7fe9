// SPDX-License-Identifier: GPL-2.0-only
/* expression.h: what it says of which wishes. */
#include "../../../loader/filter/filter_header.h"
#include "../../../loader/filter/pcap_filter.h"
#include "capture.h"

static char *text;
static size_t size;

/* What is written for @wanted, until the next call; *said: what is said. */
static int write_header(const struct filter_wanted *wanted, const char **said)
{
	FILE *out;
	int error;

	free(text);
	out = open_memstream(&text, &size);
	capture_begin();
	error = filter_header_write(wanted, out);
	*said = capture_end();
	fclose(out);
	return error;
}

static void has(const char *part, const char *what)
{
	if (!ok(strstr(text, part) != NULL, what))
		printf("# no '%s'\n", part);
}

static void test_short(void)
{
	const struct filter_wanted ip4 = {
		.protocol = "udp", .number = 17, .family = 4,
		.address = { 10, 0, 0, 1 },
	}, ip6 = {
		.protocol = "udp", .number = 17, .family = 6,
		.address = { 0xfe, 0x80, [15] = 1 },
	};
	const char *said;

	is_int(write_header(&ip4, &said), 0, "the short form");
	is_str(text, "/* udp and src host 10.0.0.1 */\n"
	       "#define HAVE_ETHER 1\n"
	       "#define HAVE_RAW 1\n"
	       "#define FILTER_FAMILY 4\n"
	       "#define FILTER_IP_PROTO 17\n"
	       "#define FILTER_SRC_IP 0x0a000001U\n"
	       "#include \"match.h\"\n", "... of IPv4");
	is_int(write_header(&ip6, &said), 0, "the short form again");
	has("/* ip6 and udp and src host fe80::1 */\n", "... of IPv6");
	has("#define FILTER_SRC_IP6 0xfe, 0x80, 0x00,", "... its address");
}

static void test_others(void)
{
	const struct filter_wanted wanted = {
		.protocol = "icmp", .number = 1, .family = 4, .has_mark = 1,
		.mark = 5, .mask = 0xff, .has_uid = 1, .has_pid = 1, .pid = 7,
		.comm = "a\"\\\n",
	};
	const char *said;

	is_int(write_header(&wanted, &said), 0, "other wishes");
	has("#define WANT_MARK 0x5U\n#define WANT_MASK 0xffU\n"
	    "#define WANT_UID 0U\n#define WANT_PID 7U\n"
	    "#define WANT_COMM \"a\\042\\134\\012\"\n", "... are there");
}

static void test_links(void)
{
	ok(pcap_reads_link("ether[0] & 1 = 0"), "ether[0] is read");
	ok(pcap_reads_link("ip and (link [12:2] = 5)"), "link [12:2], too");
	ok(!pcap_reads_link("ether host 02:00:00:00:00:01"), "no offset");
	ok(!pcap_reads_link("ip[0] = 1 and host ether"), "no link");
	ok(!pcap_reads_link("host my-ether"), "a part of a word");
	ok(!pcap_reads_link(""), "nothing");
}

#ifdef HAVE_PCAP

static void has_not(const char *part, const char *what)
{
	ok(!strstr(text, part), what);
}

static void test_expression(void)
{
	struct filter_wanted wanted = { .expression = "vlan 7" };
	const char *said;

	is_int(write_header(&wanted, &said), 0, "an expression for Ethernet");
	has("/* vlan 7 */\n", "... stands there");
	has("#define HAVE_ETHER 1\nstatic always_inline int\nfilter_ether(",
	    "... in C");
	has("\n/* raw: ", "... and why not for IP alone");
	has_not("HAVE_RAW", "... which it does not compile for");
	has_not("NEEDS_LINK", "... and it reads no link-layer header");
	wanted.expression = "ether[0] & 1 = 0";
	wanted.inner = "tcp";
	is_int(write_header(&wanted, &said), 0, "an inner expression");
	has("#define NEEDS_LINK 1\n", "ether[0] needs the header");
	has("/* inner: tcp */\n", "... the inner one stands there");
	has("inner_ether(const", "... for inner frames");
	has("#define HAVE_INNER_RAW 1\nstatic always_inline int\ninner_raw(",
	    "... and inner IP");
}

static void test_refused(void)
{
	struct filter_wanted wanted = { .expression = "ip and arp" };
	const char *said;

	is_int(write_header(&wanted, &said), -EINVAL, "it can never match");
	is_str(said, "bpfpath: filter 'ip and arp': it can never match "
	       "(expression rejects all packets)", "... and that is said");
	is_str(text, "", "... and nothing is written");
	wanted.expression = "*/ ip";
	is_int(write_header(&wanted, &said), -EINVAL, "no expression");
	wanted.expression = "ip\n";
	wanted.inner = "vlan and arp and ip";
	is_int(write_header(&wanted, &said), -EINVAL, "an inner one refused");
	ok(strstr(said, "inner filter 'vlan and arp and ip': ") != NULL,
	   "... and that is said");
}

#else

static void test_expression(void)
{
}

static void test_refused(void)
{
	const struct filter_wanted wanted = { .expression = "ip" };
	const char *said;

	is_int(write_header(&wanted, &said), -EOPNOTSUPP, "without libpcap");
	ok(strstr(said, "install libpcap-dev") != NULL, "... what to do");
}

#endif

int main(void)
{
	test_short();
	test_others();
	test_links();
	test_expression();
	test_refused();
	free(text);
	return tap_done();
}
