// SPDX-License-Identifier: GPL-2.0-only
#include "prog.h"

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../bpf/bpfpath.h"
#include "map.h"
#include "../elf/obj_funcs.h"
#include "../elf/prune.h"
#include "../elf/reloc.h"
#include "sys.h"

#define LOG_START	(1 << 16)	/* bytes; it grows fourfold … */
#define LOG_MAX		(1 << 24)	/* … up to what the kernel allows (5.2) */
#define TAIL_LINES	12

static const struct prog_kind {
	const char *section;
	enum bpf_prog_type type;
	uint32_t attach_type;	/* enum bpf_attach_type; 0: none */
} kinds[] = {
	{ "classifier", BPF_PROG_TYPE_SCHED_CLS, 0 },
	{ "tc", BPF_PROG_TYPE_SCHED_CLS, 0 },
	{ "kprobe/", BPF_PROG_TYPE_KPROBE, 0 },
	{ "kprobe.multi/", BPF_PROG_TYPE_KPROBE, ATTACH_KPROBE_MULTI },
	{ "kprobe.session/", BPF_PROG_TYPE_KPROBE, ATTACH_KPROBE_SESSION },
	{ "fentry/", BPF_PROG_TYPE_TRACING, BPF_TRACE_FENTRY },
	{ "fexit/", BPF_PROG_TYPE_TRACING, BPF_TRACE_FEXIT },
	{ "raw_tracepoint/", BPF_PROG_TYPE_RAW_TRACEPOINT, 0 },
	{ "raw_tp/", BPF_PROG_TYPE_RAW_TRACEPOINT, 0 },
};

static const struct prog_kind *kind_of(const char *section)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		const char *name = kinds[i].section;

		if (!strncmp(section, name, strlen(name)))
			return &kinds[i];
	}
	return NULL;
}

static const char *log_tail(const char *log)
{
	const char *tail = log + strlen(log);

	for (int lines = 0; tail > log && lines <= TAIL_LINES; tail--)
		lines += tail[-1] == '\n';
	return tail > log ? tail + 1 : log;
}

/* Loads it again with a log, and prints what the verifier has to say. */
static void show_log(struct prog_attr attr, int whole)
{
	char *log = NULL;
	int ret;

	attr.log_size = LOG_START;
	do {
		free(log);
		log = calloc(1, attr.log_size);
		if (!log)
			return;
		attr.log = log;
		ret = sys_prog_load(&attr);
		attr.log_size *= 4;
	} while (ret == -ENOSPC && attr.log_size <= LOG_MAX);
	if (*log)
		warnx("the end of the verifier's log:\n%s",
		      whole ? log : log_tail(log));
	free(log);
}

/*
 * Turns calls of SESSION_IS_RETURN into calls of the kernel's function, whose number is
 * the id of its type in vmlinux (BPF_PSEUDO_KFUNC_CALL, Linux 5.13).
 */
static void set_session(struct bpf_insn *insns, uint32_t count, uint32_t id)
{
	for (uint32_t i = 0; i < count; i++) {
		if (insns[i].code != (BPF_JMP | BPF_CALL) || insns[i].src_reg ||
		    insns[i].imm != SESSION_IS_RETURN)
			continue;
		insns[i].src_reg = PSEUDO_KFUNC_CALL;
		insns[i].imm = id;
	}
}

/* What returns 0. */
static const struct bpf_insn nothing[] = {
	{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0 },
	{ .code = BPF_JMP | BPF_EXIT },
};

#define NOTHING	(sizeof(nothing) / sizeof(*nothing))

struct value_ctx {
	const struct bound *bound;
	const struct target *target;
};

/* The target's constants, else the run's. */
static int value_of(const void *ctx, const char *name, uint64_t *value)
{
	const struct value_ctx *it = ctx;

	if (!consts_get(&it->target->consts, name, value))
		return 0;
	return consts_get(it->bound->consts, name, value);
}

int prog_relocate(const struct bound *bound, const struct target *target,
		  struct bpf_insn *insns)
{
	const struct value_ctx ctx = { bound, target };
	const struct reloc_values values = { value_of, &ctx };

	return reloc_apply(&bound->obj->progs[0], bound->map_fds, &values,
			   insns);
}

/* Without instructions. */
static struct prog_attr attr_of(const struct bound *bound,
				const struct prog_kind *kind,
				const struct target *target)
{
	return (struct prog_attr){
		.type = kind->type,
		.attach_type = kind->attach_type,
		.btf_id = target->btf_id,
		.btf_fd = target->btf_fd,
		.name = bound->obj->progs[0].name,
		.license = bound->obj->license,
	};
}

