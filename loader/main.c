// SPDX-License-Identifier: GPL-2.0-only
/* bpfload: the subcommands, each of which is one step of bpfpath.sh. */
#include <err.h>
#include <errno.h>
#include <libelf.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "cmd.h"

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *what;
} commands[] = {
	{ "attach", cmd_attach, "attach kprobes while a command runs" },
	{ "check", cmd_check, "show what this kernel can do" },
	{ "find", cmd_find, "all functions that take a packet" },
	{ "fields", cmd_fields, "which members of packets are read, as a file" },
	{ "filter", cmd_filter, "which packets are wanted, as a file; or that as text" },
	{ "front", cmd_front, "which programs see packets before a classifier" },
	{ "netdevs", cmd_netdevs, "interfaces of the network namespace" },
	{ "list", cmd_list, "which functions can be probed, and how" },
	{ "pin", cmd_pin, "load a classifier, pin it and its maps" },
	{ "tcx", cmd_tcx, "attach classifiers before all other programs" },
	{ "trace", cmd_trace, "attach probes, write records" },
};

#define COMMANDS (sizeof(commands) / sizeof(*commands))

static void usage(FILE *out)
{
	fputs("usage: bpfload COMMAND [ARGUMENT…]\n", out);
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(out, "  %-8s %s\n", commands[i].name, commands[i].what);
}

/*
 * Before 5.11 maps and programs count as locked memory (map.c says so when that
 * is what fails); each probe takes two descriptors.
 */
static void raise_limits(void)
{
	struct rlimit limit = { RLIM_INFINITY, RLIM_INFINITY };

	setrlimit(RLIMIT_MEMLOCK, &limit);
	if (!getrlimit(RLIMIT_NOFILE, &limit)) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

int main(int argc, char **argv)
{
	program_invocation_short_name = (char *)"bpfpath";
	if (argc > 1 && (!strcmp(argv[1], "-h") || !strcmp(argv[1], "--help"))) {
		usage(stdout);
		return 0;
	}
	for (size_t i = 0; argc > 1 && i < COMMANDS; i++) {
		if (strcmp(argv[1], commands[i].name))
			continue;
		raise_limits();
		elf_version(EV_CURRENT);
		return commands[i].run(argc - 1, argv + 1);
	}
	if (argc > 1)
		warnx("bpfload: unknown command '%s'", argv[1]);
	usage(stderr);
	return 2;
}
