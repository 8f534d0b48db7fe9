// SPDX-License-Identifier: GPL-2.0-only
/*
 * trace_pipe (Documentation/trace/ftrace.rst): one reader for the whole
 * machine, who takes away what it reads. Our lines are
 *
 *	ping-71 [000] d.s1. 8562.0285: bpf_trace_printk: NAME: NS ns #TAG.SEQ
 *
 * where TAG is, in hex, the run in its upper and the packet in its lower 32
 * bits, and SEQ is likewise the member and the step. A derivation is "+NAME", with the
 * parent in the place of the step. Lines of others are passed over.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../syms/names.h"
#include "read.h"
#include "../lib/tracefs.h"

#define MARK "bpf_trace_printk: "

static const char *const tracefs[] = { TRACEFS, TRACEFS_OLD };

struct pipe_lines {
	char text[1 << 16];
	size_t len;
};

static int tracefs_open(const char *name, int flags)
{
	char path[128];
	int fd = -1;

	for (size_t i = 0; i < sizeof(tracefs) / sizeof(*tracefs); i++) {
		snprintf(path, sizeof(path), "%s/%s", tracefs[i], name);
		fd = open(path, flags | O_CLOEXEC);
		if (fd >= 0)
			return fd;
	}
	return -errno;
}

/* Somebody may have stopped tracing as a whole: that is theirs to undo. */
static bool tracing_is_on(void)
{
	char on = '1';
	int fd = tracefs_open("tracing_on", O_RDONLY);

	if (fd < 0)
		return true;
	if (read(fd, &on, 1) < 0)
		on = '1';
	close(fd);
	return on != '0';
}

static int pipe_open(struct reader *reader, const char *dir)
{
	(void)dir;
	if (!tracing_is_on()) {
		warnx("tracing_on in tracefs is 0: trace_pipe stays silent; use another -r");
		return -EBUSY;
	}
	reader->own = calloc(1, sizeof(struct pipe_lines));
	if (!reader->own)
		return -ENOMEM;
	reader->fd = tracefs_open("trace_pipe", O_RDONLY | O_NONBLOCK);
	if (reader->fd < 0) {
		warnx("trace_pipe: %s", strerror(-reader->fd));
		free(reader->own);
		return reader->fd;
	}
	return 0;
}

static int func_number(const struct plan *plan, const char *name, uint32_t *num)
{
	for (uint32_t i = 0; i < plan->count; i++) {
		if (strcmp(plan->probes[i].name, name))
			continue;
		*num = plan->probes[i].num;
		return 1;
	}
	return 0;
}

/* What happened: 0 where it is not known. */
static int pipe_event(const struct plan *plan, const char *name,
		      struct event *event)
{
	if (*name == '+') {
		event->func = FUNC_DERIVED;
		return !strcmp(name, "+original") ||
		       func_number(plan, name + 1, &event->copy_site);
	}
	event->hook = hook_named(name);
	if (event->hook == HOOKS)
		return func_number(plan, name, &event->func);
	event->func = FUNC_SELECTED;
	return 1;
}

static void pipe_line(struct reader *reader, const char *line)
{
	unsigned long long ns, tag, seq;
	struct event event = {
		.ident = NO_IDENT,
		.derived = NO_COUNT,
		.lost = NO_COUNT,
	};
	const char *text = strstr(line, MARK), *cpu = strstr(line, " [");
	char name[FUNC_NAME_LEN + 1];

	if (!text || sscanf(text + strlen(MARK), "%64[^: ]: %llu ns #%llx.%llx",
			    name, &ns, &tag, &seq) != 4)
		return;
	if (tag >> 32 != reader->run ||
	    !pipe_event(reader->plan, name, &event))
		return;
	event.ns = ns;
	event.packet = tag;
	event.member = seq >> 32;
	event.seq = seq;
	event.cpu = cpu ? strtoul(cpu + 2, NULL, 10) : 0;
	reader->event(reader->ctx, &event);
}

/* Hands on the whole lines, keeps the beginning of the last one. */
static void pipe_split(struct reader *reader)
{
	struct pipe_lines *lines = reader->own;
	char *line = lines->text, *end;

	while ((end = strchr(line, '\n'))) {
		*end = '\0';
		pipe_line(reader, line);
		line = end + 1;
	}
	lines->len = strlen(line);
	memmove(lines->text, line, lines->len + 1);
}

static int pipe_read(struct reader *reader)
{
	struct pipe_lines *lines = reader->own;
	ssize_t got;

	for (;;) {
		if (lines->len == sizeof(lines->text) - 1)
			lines->len = 0;		/* a line without end */
		got = read(reader->fd, lines->text + lines->len,
			   sizeof(lines->text) - 1 - lines->len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got < 0 && errno != EAGAIN ? -errno : 0;
		lines->len += got;
		lines->text[lines->len] = '\0';
		pipe_split(reader);
	}
}

/* Nobody counts the lines that trace_pipe had no room for. */
static int pipe_lost(const struct reader *reader, uint64_t counted,
		     uint64_t *lost)
{
	(void)reader;
	(void)counted;
	(void)lost;
	return -EOPNOTSUPP;
}

static void pipe_close(struct reader *reader)
{
	close(reader->fd);
	free(reader->own);
}

const struct read_ops read_pipe = {
	.name = "pipe",
	.open = pipe_open,
	.read = pipe_read,
	.lost = pipe_lost,
	.close = pipe_close,
};
