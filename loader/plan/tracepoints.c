// SPDX-License-Identifier: GPL-2.0-only
#include "tracepoints.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../btf/args.h"
#include "../../lib/grow.h"

#define PREFIX "btf_trace_"

/* Messages between kernel and programs are packets, but nobody's traffic. */
static bool is_noise(const char *name)
{
	return !strncmp(name, "netlink_", 8);
}

static bool takes_packet(const struct tracepoint *tp)
{
	struct args args;

	return args_find(tp->btf, tp->proto, CALL_TRACEPOINT, &args);
}

/* The tracepoint that a type is the prototype of; 0 when it is none. */
static int tracepoint_of(const struct btf *btf, uint32_t id,
			 struct tracepoint *tp)
{
	const struct btf_type *type = btf_type_by_id(btf, id);
	const char *name;

	if (btf_kind(type) != KIND_TYPEDEF)
		return 0;
	name = btf_string(btf, type->name_off);
	if (strncmp(name, PREFIX, strlen(PREFIX)))
		return 0;
	name += strlen(PREFIX);
	if (!*name || strlen(name) >= sizeof(tp->name))
		return 0;
	strcpy(tp->name, name);
	tp->noise = is_noise(name);
	tp->btf = btf;
	tp->proto = btf_proto(btf, id);
	return tp->proto != 0;
}

static int tracepoints_add(struct tracepoints *tps, const struct tracepoint *tp)
{
	struct tracepoint *grown = grow(tps->list, tps->count, sizeof(*grown));

	if (!grown)
		return -ENOMEM;
	tps->list = grown;
	grown[tps->count++] = *tp;
	return 0;
}

static int tracepoints_scan(struct tracepoints *tps, const struct btf *btf,
			    const char *module)
{
	struct tracepoint tp = { .module = module };
	uint32_t id;
	int err = 0;

	for (id = btf_first(btf); !err && id < btf_end(btf); id++)
		if (tracepoint_of(btf, id, &tp) && takes_packet(&tp))
			err = tracepoints_add(tps, &tp);
	return err;
}

static int tracepoint_compare(const void *a, const void *b)
{
	const struct tracepoint *left = a, *right = b;

	return strcmp(left->name, right->name);
}

/* Sorts, and keeps one of each name. */
static void tracepoints_sort(struct tracepoints *tps)
{
	uint32_t i, kept = 0;

	if (!tps->count)
		return;
	qsort(tps->list, tps->count, sizeof(*tps->list), tracepoint_compare);
	for (i = 1; i < tps->count; i++)
		if (strcmp(tps->list[i].name, tps->list[kept].name))
			tps->list[++kept] = tps->list[i];
	tps->count = kept + 1;
}

int tracepoints_find(struct btf_set *btfs, struct tracepoints **out)
{
	struct tracepoints *tps = calloc(1, sizeof(*tps));
	const struct btf *btf = btfs_vmlinux(btfs);
	int i, err = 0;

	*out = NULL;
	if (!tps)
		return -ENOMEM;
	if (btf)
		err = tracepoints_scan(tps, btf, "");
	for (i = 0; !err && i < btfs_module_count(btfs); i++) {
		btf = btfs_module(btfs, btfs_module_name(btfs, i));
		if (btf)
			err = tracepoints_scan(tps, btf,
					       btfs_module_name(btfs, i));
	}
	if (err) {
		tracepoints_free(tps);
		return err;
	}
	tracepoints_sort(tps);
	*out = tps;
	return 0;
}

void tracepoints_free(struct tracepoints *tps)
{
	if (!tps)
		return;
	free(tps->list);
	free(tps);
}

int tracepoint_get(struct btf_set *btfs, const char *name,
		   struct tracepoint *tp)
{
	char typedef_name[sizeof(PREFIX) + FUNC_NAME_LEN];
	const struct btf *btf = btfs_vmlinux(btfs);
	uint32_t id;
	int i;

	snprintf(typedef_name, sizeof(typedef_name), PREFIX "%s", name);
	id = btf ? btf_find(btf, typedef_name, KIND_TYPEDEF) : 0;
	tp->module = "";
	for (i = 0; !id && i < btfs_module_count(btfs); i++) {
		tp->module = btfs_module_name(btfs, i);
		btf = btfs_module(btfs, tp->module);
		id = btf ? btf_find(btf, typedef_name, KIND_TYPEDEF) : 0;
	}
	return id && tracepoint_of(btf, id, tp) ? 0 : -ENOENT;
}
