// SPDX-License-Identifier: GPL-2.0-only
/* Which packets are wanted: the file that is written, and read again. */
#include <errno.h>
#include <unistd.h>

#include "../../../bpf/packet.h"
#include "../../../loader/filter/pcap_filter.h"
#include "../../../loader/filter/wanted.h"
#include "capture.h"

#define HEADER	WANTED_HEADER "\n"

static char *text;
static size_t size;
static const char *path;	/* of a file to be read */

/* What is written for @wanted, until the next call; *said: what is said. */
static int write_wanted(const struct wanted *wanted, const char **said)
{
	FILE *out;
	int error;

	free(text);
	out = open_memstream(&text, &size);
	capture_begin();
	error = wanted_write(wanted, out);
	*said = capture_end();
	fclose(out);
	return error;
}

/* Reads a file of @count bytes. */
static int read_bytes(const char *bytes, size_t count, struct consts *consts,
		      struct filters *filters, const char **said)
{
	FILE *file = fopen(path, "w");
	int error;

	if (!file || fwrite(bytes, 1, count, file) != count || fclose(file))
		return 1;
	capture_begin();
	error = wanted_read(path, consts, filters);
	*said = capture_end();
	return error;
}

/* Reads @lines below the header; all must be refused. */
static void refused(const char *lines, const char *what)
{
	struct consts consts = {};
	struct filters filters;
	const char *said;
	char *bytes = NULL;

	if (asprintf(&bytes, "%s%s", HEADER, lines) < 0)
		exit(1);
	is_int(read_bytes(bytes, strlen(bytes), &consts, &filters, &said),
	       -EINVAL, what);
	if (!strstr(said, ": line 2: is not one of a filter") &&
	    !strstr(said, "is no program of classic BPF"))
		ok(0, said);
	if (filters.funcs[0].insns)
		ok(0, "a filter was made all the same");
	consts_free(&consts);
	free(bytes);
}

static long long value_of(const struct consts *consts, const char *name)
{
	uint64_t value;

	return consts_get(consts, name, &value) ? -1 : (long long)value;
}

static void test_read(void)
{
	static const char file[] = HEADER
		"form\traw\tno such thing\t\t\t\n"
		"constant\twant_pid\t18446744073709551615\t\t\t\n"
		"insn\tfilter_ether\t6\t0\t0\t1\n"
		"insn\tfilter_inner_l3\t40\t0\t0\t12\n"
		"insn\tfilter_inner_l3\t22\t0\t0\t0\n";
	static const char *const names[FILTER_FUNCS] = {
		"filter_ether", "filter_l3", "filter_inner_ether",
		"filter_inner_l3",
	};
	struct consts consts = {};
	struct filters filters;
	const char *said;

	is_int(read_bytes(file, strlen(file), &consts, &filters, &said), 0,
	       "a file is read");
	is_str(said, "", "... without a word");
	is_int(value_of(&consts, "want_pid"), -1, "... a constant of 64 bits");
	for (int i = 0; i < FILTER_FUNCS; i++)
		is_str(filters.funcs[i].name, names[i], names[i]);
	is_int(filters.funcs[0].insns[3].imm, 1, "... one always matches");
	is_int(filters.funcs[1].insns[3].imm, 0, "... what is not there never");
	is_int(filters.funcs[3].insns[7].off, 12,
	       "... its packets begin at byte 0");
	filters_free(&filters);
	ok(!filters.funcs[0].name, "nothing is left");
	consts_free(&consts);
}

