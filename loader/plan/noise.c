// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names and prototypes tell noise. A netlink message is built by functions that
 * are called fill or dump (they say whether there was room, so they have a
 * result), by those that serve a dump (struct netlink_callback), and by those
 * of netlink itself. Functions on a packet's way that have such a name are
 * named here.
 */
#include "noise.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Beginnings of names. */
static const char *const tracepoints[] = {
	"__bpf_trace_",		  "__probestub_",
	"__traceiter_",		  "perf_trace_",
	"trace_event_raw_event_", "trace_event_get_offsets_",
	"trace_raw_output_",	  NULL,
};

static const char *const bpf[] = {
	"bpf_skb_",
	"__bpf_skb_",
	"bpf_lsm_",
	"bpf_kfree_skb",
	"bpf_internal_load_pointer_",
	NULL,
};

/* Whole words within names, between underscores. */
static const char *const netlink[] = {
	"nla", "nlattr", "nlmsg", "genl", "genlmsg", "netlink", "dumpit", NULL,
};

static const char *const builders[] = {"fill", "dump", NULL};

/* Ends of names that have such a word, but are on a packet's way. */
static const char *const on_the_way[] = {
	"fill_metadata_dst",
	"fill_skb_dst",
	"fill_skb_from_iter",
	NULL,
};

static int begins(const char *name, const char *const *words)
{
	for (; *words; words++)
		if (!strncmp(name, *words, strlen(*words)))
			return 1;
	return 0;
}

static int ends(const char *name, const char *const *words)
{
	size_t len = strlen(name), tail;

	for (; *words; words++) {
		tail = strlen(*words);
		if (len >= tail && !strcmp(name + len - tail, *words))
			return 1;
	}
	return 0;
}

static bool has_word(const char *name, const char *const *words)
{
	size_t len;
	int i;

	for (; *name; name += len + (name[len] == '_')) {
		len = strcspn(name, "_");
		for (i = 0; words[i]; i++)
			if (strlen(words[i]) == len &&
			    !strncmp(name, words[i], len))
				return true;
	}
	return false;
}

static int serves_dump(const struct btf *btf, uint32_t proto)
{
	int n;

	for (n = 1; btf_arg(btf, proto, n) != ARG_NONE; n++)
		if (btf_arg_points_to(btf, proto, n, "netlink_callback"))
			return 1;
	return 0;
}

static bool has_result(const struct btf *btf, uint32_t proto)
{
	const struct btf_type *type = btf_type_by_id(btf, proto);

	return type && type->type;
}

static bool is_netlink(const char *name, const struct btf *btf, uint32_t proto)
{
	return has_word(name, netlink) || serves_dump(btf, proto) ||
	       (has_word(name, builders) && has_result(btf, proto) &&
		!ends(name, on_the_way));
}

enum noise noise_of(const char *name, const struct btf *btf, uint32_t proto)
{
	if (begins(name, tracepoints))
		return NOISE_TRACEPOINT;
	if (begins(name, bpf))
		return NOISE_BPF;
	return is_netlink(name, btf, proto) ? NOISE_NETLINK : NOISE_NONE;
}

const char *noise_text(enum noise noise)
{
	static const char *const texts[NOISE_KINDS] = {
		[NOISE_NONE] = "",
		[NOISE_TRACEPOINT] = "part of a tracepoint",
		[NOISE_NETLINK] = "netlink messages",
		[NOISE_BPF] = "helper or hook of BPF programs",
	};

	return texts[noise];
}
