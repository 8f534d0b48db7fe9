// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload filter icmp|icmp6|tcp|udp ADDRESS: the flags with which the
 * classifier is compiled to match packets of that protocol from ADDRESS (see
 * bpf/match.h).
 *
 * bpfload filter -e EXPRESSION [-l ether|raw]: the C of a filter expression,
 * for interfaces with an Ethernet header or without link-layer header (see
 * bpf/filter.h).
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "pcap_filter.h"

enum { STATUS_USAGE = 2 };

static const struct {
	const char *name;
	int number;
	int only;		/* IP version it belongs to; 0: both */
} protocols[] = {
	{ "icmp", IPPROTO_ICMP, 4 },
	{ "icmp6", IPPROTO_ICMPV6, 6 },
	{ "tcp", IPPROTO_TCP, 0 },
	{ "udp", IPPROTO_UDP, 0 },
};

#define PROTOCOLS (sizeof(protocols) / sizeof(*protocols))

static void print_flags(int family, int number, const unsigned char *address)
{
	printf("-DFILTER_FAMILY=%d -DFILTER_IP_PROTO=%d ", family, number);
	if (family == 4) {
		printf("-DFILTER_SRC_IP=0x%02x%02x%02x%02x\n", address[0],
		       address[1], address[2], address[3]);
		return;
	}
	for (int i = 0; i < 16; i++)
		printf("%s0x%02x", i ? "," : "-DFILTER_SRC_IP6=", address[i]);
	putchar('\n');
}

/* As a comment, which no expression can end or begin anew. */
static void print_expression(const char *expression)
{
	fputs("/* ", stdout);
	for (const char *at = expression; *at; at++) {
		putchar(*at == '\n' ? ' ' : *at);
		if ((at[0] == '*' && at[1] == '/') ||
		    (at[0] == '/' && at[1] == '*'))
			putchar(' ');
	}
	puts(" */");
}

static int print_c(const char *expression, enum filter_link link)
{
	struct cbpf_insn *insns;
	__u32 count;
	int error;

	error = pcap_filter(expression, link, &insns, &count);
	if (error)
		return error == -EINVAL ? STATUS_USAGE : 1;
	print_expression(expression);
	error = cbpf_write(insns, count, stdout);
	if (error)
		warnx("filter '%s': %s", expression, strerror(-error));
	free(insns);
	return error ? 1 : 0;
}

static int filter_usage(void)
{
	warnx("usage: bpfload filter -e EXPRESSION [-l ether|raw]");
	return STATUS_USAGE;
}

static int filter_expression(int argc, char **argv)
{
	const char *expression = NULL, *link = "ether";
	int option;

	while ((option = getopt(argc, argv, "e:l:")) != -1) {
		if (option == 'e')
			expression = optarg;
		else if (option == 'l')
			link = optarg;
		else
			return filter_usage();
	}
	if (!expression || optind != argc ||
	    (strcmp(link, "ether") && strcmp(link, "raw")))
		return filter_usage();
	return print_c(expression, strcmp(link, "raw") ? FILTER_LINK_ETHER :
							 FILTER_LINK_RAW);
}

static int filter_short(int argc, char **argv)
{
	unsigned char address[16];
	int family = 0;
	size_t i;

	if (argc != 3) {
		warnx("usage: bpfload filter PROTOCOL ADDRESS");
		return STATUS_USAGE;
	}
	for (i = 0; i < PROTOCOLS && strcmp(argv[1], protocols[i].name); i++)
		;
	if (i == PROTOCOLS) {
		warnx("unknown protocol '%s'", argv[1]);
		return STATUS_USAGE;
	}
	if (inet_pton(AF_INET, argv[2], address) == 1)
		family = 4;
	else if (inet_pton(AF_INET6, argv[2], address) == 1)
		family = 6;
	if (!family) {
		warnx("'%s' is no IPv4 or IPv6 address", argv[2]);
		return STATUS_USAGE;
	}
	if (protocols[i].only && protocols[i].only != family) {
		warnx("'%s' is an IPv%d address, %s needs one of IPv%d",
		      argv[2], family, argv[1], protocols[i].only);
		return STATUS_USAGE;
	}
	print_flags(family, protocols[i].number, address);
	return 0;
}

int cmd_filter(int argc, char **argv)
{
	if (argc > 1 && argv[1][0] == '-')
		return filter_expression(argc, argv);
	return filter_short(argc, argv);
}
