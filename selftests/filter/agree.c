// SPDX-License-Identifier: GPL-2.0-only
/*
 * agree DIR ether|l3 COUNT [CAPTURE...] < EXPRESSIONS
 *
 * Does a filter of bpfload's select the packets that libpcap selects? DIR/skb.o and
 * DIR/output.o, DIR/receive.o are agree.bpf.c for classifiers and for probes; a line of EXPRESSIONS
 * is put into both. They run on COUNT packets made by hand and those of captures in
 * the running kernel, by BPF_PROG_TEST_RUN; pcap_offline_filter() says what is
 * right. An expression that libpcap does not compile for IP packets ("l3") must
 * match none. Of a long one that may be compiled in pieces those packets are left out that
 * libpcap with its optimizer and without see differently: what ends a filter that reads
 * beyond the packet's end comes sooner or later then. A line "= CODE JT JF K ..." is a program already (random.c); one
 * "~ SHORT ~ LONG" is an expression that is too long for libpcap, and another that
 * selects the same of these packets. A packet
 * with a VLAN tag runs twice: with the tag in the packet, and in the sk_buff.
 * Prints TAP.
 */
#include <err.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <pcap/pcap.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "agree_run.h"
#include "packets.h"

#define SAID_MAX	3	/* disagreements that are shown, an expression */
#define INSNS_MAX	(1 << 16)	/* of a program in a line */
#define TITLE_LEN	240	/* bytes of a line that are shown */
#define LONG		1000	/* bytes of an expression that may be compiled in pieces */

static struct packet *packets;
static uint32_t packet_count;
static unsigned long endless;	/* runs of libpcap that did not end */
static unsigned long unsure;	/* packets that libpcap is not sure of */
static int is_l3;

/* One expression in one form. */
struct form {
	const char *name;
	int prog;
	int output;
};

/* What libpcap made of it. */
struct judge {
	struct bpf_program program;	/* of no instructions: nothing matches */
	struct bpf_program plain;	/* not optimized; of none: not asked */
	int loops;
};

struct result {
	unsigned long runs, matched, wrong, refused;
	uint32_t work;		/* instructions that the verifier went through */
};

static void grow(void)
{
	packets = realloc(packets, (packet_count + 1) * sizeof(*packets));
	if (!packets)
		err(1, "memory");
}

static void read_capture(const char *path)
{
	char message[PCAP_ERRBUF_SIZE];
	pcap_t *pcap = pcap_open_offline(path, message);
	struct pcap_pkthdr *header;
	const u_char *bytes;

	if (!pcap)
		errx(1, "%s", message);
	if (pcap_datalink(pcap) != DLT_EN10MB)
		errx(1, "%s: no Ethernet capture", path);
	while (pcap_next_ex(pcap, &header, &bytes) == 1) {
		if (header->caplen < 15 || header->caplen > PACKET_MAX)
			continue;
		grow();
		packets[packet_count].len = header->caplen;
		memcpy(packets[packet_count++].bytes, bytes, header->caplen);
	}
	pcap_close(pcap);
}

static void make_packets(uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		grow();
		packet_make(i, &packets[packet_count++]);
	}
}

static sigjmp_buf too_long;

static void give_up(int number)
{
	siglongjmp(too_long, number);
}

/* "protochain" takes an AH header in IPv6 for one at another place, and may go round
 * for ever; newer libpcap ends that with no match. */
static int run_loop(const struct bpf_program *program,
		    const struct pcap_pkthdr *header, const uint8_t *bytes)
{
	struct itimerval soon = { .it_value.tv_usec = 2000 }, never = {};
	int result;

	if (sigsetjmp(too_long, 1)) {
		endless++;
		return 0;
	}
	setitimer(ITIMER_VIRTUAL, &soon, NULL);
	result = pcap_offline_filter(program, header, bytes);
	setitimer(ITIMER_VIRTUAL, &never, NULL);
	return !!result;
}

#define UNSURE	2

/*
 * What libpcap says of the packet, or UNSURE, as the expression sees it: before a packet
 * goes out, a probe knows that its device (here, loopback) will give it an
 * Ethernet header.
 */
