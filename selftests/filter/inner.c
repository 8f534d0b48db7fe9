// SPDX-License-Identifier: GPL-2.0-only
/*
 * inner DIR COUNT < EXPRESSIONS
 *
 * Does a filter for packets in tunnels select those whose inner packet libpcap
 * selects? DIR/skb.o and DIR/output.o are agree.bpf.c for classifiers and for probes;
 * each is loaded for frames, and "l3" for what begins at the outer IP header. They
 * run on COUNT packets in each kind of tunnel (tunnels.h), some of which are cut off
 * or have padding. Prints TAP.
 */
#include <err.h>
#include <pcap/pcap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agree_run.h"
#include "tunnels.h"

#define ETHER_LEN	14
#define LINE_LEN	1024
#define SAID_MAX	3
#define FORMS		4

static const struct {
	const char *name, *object;
	int is_l3, output;
} forms[FORMS] = {
	{ "skb", "skb", 0, 0 },
	{ "output", "output", 0, 1 },
	{ "l3 skb", "skb", 1, 0 },
	{ "l3 output", "output", 1, 1 },
};

/* The expression for both kinds of inner packets; without instructions: none. */
static struct bpf_program programs[3];
static int progs[FORMS];
static unsigned long runs, matched, wrong;

static void compile(const char *expression, enum tunnel_inner inner, int link)
{
	pcap_t *pcap = pcap_open_dead(link, 262144);

	memset(&programs[inner], 0, sizeof(programs[inner]));
	if (pcap_compile(pcap, &programs[inner], expression, 1,
			 PCAP_NETMASK_UNKNOWN))
		programs[inner].bf_len = 0;
	pcap_close(pcap);
}

/* What libpcap says of the inner packet. */
static int wanted(enum tunnel_inner inner, const uint8_t *bytes, uint32_t len)
{
	struct pcap_pkthdr header = { .caplen = len, .len = len };

	return programs[inner].bf_len && len &&
	       pcap_offline_filter(&programs[inner], &header, bytes);
}

static void compare(uint32_t kind, uint32_t n, const struct packet *outer,
		    int form, int want, int take_tag)
{
	int got;

	/*
	 * The kernel puts the network header behind the Ethernet header. What
	 * a probe sees before it goes out has no padding.
	 */
	if (forms[form].is_l3 && agree_has_tag(outer->bytes, outer->len))
		return;
	if (forms[form].is_l3 && forms[form].output && (n % 5 == 1 || n % 5 == 2))
		return;
	got = agree_run(progs[form], outer->bytes, outer->len, take_tag);
	runs++;
	matched += got == 1;
	if (got != want && wrong++ < SAID_MAX)
		printf("# %s, %s, variant %u%s: got %d, want %d\n",
		       forms[form].name, tunnel_name(kind), n,
		       take_tag ? ", tag in the sk_buff" : "", got, want);
}

static void try(uint32_t kind, uint32_t n)
{
	struct packet inner, outer;
	enum tunnel_inner inside;
	uint32_t offset, end;
	int want;

	memset(&outer, 0, sizeof(outer));
	packet_make(n, &inner);
	inside = tunnel_make(kind, n, &inner, &outer, &offset, &end);
	if (n % 5 == 0 && end > offset)		/* cut off */
		outer.len = end = offset + n % (end - offset);
	else if (n % 5 == 1 && end < 1500)	/* padding */
		outer.len += 20;
	want = inside == TUNNEL_NOTHING ? 0 :
	       wanted(inside, outer.bytes + offset, end - offset);
	for (int form = 0; form < FORMS; form++) {
		compare(kind, n, &outer, form, want, 0);
		if (!forms[form].is_l3 && agree_has_tag(outer.bytes, outer.len))
			compare(kind, n, &outer, form, want, 1);
	}
}

static void load(const char *dir, const char *expression)
{
	char path[256];

	if (agree_filter("", expression))
		exit(1);
	for (int form = 0; form < FORMS; form++) {
		snprintf(path, sizeof(path), "%s/%s.o", dir,
			 forms[form].object);
		progs[form] = agree_load(path, forms[form].is_l3, NULL);
		if (progs[form] < 0)
			errx(1, "%s: %s", path, strerror(-progs[form]));
	}
}

static void try_expression(const char *expression, uint32_t count)
{
	compile(expression, TUNNEL_ETHER, DLT_EN10MB);
	compile(expression, TUNNEL_L3, DLT_RAW);
	runs = matched = wrong = 0;
	for (uint32_t kind = 0; kind < TUNNEL_KINDS; kind++)
		for (uint32_t n = 0; n < count; n++)
			try(kind, n);
	for (int form = 0; form < FORMS; form++)
		close(progs[form]);
}

int main(int argc, char **argv)
{
	char expression[LINE_LEN];
	int line;

	if (argc != 3)
		errx(2, "usage: inner DIR COUNT");
	for (line = 1; fgets(expression, sizeof(expression), stdin); line++) {
		expression[strcspn(expression, "\n")] = '\0';
		load(argv[1], expression);
		try_expression(expression, atoi(argv[2]));
		printf("%sok %d - inner: %s\n", wrong ? "not " : "", line,
		       expression);
		printf("# %lu runs, %lu matches\n", runs, matched);
		fflush(stdout);
	}
	printf("1..%d\n", line - 1);
	return 0;
}
