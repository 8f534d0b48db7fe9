// SPDX-License-Identifier: GPL-2.0-only
#include "progs.h"
#include "progs_left.h"

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../bpf/bpfpath.h"
#include "../btf/btf.h"
#include "../kernel/sys.h"
#include "../lib/pool.h"
#include "../../lib/grow.h"
#include "target.h"

#define OURS		"bpfpath"	/* classifiers (bpf/classifier.c) */
#define BTF_MAX		(1 << 24)	/* bytes */
#define UNSURE_ARGS	5	/* of a program whose prototype the verifier does not
				   believe (btf_distill_func_proto()) */

/* Their context is an sk_buff when they run, or has one (bpf/prog.c). */
static int has_skb(uint32_t type)
{
	switch (type) {
	case BPF_PROG_TYPE_SCHED_CLS:
	case BPF_PROG_TYPE_SCHED_ACT:
	case BPF_PROG_TYPE_CGROUP_SKB:
	case BPF_PROG_TYPE_SOCKET_FILTER:
	case BPF_PROG_TYPE_LWT_IN:
	case BPF_PROG_TYPE_LWT_OUT:
	case BPF_PROG_TYPE_LWT_XMIT:
	case BPF_PROG_TYPE_LWT_SEG6LOCAL:
	case BPF_PROG_TYPE_FLOW_DISSECTOR:
		return 1;
	}
	return 0;
}

static int is_xdp(uint32_t type)
{
	return type == BPF_PROG_TYPE_XDP;
}

/* The program's BTF, to be freed by btf_free(). 0 or -errno. */
static int read_btf(uint32_t id, struct btf **btf)
{
	int fd = sys_btf_open(id), size, ret;
	void *bytes;

	if (fd < 0)
		return fd;
	size = sys_btf_bytes(fd, NULL, 0);
	bytes = size > 0 && size < BTF_MAX ? malloc(size) : NULL;
	ret = bytes ? sys_btf_bytes(fd, bytes, size) : -EINVAL;
	close(fd);
	if (ret >= 0)
		ret = btf_parse("BTF of a program", bytes, size, NULL, btf);
	free(bytes);
	return ret;
}

/* How many arguments the trampoline takes the program's function to have. */
static int count_args(const struct btf *btf, uint32_t func)
{
	uint32_t proto = btf_proto(btf, func);

	if (!proto || (!btf_arg_points_to(btf, proto, 1, "__sk_buff") &&
		       !btf_arg_points_to(btf, proto, 1, "xdp_md")))
		return UNSURE_ARGS;
	return btf_vlen(btf_type_by_id(btf, proto));
}

/* Names the probe by the program's function, since the program's name may be cut. */
static int describe(struct probe *probe, const struct prog_info *info, int fd)
{
	const struct btf_type *func;
	struct btf *btf;
	int err = sys_prog_func(fd, &probe->btf_id, &probe->prog.entry);

	if (!info->btf_id || err)
		return -ENOENT;
	err = read_btf(info->btf_id, &btf);
	if (err)
		return err;
	func = btf_type_by_id(btf, probe->btf_id);
	if (func)
		snprintf(probe->name, sizeof(probe->name), "%s",
			 btf_string(btf, func->name_off));
	probe->prog.result_arg = count_args(btf, probe->btf_id) + 1;
	btf_free(btf);
	return func ? 0 : -EINVAL;
}

/* What @probe, of the program @fd or of a function, is to be loaded for. */
static int attach_to(const struct bound *bound, struct prog_probe *new,
		     struct target *target)
{
	int err = target_constants(&new->probe, target);

	new->prog_fd = err ? err : prog_load(bound, target);
	consts_free(&target->consts);
	if (new->prog_fd < 0)
		return new->prog_fd;
	new->fd = sys_raw_tracepoint(NULL, new->prog_fd);
	if (new->fd >= 0)
		return 0;
	close(new->prog_fd);
	return new->fd;
}

/*
 * Loads and attaches a copy of @probe, which becomes part of the list. Until it is closed the
 * program @btf_fd stays in the kernel, also when nobody else uses it any more; of a function it
 * is the BTF of its module. 0 and *made, or -errno.
 */
static int attach(struct progs *progs, const struct bound *bound,
		  const struct probe *probe, int btf_fd, struct prog_probe **made)
{
	struct target target = { .btf_id = probe->btf_id, .btf_fd = btf_fd };
	struct prog_probe *new = calloc(1, sizeof(*new));
	int err;

	if (!new)
		return -ENOMEM;
	new->probe = *probe;
	err = attach_to(bound, new, &target);
	if (err) {
		free(new);
		return err;
	}
	new->next = progs->list;
	progs->list = new;
	progs->length++;
	*made = new;
	return 0;
}

/* A function beside the programs of XDP: one that cannot be probed is not. */
static void attach_beside(void *ctx, const struct probe *probe, int btf_fd)
{
	struct progs *progs = ctx;
	struct prog_probe *made;
	struct probe numbered = *probe;

	numbered.num = progs->next_num;
	if (progs->next_num >= MAX_FUNCS ||
	    attach(progs, xdp_bound(&progs->xdp, probe->how), &numbered, btf_fd, &made))
		return;
	progs->next_num++;
	progs->found(progs->ctx, &made->probe);
}