/* @insns: a copy of the program's, which other threads load, too. */
static int load(const struct bound *bound, const struct prog_kind *kind,
		const struct target *target, struct bpf_insn *insns)
{
	const struct obj_prog *prog = &bound->obj->progs[0];
	struct prog_attr attr = attr_of(bound, kind, target);
	int ret = prog_relocate(bound, target, insns);

	if (ret)
		return ret;
	set_session(insns, prog->insn_count, target->session_id);
	ret = prune(insns, prog->insn_count);
	if (ret < 0)
		return ret;
	attr.insns = insns;
	attr.insn_count = ret;
	ret = sys_prog_load(&attr);
	if (ret < 0 && kind->type != BPF_PROG_TYPE_TRACING) {
		warnx("program '%s': the kernel refuses it: %s", prog->section,
		      strerror(-ret));
		show_log(attr, bound->whole_log);
	}
	return ret;
}

int prog_load(const struct bound *bound, const struct target *target)
{
	const struct obj_prog *prog = &bound->obj->progs[0];
	const struct prog_kind *kind = kind_of(prog->section);
	size_t size = prog->insn_count * sizeof(*prog->insns);
	struct bpf_insn *insns;
	int ret;

	if (!kind) {
		warnx("program '%s': no program type is known for section '%s'",
		      prog->name, prog->section);
		return -EINVAL;
	}
	insns = malloc(size);
	if (!insns)
		return -ENOMEM;
	memcpy(insns, prog->insns, size);
	ret = load(bound, kind, target, insns);
	free(insns);
	return ret;
}

int prog_try(const struct bound *bound, const struct target *target)
{
	const struct prog_kind *kind = kind_of(bound->obj->progs[0].section);
	struct prog_attr attr;
	int fd;

	if (!kind)
		return -EINVAL;
	attr = attr_of(bound, kind, target);
	attr.insns = nothing;
	attr.insn_count = NOTHING;
	fd = sys_prog_load(&attr);
	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

const char *const field_funcs[FIELD_FUNCS] = { "read_fields", "skb_matches" };

static int add_field_function(struct object *obj, const struct obj_prog *func,
			      const char *name)
{
	struct obj_prog empty = {};
	int ret;

	if (!object_calls(obj, name))
		return 0;
	if (func && func->name)
		return object_add_function(obj, func);
	ret = obj_func_init(&empty, ".text", name, nothing, NOTHING);
	if (!ret)
		ret = object_add_function(obj, &empty);
	obj_func_clear(&empty);
	return ret;
}

/* Those of the functions that are called. */
static int add_functions(struct object *obj, const struct binding *binding)
{
	int ret = 0;

	for (uint32_t i = 0; !ret && i < binding->func_count; i++)
		if (binding->funcs[i].name &&
		    object_calls(obj, binding->funcs[i].name))
			ret = object_add_function(obj, &binding->funcs[i]);
	for (uint32_t i = 0; !ret && i < FIELD_FUNCS; i++)
		ret = add_field_function(obj, binding->fields ? &binding->fields[i] : NULL,
					 field_funcs[i]);
	return ret;
}

int bound_bind(struct object *obj, const struct binding *binding,
	       struct bound *bound)
{
	int ret = add_functions(obj, binding);

	if (!ret)
		ret = object_link(obj);
	*bound = (struct bound){ .obj = obj, .consts = binding->consts,
				 .whole_log = binding->whole_log };
	if (!ret) {
		bound->map_fds = calloc(obj->map_count + 1, sizeof(int));
		ret = bound->map_fds ? 0 : -ENOMEM;
	}
	if (!ret)
		ret = maps_bind(obj, binding, bound->map_fds);
	if (ret) {
		free(bound->map_fds);
		bound->map_fds = NULL;
		bound_close(bound);
	}
	return ret;
}

int bound_open(const char *path, const struct binding *binding,
	       struct bound *bound)
{
	struct object *obj;
	int ret = object_open(path, &obj);

	return ret ? ret : bound_bind(obj, binding, bound);
}

int bound_map(const struct bound *bound, const char *name)
{
	for (uint32_t i = 0; i < bound->obj->map_count; i++)
		if (!strcmp(bound->obj->maps[i].name, name))
			return bound->map_fds[i];
	return -ENOENT;
}

void bound_close(struct bound *bound)
{
	if (bound->map_fds)
		maps_close(bound->map_fds, bound->obj->map_count);
	free(bound->map_fds);
	object_free(bound->obj);
	memset(bound, 0, sizeof(*bound));
}