static int wanted(const struct judge *judge, const struct form *form,
		  const struct packet *packet)
{
	uint32_t skip = is_l3 ? ETH_HLEN : 0;
	const struct pcap_pkthdr header = {
		.caplen = packet->len - skip,
		.len = packet->len - (form->output ? 0 : skip),
	};
	const uint8_t *bytes = packet->bytes + skip;
	int result;

	if (!judge->program.bf_len)
		return 0;
	if (judge->loops)
		return run_loop(&judge->program, &header, bytes);
	result = !!pcap_offline_filter(&judge->program, &header, bytes);
	if (judge->plain.bf_len &&
	    result != !!pcap_offline_filter(&judge->plain, &header, bytes))
		return UNSURE;
	return result;
}

/* Of IP packets the kernel runs programs only on those with a whole header. */
static int is_refused(const struct packet *packet, int take_tag)
{
	const uint8_t *type = packet->bytes + ETH_HLEN - 2 + 4 * take_tag;
	uint32_t left = packet->len - ETH_HLEN - 4 * take_tag;

	return (type[0] == 0x08 && type[1] == 0x00 && left < 20) ||
	       (type[0] == 0x86 && type[1] == 0xdd && left < 40);
}

static void compare(const struct form *form, uint32_t number, int want,
		    int take_tag, struct result *result)
{
	const struct packet *packet = &packets[number];
	int got = agree_run(form->prog, packet->bytes, packet->len, take_tag);

	if (got == -EINVAL && is_refused(packet, take_tag)) {
		result->refused++;
		return;
	}
	result->runs++;
	result->matched += got;
	if (got != want && result->wrong++ < SAID_MAX)
		printf("# %s, packet %u (%u bytes%s): got %d, want %d\n",
		       form->name, number, packets[number].len,
		       take_tag ? ", tag in the sk_buff" : "", got, want);
}

/* As the functions do that send IP packets, behind the Ethernet header. */
static void set_length(struct packet *packet)
{
	uint32_t len = packet->len - ETH_HLEN;
	uint8_t *ip = packet->bytes + ETH_HLEN, *field = ip + 2;

	if (ip[0] >> 4 == 6) {
		len -= 40;
		field = ip + 4;
	} else if (ip[0] >> 4 != 4) {
		return;
	}
	field[0] = len > 0xffff ? 0 : len >> 8;
	field[1] = len > 0xffff ? 0 : len;
}

static void compare_all(const struct form *form, const struct judge *judge,
			struct result *result)
{
	struct packet packet;
	int want;

	for (uint32_t i = 0; i < packet_count; i++) {
		packet = packets[i];
		if (is_l3 && form->output)
			set_length(&packet);
		want = wanted(judge, form, &packet);
		if (want == UNSURE) {
			unsure++;
			continue;
		}
		compare(form, i, want, 0, result);
		if (!is_l3 && agree_has_tag(packets[i].bytes, packets[i].len))
			compare(form, i, want, 1, result);
	}
}

/* 0: all packets agree. */
static int try_form(const char *dir, struct form *form,
		    const struct judge *judge, struct result *total)
{
	struct result result = {};
	char path[256];

	snprintf(path, sizeof(path), "%s/%s.o", dir, form->name);
	form->prog = agree_load(path, is_l3, &result.work);
	if (form->prog < 0) {
		printf("# %s: %s\n", path, strerror(-form->prog));
		return 1;
	}
	compare_all(form, judge, &result);
	close(form->prog);
	total->runs += result.runs;
	total->matched += result.matched;
	total->refused += result.refused;
	if (result.work > total->work)
		total->work = result.work;
	if (judge->program.bf_len && !result.matched)
		printf("# %s: nothing matches\n", form->name);
	return result.wrong || !result.runs;
}