static void test_damaged(void)
{
	struct consts consts = {};
	struct filters filters;
	const char *said;

	is_int(read_bytes("", 0, &consts, &filters, &said), -EINVAL, "empty");
	is_int(read_bytes("ip\n", 3, &consts, &filters, &said), -EINVAL,
	       "another header");
	ok(strstr(said, ": line 1: is not one of a filter") != NULL, said);
	refused("insn\tfilter_ether\t6\t0\t0\n", "a column is missing");
	refused("insn\tfilter_ether\t6\t0\t0\t1\t\n", "one too many");
	refused("insn\tfilter_others\t6\t0\t0\t1\n", "an unknown function");
	refused("insn\tfilter_ether\t65536\t0\t0\t1\n", "a code that is too large");
	refused("insn\tfilter_ether\t6\t256\t0\t1\n", "jt, too");
	refused("insn\tfilter_ether\t6\t0\t256\t1\n", "jf, too");
	refused("insn\tfilter_ether\t6\t0\t0\t4294967296\n", "k, too");
	refused("insn\tfilter_ether\t6\t0\t0\t-1\n", "k is negative");
	refused("insn\tfilter_ether\t6\t0\t0\t1x\n", "k is no number");
	refused("insn\tfilter_ether\t6\t\t0\t1\n", "jt is nothing");
	refused("constant\twant_pid\t18446744073709551616\t\t\t\n",
		"a constant that is too large");
	refused("constant\twant_pid\t\t\t\t\n", "a constant without a value");
	refused("something\t\t\t\t\t\n", "an unknown type");
	refused("\n", "an empty line");
	refused("insn\tfilter_l3\t5\t0\t0\t1\ninsn\tfilter_l3\t6\t0\t0\t1\n",
		"a jump out of the program");
	capture_begin();
	is_int(wanted_read("/nonexistent", &consts, &filters), -ENOENT,
	       "no file");
	is_str(capture_end(), "bpfpath: /nonexistent: No such file or directory",
	       "... and that is said");
	consts_free(&consts);
}

static void test_text(void)
{
	static const char file[] = HEADER "insn\tfilter_l3\t6\t0\t0\t1\n";
	FILE *in = fopen(path, "w"), *out;

	fputs(file, in);
	fclose(in);
	free(text);
	out = open_memstream(&text, &size);
	is_int(wanted_text(path, out), 0, "as text");
	fclose(out);
	is_str(text, "filter_l3:\n"
	       "\t   0: r6 = r1\n"
	       "\t   1: r7 = 0\n"
	       "\t   2: r8 = 0\n"
	       "(000) ret #1\n"
	       "\t   3: r0 = 1\n"
	       "\t   4: exit\n", "... only what is there");
	capture_begin();
	is_int(wanted_text("/nonexistent", stdout), -ENOENT, "no file");
	capture_end();
}

static void test_netdevs(void)
{
	ok(pcap_reads_link("ether[0] & 1 = 0"), "ether[0] is read");
	ok(pcap_reads_link("ip and (link [12:2] = 5)"), "link [12:2], too");
	ok(!pcap_reads_link("ether host 02:00:00:00:00:01"), "no offset");
	ok(!pcap_reads_link("ip[0] = 1 and host ether"), "no link");
	ok(!pcap_reads_link("host my-ether"), "a part of a word");
	ok(!pcap_reads_link(""), "nothing");
}

#ifdef HAVE_PCAP

/* What of the constants a program compares a name with. */
static void has_word(const struct consts *consts, const char *name,
		     const char bytes[8], const char *what)
{
	uint64_t want;

	memcpy(&want, bytes, 8);
	is_int(value_of(consts, name), (long long)want, what);
}

static void has(const char *part, const char *what)
{
	if (!ok(strstr(text, part) != NULL, what))
		printf("# no '%s'\n", part);
}

/* Writes it and reads it back: the constants, to be freed. */
static struct consts through(const struct wanted *wanted, const char *what)
{
	struct consts consts = {};
	struct filters filters;
	const char *said;

	is_int(write_wanted(wanted, &said), 0, what);
	is_int(read_bytes(text, size, &consts, &filters, &said), 0,
	       "... is written and read");
	filters_free(&filters);
	return consts;
}

