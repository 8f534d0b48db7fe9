// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload attach: loads kprobe programs, of section "kprobe/FUNCTION", bound to the maps
 * pinned in DIR; makes maps that are not there. Attaches each to its function and runs
 * COMMAND. When that ends, removes all probes and exits with its status. For programs that
 * are no part of a run (Documentation/lesson.md).
 */
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "attach/attach.h"
#include "cmd.h"
#include "settings.h"

#define PREFIX	"kprobe/"

static int usage(void)
{
	warnx("usage: bpfload attach " SETTINGS_USAGE
	      " DIR OBJECT... -- COMMAND...");
	return 2;
}

/* It stays attached until this process ends. */
static int attach(const struct bound *bound, const char *path)
{
	const char *section = bound->obj->progs[0].section;
	const struct target target = {};
	struct probe probe = { .unique = 1 };
	const struct probe *probes = &probe;
	int fd, link;

	if (strncmp(section, PREFIX, strlen(PREFIX))) {
		warnx("%s: section '%s': must be " PREFIX "FUNCTION", path,
		      section);
		return -EINVAL;
	}
	snprintf(probe.symbol, sizeof(probe.symbol), "%s",
		 section + strlen(PREFIX));
	fd = prog_load(bound, &target);
	if (fd < 0)
		return fd;
	link = attach_kprobe.attach(fd, &probes, 1);
	if (link < 0)
		warnx("%s: cannot be probed: %s", probe.symbol, strerror(-link));
	close(fd);
	return link < 0 ? link : 0;
}

static int attach_all(const struct binding *binding, char **paths)
{
	struct bound bound;
	int err = 0;

	for (; !err && *paths; paths++) {
		err = bound_open(*paths, binding, &bound);
		if (err)
			break;
		err = attach(&bound, *paths);
		bound_close(&bound);
	}
	return err;
}

/* Its exit status, as a shell has it. */
static int run(char **command)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		execvp(*command, command);
		warn("%s", *command);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0) {
		warn("%s", *command);
		return 1;
	}
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* @words: DIR OBJECT... -- COMMAND..., up to NULL. */
static int attach_and_run(const struct settings *settings, char **words)
{
	struct binding binding = settings_binding(settings, words[0]);
	char **command = words + 1;

	while (*command && strcmp(*command, "--"))
		command++;
	if (command == words + 1 || !*command || !command[1])
		return usage();
	*command++ = NULL;
	binding.create = 1;
	return attach_all(&binding, words + 1) ? 1 : run(command);
}

int cmd_attach(int argc, char **argv)
{
	static const struct option long_options[] = {
		SETTINGS_OPTIONS,
		{ NULL, 0, NULL, 0 },
	};
	struct settings settings = {};
	int option, err = 0, status;

	while (!err &&
	       (option = getopt_long(argc, argv, "+", long_options, NULL)) != -1)
		err = settings_option(option, optarg, &settings);
	if (err)
		status = err > 0 ? usage() : 2;
	else
		status = optind < argc ? attach_and_run(&settings, argv + optind) :
					 usage();
	settings_free(&settings);
	return status;
}
