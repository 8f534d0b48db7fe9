// SPDX-License-Identifier: GPL-2.0-only
/* The reader of records: what it takes, and what it says of what it refuses. */
#include "harness.h"

#include <errno.h>

#define MORE	HEADER SELECT("1", "5")
#define NINE	"\t-\t-\t-\t-\t-\t-\t-\t-\t-"	/* ifname … missed */

/* Reads all of input; error gets the first error's line and message. */
static int read_all(const char *input, size_t size, size_t piece,
		    char error[RECORD_ERROR + 32])
{
	struct memory m = { input, size, piece };
	struct records *r = records_new(memory_read, &m);
	struct record *rec = NULL;
	int count = 0, ret = records_open(r);

	while (!ret || ret == RECORDS_RECORD || ret == RECORDS_NOTE) {
		ret = records_next(r, &rec);
		count += ret == RECORDS_RECORD;
		record_free(rec);
		if (ret == RECORDS_EOF)
			break;
	}
	if (ret < 0)
		snprintf(error, RECORD_ERROR + 32, "%lu: %s", r->lines.number,
			 r->error);
	records_free(r);
	return ret < 0 ? ret : count;
}

static void refuses_bytes(const char *input, size_t size, const char *want)
{
	char error[RECORD_ERROR + 32] = "";
	int ret = read_all(input, size, 1000, error);

	if (ret == -EINVAL)
		is_str(error, want, want);
	else
		is_int(ret, -EINVAL, want);
}

static void refuses(const char *input, const char *want)
{
	refuses_bytes(input, strlen(input), want);
}

static void takes(const char *input, int records, const char *what)
{
	char error[RECORD_ERROR + 32] = "";

	is_int(read_all(input, strlen(input), 1000, error), records, what);
	is_int(read_all(input, strlen(input), 1, error), records,
	       "the same, byte by byte");
}

static void test_header(void)
{
	refuses("", "1: empty: no header line");
	refuses("\n", "1: not a header line of records: ''");
	refuses("type\tpacket\n",
		"1: not a header line of records: 'type\\x09packet'");
	refuses("#bpfpath-records-2\ttype\n",
		"1: header: version '2' is not known, only 1");
	refuses("#bpfpath-records-\n",
		"1: header: version '' is not known, only 1");
	refuses("#bpfpath-records-1\n", "1: header: column 'type' is missing");
	refuses("#bpfpath-records-1\ttype\tpacket\tseq\tns\n",
		"1: header: column 'cpu' is missing");
	refuses("#bpfpath-records-1\ttype\tns\tns\n",
		"1: header: column 'ns' stands twice");
	refuses("#bpfpath-records-1\ttype\t\tns\n",
		"1: header: column 2 has no name");
	refuses(HEADER HEADER, "2: a second header line");
}

static void test_lines(void)
{
	static const char nul[] = HEADER "st\0ep\n";
	char *input;

	refuses(HEADER "end", "2: the last line has no newline");
	refuses("#bpfpath", "1: the last line has no newline");
	refuses_bytes(nul, sizeof(nul) - 1, "2: the line holds a NUL byte");

	if (asprintf(&input, HEADER "# filter: %065600d\n", 1) < 0)
		exit(1);
	refuses(input, "2: the line is longer than 65535 bytes");
	free(input);
	if (asprintf(&input, HEADER "# filter: %065525d\n", 1) < 0)
		exit(1);
	takes(input, 0, "a line of 65535 bytes");
	free(input);
}

static void test_fields(void)
{
	refuses(MORE "step\t1\n",
		"3: field count is 2, the header's is 18");
	refuses(MORE "\n", "3: field count is 1, the header's is 18");
	refuses(MORE SELECT("1", "5\t6"),
		"3: field count is 19, the header's is 18");
	refuses(MORE SELECT("", "5"), "3: field 'packet': '' is empty");
	refuses(MORE "\t1\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\n",
		"3: field 'type': '' is empty");
	refuses(MORE END("1", "2", "9", "f", "eaten"),
		"3: field 'how': 'eaten' is none of consumed, dropped, unknown,"
		" timeout");
}