static void test_constants(void)
{
	const struct wanted all = {
		.expression = "", .has_mark = 1, .mark = 5, .mask = 0xff,
		.has_uid = 1, .uid = 0, .pid = 7, .comm = "a\"\t\n-twelve-byte",
		.ifname = "veth*",
	}, whole = { .expression = "", .ifname = "lo" },
	   longest = { .expression = "", .ifname = "fifteen-letters" };
	struct consts consts = through(&all, "all wishes");

	is_int(value_of(&consts, "want_mark"), 5, "... the mark");
	is_int(value_of(&consts, "want_mask"), 0xff, "... its mask");
	is_int(value_of(&consts, "with_uid"), 1, "... a user");
	is_int(value_of(&consts, "want_uid"), 0, "... root");
	is_int(value_of(&consts, "want_pid"), 7, "... a process");
	is_int(value_of(&consts, "with_comm"), 1, "... a command");
	has_word(&consts, "want_comm0", "a\"\t\n-twe", "... its first bytes");
	has_word(&consts, "want_comm1", "lve-byt\0", "... its last, and the end");
	has_word(&consts, "want_ifname0", "veth\0\0\0\0", "... a name's begin");
	has_word(&consts, "want_ifmask0", "\xff\xff\xff\xff\0\0\0\0",
		 "... of which no more counts");
	is_int(value_of(&consts, "want_ifmask1"), 0, "... nor behind that");
	consts_free(&consts);
	consts = through(&whole, "a whole name");
	has_word(&consts, "want_ifmask0", "\xff\xff\xff\0\0\0\0\0",
		 "... counts with its end");
	is_int(value_of(&consts, "with_uid"), -1, "... and no user");
	consts_free(&consts);
	consts = through(&longest, "the longest name");
	has_word(&consts, "want_ifname1", "letters\0", "... counts");
	is_int(value_of(&consts, "want_ifmask1"), -1, "... up to its end");
	consts_free(&consts);
}

static void test_expression(void)
{
	struct wanted wanted = { .expression = "vlan 7" };
	const char *said;

	is_int(write_wanted(&wanted, &said), 0, "an expression for Ethernet");
	has("\ninsn\tfilter_ether\t40\t0\t0\t12\n", "... its first instruction");
	has("\nform\tl3\t", "... and why not for IP alone");
	ok(!strstr(text, "filter_l3"), "... which it does not compile for");
	has("\nconstant\tneeds_l2\t0\t", "... it reads no link-layer header");
	has("\nconstant\twant_inner\t0\t", "... nor another packet within");
	wanted.expression = "ether[0] & 1 = 0";
	wanted.inner = "tcp";
	is_int(write_wanted(&wanted, &said), 0, "an inner expression");
	has("\nconstant\tneeds_l2\t1\t", "ether[0] needs the header");
	has("\nconstant\twant_inner\t1\t", "... the inner one counts");
	has("\ninsn\tfilter_inner_ether\t", "... for inner frames");
	has("\ninsn\tfilter_inner_l3\t", "... and inner IP");
}

static void test_refused(void)
{
	struct wanted wanted = { .expression = "ip and arp" };
	const char *said;

	is_int(write_wanted(&wanted, &said), -EINVAL, "it can never match");
	is_str(said, "bpfpath: filter 'ip and arp': it can never match "
	       "(expression rejects all packets)", "... and that is said");
	is_str(text, "", "... and nothing is written");
	wanted.expression = "*/ ip";
	is_int(write_wanted(&wanted, &said), -EINVAL, "no expression");
	wanted.expression = "ip\n";
	wanted.inner = "vlan and arp and ip";
	is_int(write_wanted(&wanted, &said), -EINVAL, "an inner one refused");
	ok(strstr(said, "inner filter 'vlan and arp and ip': ") != NULL,
	   "... and that is said");
}

#define PCAP_TESTS	(21 + 11 + 6)
#else

static void test_constants(void)
{
}

static void test_expression(void)
{
}

static void test_refused(void)
{
	const struct wanted wanted = { .expression = "ip" };
	const char *said;

	is_int(write_wanted(&wanted, &said), -EOPNOTSUPP, "without libpcap");
	ok(strstr(said, "install libpcap-dev") != NULL, "... what to do");
}

#define PCAP_TESTS	2
#endif

int main(void)
{
	char name[] = "/tmp/bpfpath-test.XXXXXX";

	close(mkstemp(name));
	path = name;
	tap_plan(11 + 20 + 3 + 6 + PCAP_TESTS);
	test_read();
	test_damaged();
	test_text();
	test_netdevs();
	test_constants();
	test_expression();
	test_refused();
	unlink(name);
	free(text);
	return tap_done();
}
