// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload filter: writes which packets are wanted, as a file for commands that load
 * programs (filter/wanted.h): those of an expression, or of a protocol from an address;
 * without either all that the options want. EXPRESSION "-" is read from standard input,
 * since an argument has at most 128 KiB. --show prints such a file's filters as text, for
 * people.
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "filter/wanted.h"
#include "lib/file.h"

#define PID_MAX		(4 * 1024 * 1024)	/* PID_MAX_LIMIT */

enum { STATUS_USAGE = 2 };

enum { EXPRESSION = 1, INNER, MARK, UID, PID, COMM, IFNAME };

static const struct option long_options[] = {
	{ "expression", required_argument, NULL, EXPRESSION },
	{ "inner", required_argument, NULL, INNER },
	{ "mark", required_argument, NULL, MARK },
	{ "uid", required_argument, NULL, UID },
	{ "pid", required_argument, NULL, PID },
	{ "comm", required_argument, NULL, COMM },
	{ "ifname", required_argument, NULL, IFNAME },
	{ NULL, 0, NULL, 0 },
};

/* Protocols of the short form, and which version of IP is theirs; 0: both are. */
static const struct {
	const char *name;
	int only;
} protocols[] = {
	{ "icmp", 4 },
	{ "icmp6", 6 },
	{ "tcp", 0 },
	{ "udp", 0 },
};

#define PROTOCOLS (sizeof(protocols) / sizeof(*protocols))

static int usage(void)
{
	warnx("usage: bpfload filter [--inner EXPRESSION] [--mark MARK[/MASK]] "
	      "[--uid UID] [--pid PID] [--comm NAME] [--ifname NAME] "
	      "[--expression EXPRESSION | PROTOCOL ADDRESS]\n"
	      "       bpfload filter --show FILE");
	return STATUS_USAGE;
}

/* A number of at most 32 bits, digits or 0x and digits; NULL: none. */
static const char *parse_u32(const char *text, uint32_t *value)
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

static int parse_mark(const char *text, struct wanted *wanted)
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

static int parse_id(const char *what, const char *text, uint32_t min,
		    uint32_t max, uint32_t *value)
{
	const char *end = parse_u32(text, value);

	if (end && !*end && *value >= min && *value <= max)
		return 0;
	warnx("%s '%s': must be a number from %u to %u", what, text, min, max);
	return STATUS_USAGE;
}

static int parse_comm(const char *text, struct wanted *wanted)
{
	wanted->comm = text;
	if (*text && strlen(text) <= COMM_MAX)
		return 0;
	warnx("command '%s': must have 1 to %d bytes, as in /proc/PID/comm",
	      text, COMM_MAX);
	return STATUS_USAGE;
}

static int parse_option(int option, char *value, struct wanted *wanted)
{
	switch (option) {
	case EXPRESSION:
		wanted->expression = value;
		return 0;
	case INNER:
		wanted->inner = value;
		return 0;
	case MARK:
		return parse_mark(value, wanted);
	case UID:
		wanted->has_uid = 1;
		return parse_id("user", value, 0, 0xfffffffe, &wanted->uid);
	case PID:
		return parse_id("process", value, 1, PID_MAX, &wanted->pid);
	case COMM:
		return parse_comm(value, wanted);
	case IFNAME:
		wanted->ifname = value;
		return 0;
	}
	return usage();
}

static int parse_protocol(const char *name, int *only)
{
	for (size_t i = 0; i < PROTOCOLS; i++) {
		*only = protocols[i].only;
		if (!strcmp(name, protocols[i].name))
			return 0;
	}
	warnx("unknown protocol '%s'", name);
	return STATUS_USAGE;
}

/* The short form as an expression, in *bytes, to be freed. */
static int parse_short(char **words, struct wanted *wanted, char **bytes)
{
	unsigned char address[16];
	int only, family = 0;

	if (parse_protocol(words[0], &only))
		return STATUS_USAGE;
	if (inet_pton(AF_INET, words[1], address) == 1)
		family = 4;
	else if (inet_pton(AF_INET6, words[1], address) == 1)
		family = 6;
	if (!family) {
		warnx("'%s' is no IPv4 or IPv6 address", words[1]);
		return STATUS_USAGE;
	}
	if (only && only != family) {
		warnx("'%s' is an IPv%d address, %s needs one of IPv%d",
		      words[1], family, words[0], only);
		return STATUS_USAGE;
	}
	if (asprintf(bytes, "%s%s and src host %s",
		     family == 6 && !only ? "ip6 and " : "", words[0],
		     words[1]) < 0)
		return 1;
	wanted->expression = *bytes;
	return 0;
}

/* *bytes is to be freed. */
static int read_expression(struct wanted *wanted, char **bytes)
{
	size_t size;
	int err = file_read_fd(STDIN_FILENO, bytes, &size);

	if (err) {
		warnx("standard input: %s", strerror(-err));
		return 1;
	}
	wanted->expression = *bytes;
	if (strlen(*bytes) == size)
		return 0;
	warnx("standard input: a NUL byte is in it");
	return STATUS_USAGE;
}

static int wants_anything(const struct wanted *wanted)
{
	return wanted->expression || wanted->inner || wanted->comm ||
	       wanted->ifname || wanted->has_mark || wanted->has_uid ||
	       wanted->pid;
}

static int parse(int argc, char **argv, struct wanted *wanted, char **bytes)
{
	int option, status;

	while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		status = parse_option(option, optarg, wanted);
		if (status)
			return status;
	}
	if (optind == argc - 2 && !wanted->expression)
		return parse_short(argv + optind, wanted, bytes);
	if (optind != argc || !wants_anything(wanted))
		return usage();
	if (!wanted->expression)
		wanted->expression = "";
	return strcmp(wanted->expression, "-") ? 0 :
						 read_expression(wanted, bytes);
}

int cmd_filter(int argc, char **argv)
{
	struct wanted wanted = {};
	char *bytes = NULL;
	int err, status;

	if (argc == 3 && !strcmp(argv[1], "--show"))
		return wanted_text(argv[2], stdout) ? 1 : 0;
	status = parse(argc, argv, &wanted, &bytes);
	if (!status) {
		err = wanted_write(&wanted, stdout);
		if (err && err != -EINVAL && err != -EOPNOTSUPP)
			warnx("filter: %s", strerror(-err));
		status = err == -EINVAL ? STATUS_USAGE : err ? 1 : 0;
	}
	free(bytes);
	return status;
}