static void test_numbers(void)
{
	refuses(MORE SELECT("one", "5"),
		"3: field 'packet': 'one' is not a number");
	refuses(MORE SELECT("1", "-5"), "3: field 'ns': '-5' is not a number");
	refuses(MORE SELECT("1", " 5"), "3: field 'ns': ' 5' is not a number");
	refuses(MORE SELECT("1", "0x5"),
		"3: field 'ns': '0x5' is not a number");
	refuses(MORE SELECT("1", "5\r"),
		"3: field 'ns': '5\\x0d' is not a number");
	refuses(MORE SELECT("1", "18446744073709551616"),
		"3: field 'ns': '18446744073709551616' does not fit into 64"
		" bits");
	refuses(MORE STEP("1", "4294967296", "5", "f"),
		"3: field 'seq': '4294967296' does not fit into 32 bits");
	refuses(MORE "select\t1\t-\t5\t-\t123\tf" NINE "\t-\t-\n",
		"3: field 'skb': '123' does not start with 0x");
	refuses(MORE "select\t1\t-\t5\t-\t0x0x1\tf" NINE "\t-\t-\n",
		"3: field 'skb': '0x0x1' is not a number");
	refuses(MORE "select\t1\t-\t5\t-\t0x\tf" NINE "\t-\t-\n",
		"3: field 'skb': '0x' is not a number");
	refuses(MORE SELECT("1", "12345678901234567890123456789012345678901234"
				 "56789012345678901234567890"),
		"3: field 'ns': '1234567890123456789012345678901234567890123456"
		"7890123456...' does not fit into 64 bits");
}

static void test_missed(void)
{
	takes(HEADER END_MISSED("1", "1", "5", "f", "consumed",
				"18446744073709551615"), 1, "missed: 64 bits");
	refuses(MORE END_MISSED("1", "1", "5", "f", "consumed",
				"18446744073709551616"),
		"3: field 'missed': '18446744073709551616' does not fit into "
		"64 bits");
	refuses(MORE END_MISSED("1", "1", "5", "f", "consumed", "0x1"),
		"3: field 'missed': '0x1' is not a number");
	refuses(MORE END_MISSED("1", "1", "5", "f", "consumed", ""),
		"3: field 'missed': '' is empty");
}

static void test_required(void)
{
	refuses(MORE SELECT("-", "5"),
		"3: field 'packet': '-' is not enough in a record 'select'");
	refuses(MORE SELECT("1", "-"),
		"3: field 'ns': '-' is not enough in a record 'select'");
	refuses(MORE END("1", "0", "5", "f", "-"),
		"3: field 'how': '-' is not enough in a record 'end'");
	refuses(MORE DERIVED("1", "-", "0", "6", "f"),
		"3: field 'kin': '-' is not enough in a record 'born'");
	refuses(MORE DERIVED("1", "1", "-", "6", "f"),
		"3: field 'parent': '-' is not enough in a record 'born'");
	refuses(MORE DERIVED("1", "1", "0", "-", "f"),
		"3: field 'ns': '-' is not enough in a record 'born'");
}

static void test_member(void)
{
	takes(MORE DERIVED("1", "4294967295", "4294967294", "6", "-"), 2,
	      "the largest kin");
	takes(HEADER "select\t1\t-\t5\t-\t-\tf" NINE "\t0\t-\n", 1,
	      "the selected packet is kin 0");
	refuses(MORE STEP_MEMBER("1", "4294967296", "0", "6", "f"),
		"3: field 'kin': '4294967296' does not fit into 32 bits");
	refuses(MORE DERIVED("1", "0", "0", "6", "f"),
		"3: field 'kin': '0' in a record 'born'");
	refuses(HEADER "select\t1\t-\t5\t-\t-\tf" NINE "\t1\t-\n",
		"2: field 'kin': '1' in a record 'select'");
	refuses(MORE DERIVED("1", "2", "2", "6", "f"),
		"3: field 'parent': '2' is not below '2', its child");
	refuses(MORE DERIVED("1", "2", "3", "6", "f"),
		"3: field 'parent': '3' is not below '2', its child");
}

