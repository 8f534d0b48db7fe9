// SPDX-License-Identifier: GPL-2.0-only
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map.h"
#include "prog.h"
#include "reloc.h"
#include "sys.h"

#define LOG_START	(1 << 16)	/* bytes; it grows fourfold … */
#define LOG_MAX		(1 << 24)	/* … up to what the kernel allows (5.2) */
#define TAIL_LINES	12
#define MAX_MAPS	16

int prog_whole_log;

static const struct {
	const char *section;
	enum bpf_prog_type type;
} prog_types[] = {
	{ "classifier", BPF_PROG_TYPE_SCHED_CLS },
	{ "tc", BPF_PROG_TYPE_SCHED_CLS },
	{ "kprobe/", BPF_PROG_TYPE_KPROBE },
	{ "raw_tracepoint/", BPF_PROG_TYPE_RAW_TRACEPOINT },
	{ "raw_tp/", BPF_PROG_TYPE_RAW_TRACEPOINT },
};

static enum bpf_prog_type prog_type(const char *section)
{
	for (size_t i = 0; i < sizeof(prog_types) / sizeof(*prog_types); i++) {
		const char *name = prog_types[i].section;

		if (!strncmp(section, name, strlen(name)))
			return prog_types[i].type;
	}
	return BPF_PROG_TYPE_UNSPEC;
}

static const char *log_tail(const char *log)
{
	const char *tail = log + strlen(log);

	for (int lines = 0; tail > log && lines <= TAIL_LINES; tail--)
		lines += tail[-1] == '\n';
	return tail > log ? tail + 1 : log;
}

/* Loads it again with a log, and prints what the verifier has to say. */
static void show_log(enum bpf_prog_type type, const struct object *obj,
		     const struct obj_prog *prog)
{
	__u32 size = LOG_START;
	char *log = NULL;
	int ret;

	do {
		free(log);
		log = calloc(1, size);
		if (!log)
			return;
		ret = sys_prog_load(type, prog->name, prog->insns,
				    prog->insn_count, obj->license, log, size);
		size *= 4;
	} while (ret == -ENOSPC && size <= LOG_MAX);
	if (*log)
		warnx("the end of the verifier's log:\n%s",
		      prog_whole_log ? log : log_tail(log));
	free(log);
}

int prog_load(struct object *obj, const int *map_fds)
{
	struct obj_prog *prog = &obj->progs[0];
	enum bpf_prog_type type = prog_type(prog->section);
	int ret;

	if (type == BPF_PROG_TYPE_UNSPEC) {
		warnx("program '%s': no program type is known for section '%s'",
		      prog->name, prog->section);
		return -EINVAL;
	}
	ret = reloc_maps(prog, map_fds);
	if (ret)
		return ret;
	ret = sys_prog_load(type, prog->name, prog->insns, prog->insn_count,
			    obj->license, NULL, 0);
	if (ret < 0) {
		warnx("program '%s': the kernel refuses it: %s", prog->section,
		      strerror(-ret));
		show_log(type, obj, prog);
	}
	return ret;
}

int prog_load_file(const char *path, const char *dir, int create)
{
	int fds[MAX_MAPS], ret;
	struct object *obj;

	ret = object_open(path, &obj);
	if (ret)
		return ret;
	if (obj->map_count > MAX_MAPS) {
		warnx("%s: more than %d maps", path, MAX_MAPS);
		ret = -E2BIG;
		goto cleanup;
	}
	ret = create ? maps_pin(obj, dir, fds) : maps_bind(obj, dir, fds);
	if (ret)
		goto cleanup;
	ret = prog_load(obj, fds);
	maps_close(fds, obj->map_count);
cleanup:
	object_free(obj);
	return ret;
}
