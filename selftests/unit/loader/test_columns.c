// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every column of a record, each with a value that no other one has, so that none
 * can be taken for another. Lines are told by the names of the header's columns:
 * one that has no value here fails.
 */
#include <netinet/in.h>
#include <sys/syscall.h>

#include "../../../loader/trace/records.h"
#include "../../../loader/trace/tracker.h"
#include "../tap.h"

struct value {
	const char *column, *value;
};

/* The end of a TCP packet, with all that can be in a record. */
static const struct value all[] = {
	{ "type", "end" }, { "packet", "4" }, { "seq", "26" },
	{ "ns", "1001" }, { "cpu", "8" }, { "skb", "0xffff888000002000" },
	{ "func", "drops" }, { "ifname", "eth17" }, { "ifindex", "12" },
	{ "netns", "4026531853" }, { "len", "1010" }, { "mark", "11" },
	{ "how", "dropped" }, { "reason", "64009" }, { "location", "0x3003" },
	{ "missed", "31" }, { "kin", "5" }, { "parent", "6" },
	{ "kins", "15" }, { "lost", "16" }, { "id", "14" },
	{ "comm", "nineteen" }, { "pid", "18" }, { "proto", "tcp" },
	{ "saddr", "10.0.0.20" }, { "sport", "24" }, { "daddr", "10.0.0.21" },
	{ "dport", "25" }, { "icmp", "-" }, { "module", "veth" },
	{ "ret", "27" }, { "rule", "the 28th" }, { "link", "101" },
	{ "bytes", "4500ff1a+56" }, { "stack", "a;b" }, { "ct", "new,dnat" },
	{ "fields", "skb.mark=1" },
	{ "prog", "40" }, { "hook", "tcx/ingress" }, { "verdict", "TC_ACT_OK" },
	{ "call", "sendto" }, { "fd", "9" }, { "socket", "13" },
};

/* What all of the following have. */
static const struct event event = {
	.ns = 1001, .skb = 0xffff888000002000ULL, .location = 0x3003,
	.packet = 4, .member = 5, .seq = 6, .func = 7, .cpu = 8, .reason = 64009,
	.len = 1010, .mark = 11, .ifindex = 12, .netns = 4026531853U,
	.ident = 14, .derived = 15, .lost = 16, .ifname = "eth17", .pid = 18,
	.comm = "nineteen",
	.flow = { .saddr = { 10, 0, 0, 20 }, .daddr = { 10, 0, 0, 21 },
		  .version = 4, .proto = IPPROTO_TCP, .type = 22, .code = 23,
		  .sport = 24, .dport = 25 },
	.ct = 4 | 0x20 << 8,	/* IP_CT_NEW, IPS_DST_NAT */
	.call = CALL_NUMBER + __NR_sendto, .fd = 9, .socket = 13,
};

static const uint8_t bytes[] = { 0x45, 0, 0xff, 0x1a };

static char header[1024], text[4096];

static const char *find(const struct value *values, const char *column)
{
	for (; values->column; values++)
		if (!strcmp(values->column, column))
			return values->value;
	return NULL;
}

/* @line, whose end is cut off, has in that column what @others or else all[] says. */
static int is_column(const char *column, const char *got,
		     const struct value *others)
{
	const char *want = find(others, column);

	for (size_t i = 0; !want && i < sizeof(all) / sizeof(*all); i++)
		if (!strcmp(all[i].column, column))
			want = all[i].value;
	if (want && got && !strcmp(got, want))
		return 1;
	printf("# column %s: got '%s', want '%s'\n", column,
	       got ? got : "nothing", want ? want : "a value in this test");
	return 0;
}

/* @others: the columns that are not as in all[]; the last one has no name. */
static void is_record(char *line, const struct value *others, const char *what)
{
	char names[sizeof(header)], *rest = names, *column;
	int good = 1;

	strcpy(names, header);
	strsep(&rest, "\t");
	while ((column = strsep(&rest, "\t")))
		good &= is_column(column, strsep(&line, "\t"), others);
	ok(good && !line, what);
}

static const struct value nothing[] = { { NULL, NULL } };