/* The numbers of a program, for both sides; it stays until the next call. */
static int read_program(const char *line, struct bpf_program *program)
{
	static struct bpf_insn insns[INSNS_MAX];
	static struct cbpf_insn ours[INSNS_MAX];
	unsigned int code, jt, jf, k, count = 0;
	int read;

	while (count < INSNS_MAX && sscanf(line, " %u %u %u %u%n", &code, &jt,
					   &jf, &k, &read) == 4) {
		insns[count] = (struct bpf_insn){ code, jt, jf, k };
		ours[count++] = (struct cbpf_insn){ code, jt, jf, k };
		line += read;
	}
	*program = (struct bpf_program){ .bf_len = count, .bf_insns = insns };
	return count ? agree_insns(ours, count) : -EINVAL;
}

/* An expression that the other link type alone can have is no mistake. */
static int compile(const char *expression, pcap_t *pcap,
		   struct bpf_program *program)
{
	if (pcap_compile(pcap, program, expression, 1, PCAP_NETMASK_UNKNOWN)) {
		program->bf_len = 0;
		if (!is_l3)
			return -EINVAL;
	}
	return agree_filter(expression, NULL);
}

/* Two expressions; libpcap gets the first. */
static int compile_pair(char *line, pcap_t *pcap, struct bpf_program *program)
{
	char *longer = strstr(line, " ~ ");
	int error;

	if (!longer)
		return -EINVAL;
	*longer = '\0';
	error = compile(line, pcap, program);
	*longer = ' ';
	return error ? error : agree_filter(longer + 3, NULL);
}

static int has_loop(const struct bpf_program *program)
{
	for (uint32_t i = 0; i < program->bf_len; i++)
		if (program->bf_insns[i].code == (BPF_JMP | BPF_JA) &&
		    program->bf_insns[i].k >> 31)
			return 1;
	return 0;
}

static int judge_line(char *line, pcap_t *pcap, struct judge *judge)
{
	int error;

	if (line[0] == '=')
		return read_program(line + 1, &judge->program);
	if (line[0] == '~')
		return compile_pair(line + 1, pcap, &judge->program);
	error = compile(line, pcap, &judge->program);
	if (!error && judge->program.bf_len && strlen(line) > LONG &&
	    pcap_compile(pcap, &judge->plain, line, 0, PCAP_NETMASK_UNKNOWN))
		return -EINVAL;
	return error;
}

static int try_line(const char *dir, char *line, pcap_t *pcap,
		    struct result *total)
{
	struct form forms[] = { { .name = "skb" }, { .name = "output", .output = 1 },
				{ .name = "receive" } };
	struct judge judge = {};
	int failed = judge_line(line, pcap, &judge);

	judge.loops = has_loop(&judge.program);
	for (int i = 0; !failed && i < 3; i++)
		failed = try_form(dir, &forms[i], &judge, total);
	if (line[0] != '=' && judge.program.bf_len)
		pcap_freecode(&judge.program);
	if (judge.plain.bf_len)
		pcap_freecode(&judge.plain);
	return failed;
}

int main(int argc, char **argv)
{
	struct result total = {};
	char *line = NULL;
	size_t size = 0;
	int test = 0;
	pcap_t *pcap;

	if (argc < 4)
		errx(2, "usage: agree DIR ether|l3 COUNT [CAPTURE...]");
	is_l3 = !strcmp(argv[2], "l3");
	signal(SIGVTALRM, give_up);
	make_packets(atoi(argv[3]));
	for (int i = 4; i < argc; i++)
		read_capture(argv[i]);
	pcap = pcap_open_dead(is_l3 ? DLT_RAW : DLT_EN10MB, 262144);
	while (getline(&line, &size, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		printf("%sok %d - %s: %.*s\n",
		       try_line(argv[1], line, pcap, &total) ? "not " : "",
		       ++test, argv[2], TITLE_LEN, line);
		fflush(stdout);
	}
	printf("# %s: %u packets, %lu runs, %lu matches, %lu refused, %lu endless in libpcap, %lu unsure, at most %u instructions to verify\n",
	       argv[2], packet_count, total.runs, total.matched,
	       total.refused, endless, unsure, total.work);
	pcap_close(pcap);
	free(line);
	free(packets);
	return 0;
}
