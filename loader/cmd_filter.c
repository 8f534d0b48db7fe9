// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload filter [-I INNER] [-m MARK[/MASK]] [-u UID] [-p PID] [-c COMM]
 *		  [-e EXPRESSION | icmp|icmp6|tcp|udp ADDRESS]
 *
 * The packets that are wanted, as C (filter_header.h): those of an expression,
 * or of a protocol from an address; without either all that the options want.
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
#include "filter/filter_header.h"

#define PID_MAX		(4 * 1024 * 1024)	/* PID_MAX_LIMIT */

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

static int usage(void)
{
	warnx("usage: bpfload filter [-I INNER] [-m MARK[/MASK]] [-u UID] [-p PID] [-c COMM] [-e EXPRESSION | PROTOCOL ADDRESS]");
	return STATUS_USAGE;
}

/* A number of at most 32 bits, digits or 0x and digits; NULL: none. */
static const char *parse_u32(const char *text, __u32 *value)
{
	int base = text[0] == '0' && (text[1] | 0x20) == 'x' ? 16 : 10;
	unsigned long long number;
	char *end;

	if (text[0] < '0' || text[0] > '9')
		return NULL;
	errno = 0;
	number = strtoull(text, &end, base);
	*value = number;
	return errno || number > 0xffffffff ? NULL : end;
}

static int parse_mark(const char *text, struct filter_wanted *wanted)
{
	const char *end = parse_u32(text, &wanted->mark);

	wanted->has_mark = 1;
	wanted->mask = 0xffffffff;
	if (end && *end == '/')
		end = parse_u32(end + 1, &wanted->mask);
	if (!end || *end) {
		warnx("mark '%s': must be MARK or MARK/MASK, numbers of 32 bits",
		      text);
		return STATUS_USAGE;
	}
	if (wanted->mark & ~wanted->mask) {
		warnx("mark '%s': it can never match: the mask has not all bits of the mark",
		      text);
		return STATUS_USAGE;
	}
	return 0;
}

static int parse_id(const char *what, const char *text, __u32 min, __u32 max,
		    __u32 *value)
{
	const char *end = parse_u32(text, value);

	if (end && !*end && *value >= min && *value <= max)
		return 0;
	warnx("%s '%s': must be a number from %u to %u", what, text, min, max);
	return STATUS_USAGE;
}

static int parse_comm(const char *text, struct filter_wanted *wanted)
{
	wanted->comm = text;
	if (*text && strlen(text) <= COMM_MAX)
		return 0;
	warnx("command '%s': must have 1 to %d bytes, as in /proc/PID/comm",
	      text, COMM_MAX);
	return STATUS_USAGE;
}

static int parse_option(int option, char *value, struct filter_wanted *wanted)
{
	switch (option) {
	case 'e':
		wanted->expression = value;
		return 0;
	case 'I':
		wanted->inner = value;
		return 0;
	case 'm':
		return parse_mark(value, wanted);
	case 'u':
		wanted->has_uid = 1;
		return parse_id("user", value, 0, 0xfffffffe, &wanted->uid);
	case 'p':
		wanted->has_pid = 1;
		return parse_id("process", value, 1, PID_MAX, &wanted->pid);
	case 'c':
		return parse_comm(value, wanted);
	}
	return usage();
}

static int parse_protocol(const char *name, struct filter_wanted *wanted,
			  int *only)
{
	for (size_t i = 0; i < PROTOCOLS; i++) {
		if (strcmp(name, protocols[i].name))
			continue;
		wanted->protocol = protocols[i].name;
		wanted->number = protocols[i].number;
		*only = protocols[i].only;
		return 0;
	}
	warnx("unknown protocol '%s'", name);
	return STATUS_USAGE;
}

static int parse_short(char **words, struct filter_wanted *wanted)
{
	int only;

	if (parse_protocol(words[0], wanted, &only))
		return STATUS_USAGE;
	if (inet_pton(AF_INET, words[1], wanted->address) == 1)
		wanted->family = 4;
	else if (inet_pton(AF_INET6, words[1], wanted->address) == 1)
		wanted->family = 6;
	if (!wanted->family) {
		warnx("'%s' is no IPv4 or IPv6 address", words[1]);
		return STATUS_USAGE;
	}
	if (only && only != wanted->family) {
		warnx("'%s' is an IPv%d address, %s needs one of IPv%d",
		      words[1], wanted->family, words[0], only);
		return STATUS_USAGE;
	}
	return 0;
}

static int wants_anything(const struct filter_wanted *wanted)
{
	return wanted->expression || wanted->inner || wanted->comm ||
	       wanted->has_mark || wanted->has_uid || wanted->has_pid;
}

static int parse(int argc, char **argv, struct filter_wanted *wanted)
{
	int option, status;

	while ((option = getopt(argc, argv, "e:I:m:u:p:c:")) != -1) {
		status = parse_option(option, optarg, wanted);
		if (status)
			return status;
	}
	if (optind == argc - 2 && !wanted->expression)
		return parse_short(argv + optind, wanted);
	if (optind != argc || !wants_anything(wanted))
		return usage();
	if (!wanted->expression)
		wanted->expression = "";
	return 0;
}

int cmd_filter(int argc, char **argv)
{
	struct filter_wanted wanted = {};
	int error;

	error = parse(argc, argv, &wanted);
	if (error)
		return error;
	error = filter_header_write(&wanted, stdout);
	if (error && error != -EINVAL && error != -EOPNOTSUPP)
		warnx("filter: %s", strerror(-error));
	return error == -EINVAL ? STATUS_USAGE : error ? 1 : 0;
}