static void test_tolerance(void)
{
	takes(HEADER, 0, "a header alone");
	takes(MORE, 1, "one record");
	takes(HEADER SELECT("1", "18446744073709551615"), 1, "largest time");
	takes(HEADER STEP("4294967295", "-", "0", "f"), 1, "largest packet");
	takes(HEADER STEP("1", "-", "0", "-"), 1, "a bare step");
	takes(HEADER END("1", "-", "-", "-", "timeout"), 1, "a bare end");
	takes(HEADER "#\n# x\n#x: y\n# filter: a: b\n" SELECT("1", "5"), 1,
	      "notes of all kinds");
	takes(HEADER "tree\t?\t-\t5\t\t-\tf" NINE "\t?\t?\n"
	      SELECT("1", "5"), 1, "a record of unknown type is passed over");
}

static void test_columns(void)
{
	static const char input[] =
		"#bpfpath-records-1\tlocation\treason\thow\tnew\tmark\tlen\t"
		"netns\tifindex\tifname\tfunc\tskb\tcpu\tns\tseq\tpacket\t"
		"type\n"
		"here+0x1\tWHY\tdropped\t\t1\t2\t3\t4\tif\tf\t0xA\t5\t6\t7\t8\t"
		"end\n";
	struct memory m = { input, sizeof(input) - 1, 7 };
	struct records *r = records_new(memory_read, &m);
	struct record *rec;

	is_int(records_open(r), 0, "columns in another order, and a new one");
	is_int(records_next(r, &rec), RECORDS_RECORD, "a record of these");
	is_int(rec->type, RECORD_END, "type");
	is_int(rec->packet.value, 8, "packet");
	is_int(rec->seq.value, 7, "seq");
	is_int(rec->ns.value, 6, "ns");
	is_int(rec->cpu.value, 5, "cpu");
	is_int(rec->skb.value, 10, "skb");
	is_str(rec->func, "f", "func");
	is_str(rec->ifname, "if", "ifname");
	is_int(rec->ifindex.value, 4, "ifindex");
	is_int(rec->netns.value, 3, "netns");
	is_int(rec->len.value, 2, "len");
	is_int(rec->mark.value, 1, "mark");
	is_int(rec->how, HOW_DROPPED, "how");
	is_str(rec->reason, "WHY", "reason");
	is_str(rec->location, "here+0x1", "location");
	ok(!rec->missed.known, "missed: an older trace has no such column");
	ok(!rec->member.known && !rec->parent.known, "nor kin and parent");
	is_int(rec->line, 2, "line");
	record_free(rec);
	records_free(r);
}

static void test_notes(void)
{
	static const char input[] =
		HEADER "# filter: a\n# read: ring\n# filter: b: c\n"
		"#filter: d\n";
	struct memory m = { input, sizeof(input) - 1, 4096 };
	struct records *r = records_new(memory_read, &m);
	struct record *rec;

	records_open(r);
	is_int(records_next(r, &rec), RECORDS_NOTE, "a note");
	is_str(notes_find(&r->notes, "filter"), "a", "its value");
	while (records_next(r, &rec) == RECORDS_NOTE)
		;
	is_int(r->notes.count, 3, "notes");
	is_str(notes_find(&r->notes, "filter"), "b: c", "the last one counts");
	is_str(notes_find(&r->notes, "kernel"), NULL,
	       "a note that is not there");
	records_free(r);
}

static ssize_t failing_read(void *source, char *buf, size_t size)
{
	(void)source;
	(void)buf;
	(void)size;
	return -EIO;
}

int main(void)
{
	struct records *r = records_new(failing_read, NULL);

	tap_plan(96);
	test_header();
	test_lines();
	test_fields();
	test_numbers();
	test_missed();
	test_required();
	test_member();
	test_tolerance();
	test_columns();
	test_notes();
	is_int(records_open(r), -EIO, "an error of the source");
	is_str(r->error, "", "comes without a message");
	records_free(r);
	return tap_done();
}