/* Where a program of XDP begins, and where it returns. */
static int attach_xdp(struct progs *progs, struct probe *probe, int fd,
		      struct prog_probe **made)
{
	int err = xdp_begin(&progs->xdp, attach_beside, progs);

	probe->num = progs->next_num;
	probe->how = HOW_XDP_FENTRY;
	probe->prog.role = ROLE_XDP_ENTER;
	if (!err)
		err = attach(progs, xdp_bound(&progs->xdp, probe->how), probe, fd, made);
	if (err)
		return err;
	probe->how = HOW_XDP_FEXIT;
	probe->prog.role = ROLE_XDP_LEAVE;
	return attach(progs, xdp_bound(&progs->xdp, probe->how), probe, fd, made);
}

static int add(struct progs *progs, const struct prog_info *info, int fd)
{
	struct probe probe = {
		.num = progs->next_num, .role = PROBE_PROG, .how = HOW_PROG,
		.module = "bpf", .arg = 1,
		.prog = { .id = info->id, .type = info->type },
	};
	struct prog_probe *made;
	int err = progs->next_num < MAX_FUNCS ? describe(&probe, info, fd) : -ENOSPC;

	if (!err)
		err = is_xdp(info->type) ?
			      attach_xdp(progs, &probe, fd, &made) :
			      attach(progs, &progs->bound, &probe, fd, &made);
	if (err)
		return err;
	progs->next_num++;
	progs->count++;
	progs->came += progs->begun;
	if (progs->begun && !progs->quiet)
		warnx("BPF program '%s' (id %u) came during the run, and is probed from now on",
		      made->probe.name, info->id);
	progs->found(progs->ctx, &made->probe);
	return 0;
}

/* Notes for progs_left_say() that the program cannot be a step. */
static void leave(struct progs *progs, const struct prog_info *info, int err)
{
	struct prog_left *grown;

	progs->unseen++;
	grown = grow(progs->left, progs->left_count, sizeof(*grown));

	if (!grown)
		return;
	progs->left = grown;
	grown[progs->left_count] = (struct prog_left){ .id = info->id, .err = err };
	grown[progs->left_count].is_xdp = is_xdp(info->type);
	strcpy(grown[progs->left_count++].name, info->name);
}

/* Programs may go at any moment. What is gone is nobody's step. */
static void take(struct progs *progs, uint32_t id)
{
	struct prog_info info = {};
	int fd = sys_prog_open(id), err;

	if (fd == -ENOENT)
		return;
	err = fd < 0 ? fd : sys_prog_info(fd, &info);
	info.id = id;
	if (!err && ((!has_skb(info.type) && !is_xdp(info.type)) ||
		     !strcmp(info.name, OURS))) {
		close(fd);
		return;
	}
	if (!err)
		err = add(progs, &info, fd);
	if (err)
		leave(progs, &info, err);
	if (fd >= 0)
		close(fd);
}

void progs_look(struct progs *progs)
{
	uint32_t id = progs->last_id;

	if (!progs->bound.obj)
		return;
	while (!sys_prog_next_id(id, &id)) {
		progs->last_id = id;
		take(progs, id);
	}
	progs_left_say(progs);
}

void progs_open(struct progs *progs, const struct plan *plan,
		const struct binding *binding, const char *objects, const char *btf)
{
	const struct probe probe = { .role = PROBE_PROG, .how = HOW_PROG };
	char *path = target_object(&probe, objects, false);

	progs->next_num = plan->count ? plan->probes[plan->count - 1].num + 1 : 1;
	if (!path || bound_open(path, binding, &progs->bound))
		warnx("BPF programs of others are no steps");
	free(path);
	xdp_open(&progs->xdp, binding, objects, btf);
	progs_look(progs);
	progs->begun = 1;
}

int progs_missed(const struct progs *progs, uint64_t *total)
{
	const struct prog_probe *one = progs->list;
	uint64_t missed;
	int err = 0;

	*total = progs->came;
	for (; !err && one; one = one->next) {
		err = sys_prog_missed(one->prog_fd, &missed);
		if (!err)
			*total += missed;
	}
	return err;
}

static void detach(void *ctx, uint32_t i)
{
	struct prog_probe **probes = ctx;

	close(probes[i]->fd);
	close(probes[i]->prog_fd);
}

/* Several at a time: the kernel waits for each. */
static void detach_all(struct progs *progs)
{
	struct prog_probe **probes = calloc(progs->length + 1, sizeof(*probes));
	struct prog_probe *one = progs->list;

	for (uint32_t i = 0; probes && one; one = one->next)
		probes[i++] = one;
	if (probes)
		pool_run(progs->length, detach, probes);
	free(probes);
}

void progs_close(struct progs *progs)
{
	struct prog_probe *next;

	detach_all(progs);
	for (; progs->list; progs->list = next) {
		next = progs->list->next;
		free(progs->list);
	}
	free(progs->left);
	xdp_close(&progs->xdp);
	bound_close(&progs->bound);
}