static void write_record(const struct event *of, const char *module)
{
	const struct record_fields record = {
		.type = "end", .event = of, .func = "drops", .how = "dropped",
		.has_seq = 1, .seq = 26, .has_missed = 1, .missed = 31,
		.has_parent = 1, .has_derived = 1, .has_lost = 1, .derived = 15,
		.lost = 16, .module = module, .ret = "27", .rule = "the 28th",
		.stack = "a;b", .fields = "skb.mark=1", .bytes = bytes, .bytes_len = sizeof(bytes),
		.bytes_more = 56, .link_type = 101,
		.prog = "40", .hook = "tcx/ingress", .verdict = "TC_ACT_OK",
	};
	FILE *out = fmemopen(text, sizeof(text), "w");

	record_write(&record, out);
	fclose(out);
	text[strcspn(text, "\n")] = '\0';
}

static void test_header(void)
{
	FILE *out = fmemopen(header, sizeof(header), "w");
	int same = 0;

	records_header(out);
	fclose(out);
	header[strcspn(header, "\n")] = '\0';
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		for (size_t j = 0; j < i; j++)
			same += !strcmp(all[i].value, all[j].value);
	is_int(same, 0, "no column has another one's value");
}

static void test_record(void)
{
	static const struct value icmp[] = {
		{ "proto", "icmp" }, { "sport", "-" }, { "dport", "-" },
		{ "icmp", "22/23/24/25" }, { "module", "-" }, { NULL, NULL },
	};
	static const struct value six[] = {
		{ "proto", "udp" }, { "saddr", "a00:14::" },
		{ "daddr", "a00:15::" }, { NULL, NULL },
	};
	struct event other = event;

	write_record(&event, "veth");
	is_record(text, nothing, "a record of TCP");
	other.flow.proto = IPPROTO_ICMP;
	write_record(&other, NULL);
	is_record(text, icmp, "a record of ICMP");
	other.flow.proto = IPPROTO_UDP;
	other.flow.version = 6;
	write_record(&other, "veth");
	is_record(text, six, "a record of IPv6");
}

/* ------------------------------------------------------------ the tracker's */

static struct probe probes[] = {
	{ .num = 7, .name = "goes_on", .how = HOW_KPROBE, .module = "veth" },
	{ .num = 9, .name = "drops", .step.verdict = VERDICT_DROPPED, .how = HOW_KPROBE,
	  .module = "veth" },
	{ .num = 10, .name = "makes", .role = PROBE_COPY_SITE,
	  .how = HOW_KPROBE, .copy_site.old_arg = 2 },
};
static const struct plan plan = { probes, 3 };

static int forget(void *ctx, uint32_t number, uint32_t member, uint64_t skb,
		  uint32_t *steps)
{
	(void)ctx, (void)number, (void)member, (void)skb, (void)steps;
	return -1;
}

static int family(void *ctx, uint32_t number, struct family_counts *known)
{
	(void)ctx, (void)number, (void)known;
	return -1;
}

static void disband(void *ctx, uint32_t number)
{
	(void)ctx, (void)number;
}

static int missed_before(void *ctx, uint64_t ns, uint64_t *total)
{
	(void)ctx, (void)ns;
	*total = 100;
	return 0;
}

static int missed_after(void *ctx, uint64_t ns, uint64_t *total)
{
	(void)ctx, (void)ns;
	*total = 131;
	return 0;
}

static void result(void *ctx, uint32_t num, uint64_t value, char *out)
{
	(void)ctx;
	sprintf(out, "%u:%llu", num, (unsigned long long)value);
}

static const struct tracker_ops ops = {
	.forget = forget,
	.family = family,
	.disband = disband,
	.missed_before = missed_before,
	.missed_after = missed_after,
	.result = result,
};

