// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as a list of records that are well-formed, each made of twelve of
 * them: packets and relatives in any order and number, printed in every form and
 * the two halves compared. So what lies behind the reading gets most of the time.
 */
#include "comparing.h"
#include "printing.h"

#include <stdio.h>

#define PER_RECORD	12
#define RECORDS		60	/* more only take time */

#define PICK(array, byte) ((array)[(byte) % (sizeof(array) / sizeof(*(array)))])

static const char head[] =
	"#bpfpath-records-1\ttype\tpacket\tseq\tns\tcpu\tskb\tfunc\tifname\t"
	"ifindex\tnetns\tlen\tmark\thow\treason\tlocation\tmissed\tkin\tparent\t"
	"kins\tlost\tid\tcomm\tpid\tproto\tsaddr\tsport\tdaddr\tdport\ticmp\t"
	"module\tret\trule\tlink\tbytes\tstack\tct\n";
static const char *const types[] = { "step", "select", "born", "end", "step",
				     "return", "aside", "rule" };
static const char *const funcs[] = {
	"ip_rcv", "-", "ingress", "skb_clone", "kfree_skb", "fq_codel_enqueue",
	"dev_hard_start_xmit", "nf_hook_slow", "netif_receive_skb", "<f>.isra.0",
};
static const char *const devices[] = {
	"eth0\t2\t4026531840", "-\t-\t-", "veth\"\t3\t4026532000",
	"eth0\t2\t4026532000", "lo\t1\t-",
};
static const char *const ends[] = {
	"-\t-\t-", "consumed\t-\t-", "unknown\t-\t-", "timeout\t-\t-",
	"dropped\tOTHERHOST\tip_rcv_core+0x1", "dropped\t-\tnf_hook_slow+0x12",
	"dropped\tNETFILTER_DROP\tnft_do_chain",
};
static const char *const flows[] = {
	"-\t-\t-\t-\t-\t-", "icmp\t10.0.0.1\t-\t10.0.0.2\t-\t8/0/1/2",
	"tcp\t10.0.0.2\t40000\t10.0.0.1\t80\t-", "icmp6\tfe80::1\t-\tff02::1\t-\t-",
	"udp\tfe80::2\t53\tfe80::1\t5353\t-", "47\t10.0.0.1\t-\t10.0.0.2\t-\t1",
};
static const char *const rules[] = {
	"-", "ip filter INPUT rule 3 handle 7 hook input drop", "a b c",
	"ip filter - policy hook input drop", "inet - - hook",
};
static const char *const captures[] = {
	"-\t-", "1\tffffffffffff00000000000108004500+12", "101\t45", "1\t0",
};

static const char *const stacks[] = {
	"-", "-", "ip_rcv+0x1 process_backlog", "...", "+ [] ][ a+0x1[",
	"nft_do_chain+0x0[nf_tables] 0xffffffffc0a01234 <f>;+0x1 ...",
};

static void put_number(FILE *out, unsigned int byte)
{
	if (byte % 16)
		fprintf(out, "\t%u", byte % 16 - 1);
	else
		fputs("\t-", out);
}

/* What a packet has once ends the stream when it comes again: seldom, here. */
static bool is_again(const char *type, const uint8_t *b, bool seen[2][4][16])
{
	bool *was = &seen[!strcmp(type, "end")][b[1] % 4][b[1] >> 4];

	if (strcmp(type, "end") && strcmp(type, "born") &&
	    strcmp(type, "select"))
		return false;
	if (*was && b[0] < 0xf0)
		return true;
	*was = true;
	return false;
}

static void put_record(FILE *out, const uint8_t *b, unsigned int ns,
		       bool seen[2][4][16])
{
	const char *type = PICK(types, b[0]);
	unsigned int member = b[1] >> 4;

	if (is_again(type, b, seen))
		return;
	if (!member && !strcmp(type, "born"))
		type = "select";
	else if (member && !strcmp(type, "select"))
		type = "born";
	fprintf(out, "%s\t%u", type, b[1] % 4);
	put_number(out, b[2]);
	fprintf(out, "\t%u\t%u\t0x%x\t%s\t%s\t%u\t-", ns, b[4] % 3,
		0x1000 + member, PICK(funcs, b[4] / 3), PICK(devices, b[5]),
		b[5]);
	fprintf(out, "\t%s", !strcmp(type, "end") && b[6] % 7 == 0 ?
		ends[1] : PICK(ends, b[6]));
	put_number(out, b[6] / 16 ? 0 : b[6]);
	if (!member && b[0] & 0x80)
		fputs("\t-", out);
	else
		fprintf(out, "\t%u", member);
	fprintf(out, "\t%u", member ? b[8] % member : 0);
	put_number(out, b[8] / 16);
	put_number(out, b[7] / 16);
	fprintf(out, "\t-\tping\t%u\t%s", b[7] % 4, PICK(flows, b[9]));
	fprintf(out, "\t%s\t%u\t%s\t%s\t%s\n", b[10] & 0x80 ? "veth" : "-",
		b[10] % 8, PICK(rules, b[10]), PICK(captures, b[11]),
		PICK(stacks, b[11] / 16));
}

static char *make(const uint8_t *data, size_t records, size_t *size)
{
	char *text;
	FILE *out = open_memstream(&text, size);
	bool seen[2][4][16] = { 0 };
	unsigned int ns = 1000;
	size_t i;

	fputs(head, out);
	for (i = 0; i < records; i++, data += PER_RECORD) {
		ns += data[3] - 20;
		put_record(out, data, ns, seen);
	}
	fclose(out);
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t records = size / PER_RECORD, half = records / 2, good, bad;
	char *first, *second;

	if (records > RECORDS)
		return 0;
	printing_prepare();
	first = make(data, records, &good);
	print_all(first, good, size % 2 ? &tables : NULL);
	free(first);
	first = make(data, half, &good);
	second = make(data + half * PER_RECORD, records - half, &bad);
	compare_streams(first, good, second, bad);
	free(first);
	free(second);
	return 0;
}