/* One of each event, of the same packet; each line that comes of it to @lines. */
static void track(char *lines[7])
{
	struct {
		struct rule_event rule;
		struct capture capture;
	} came = { .rule = { .handle = 41, .number = 42, .kind = RULE_DROP,
			     .family = 2, .pf = 2, .hook = 1, .table = "tab",
			     .chain = "chn" } };
	struct {
		struct event event;
		struct capture capture;
		uint8_t bytes[sizeof(bytes)];
	} step = { .event = event,
		   .capture = { .link_type = 101, .len = sizeof(bytes), .size = 60 } };
	FILE *out = fmemopen(text, sizeof(text), "w");
	struct tracker *tracker = tracker_new(&plan, out, &ops, NULL);
	char *rest = text;

	memcpy(step.capture.bytes, bytes, sizeof(bytes));
	tracker_expect_bytes(tracker, sizeof(bytes));
	step.event.func = FUNC_SELECTED;
	step.event.hook = HOOK_EGRESS;
	tracker_event(tracker, &step.event, 1);
	step.event.func = FUNC_DERIVED;
	step.event.copy_site = 10;
	tracker_event(tracker, &step.event, 1);
	step.event.func = 7;
	tracker_event(tracker, &step.event, 1);
	step.event.func = FUNC_CALLEE | 7;
	tracker_event(tracker, &step.event, 1);
	came.rule.event = event;
	came.rule.event.func = FUNC_RULE | 7;
	tracker_event(tracker, &came.rule.event, 1);
	step.event.func = FUNC_RETURN | 7;
	tracker_event(tracker, &step.event, 1);
	step.event.func = 9;
	tracker_event(tracker, &step.event, 1);
	tracker_free(tracker);
	fclose(out);
	for (int i = 0; i < 7; i++)
		lines[i] = strsep(&rest, "\n");
	/* the step that ends it is a line as well */
	lines[6] = strsep(&rest, "\n");
	ok(rest && !*rest, "a line for each event, and one for the end");
}

/* Where it does not end, and what only records that were made by hand have. */
#define GOES_ON	{ "how", "-" }, { "reason", "-" }, { "location", "-" }, \
		{ "missed", "-" }, { "kins", "-" }, { "lost", "-" }, \
		{ "stack", "-" }, { "fields", "-" }
#define NO_BYTES { "link", "-" }, { "bytes", "-" }
#define NO_PROG	{ "prog", "-" }, { "hook", "-" }, { "verdict", "-" }
#define NO_RULE	{ "rule", "-" }
#define NO_RET	{ "ret", "-" }
#define NO_PARENT { "parent", "-" }
#define LAST	{ NULL, NULL }

static const struct value lines_want[7][24] = {
	{ { "type", "select" }, { "func", "egress" }, { "seq", "-" },
	  { "module", "-" }, GOES_ON, NO_RULE, NO_RET, NO_PARENT, NO_PROG, LAST },
	{ { "type", "born" }, { "func", "makes" }, { "seq", "-" },
	  { "module", "-" }, GOES_ON, NO_RULE, NO_RET, NO_BYTES, NO_PROG, LAST },
	{ { "type", "step" }, { "func", "goes_on" }, { "seq", "6" }, GOES_ON,
	  NO_RULE, NO_RET, NO_PARENT, NO_PROG, LAST },
	{ { "type", "aside" }, { "func", "goes_on" }, { "seq", "-" }, GOES_ON,
	  NO_RULE, NO_RET, NO_PARENT, NO_BYTES, NO_PROG, LAST },
	{ { "type", "rule" }, { "func", "goes_on" }, { "seq", "-" },
	  { "rule", "ip tab chn rule 42 handle 41 hook input drop" }, { "module", "-" },
	  GOES_ON, NO_RET, NO_PARENT, NO_BYTES, NO_PROG, LAST },
	{ { "type", "return" }, { "func", "goes_on" }, { "seq", "-" },
	  { "ret", "7:12291" }, GOES_ON, NO_RULE, NO_PARENT, NO_BYTES, NO_PROG, LAST },
	{ { "seq", "7" }, { "stack", "-" }, { "fields", "-" }, NO_RULE, NO_RET, NO_PARENT, NO_BYTES,
	  NO_PROG, LAST },
};

static void test_tracker(void)
{
	char *lines[7];

	track(lines);
	for (int i = 0; i < 7; i++)
		is_record(lines[i], lines_want[i],
			  i < 6 ? lines_want[i][0].value : "end");
}

int main(void)
{
	tap_plan(12);
	test_header();
	test_record();
	test_tracker();
	return tap_done();
}
