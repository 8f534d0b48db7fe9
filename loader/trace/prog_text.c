// SPDX-License-Identifier: GPL-2.0-only
#include "prog_text.h"

#include <linux/bpf.h>
#include <stdio.h>
#include <string.h>

#include "../../bpf/bpfpath.h"

/* include/uapi/linux/pkt_cls.h; tcx and netkit have the same numbers. */
static const char *const actions[] = {
	"TC_ACT_OK", "TC_ACT_RECLASSIFY", "TC_ACT_SHOT", "TC_ACT_PIPE",
	"TC_ACT_STOLEN", "TC_ACT_QUEUED", "TC_ACT_REPEAT", "TC_ACT_REDIRECT",
	"TC_ACT_TRAP",
};

/*
 * Functions that run programs, without the suffixes of compilers. What a function is
 * inlined into depends on the kernel: tcx_run() into that of the device's direction.
 */
static const struct runner {
	const char *name, *hook;
	int has_direction;
} runners[] = {
	{ "cls_bpf_classify", "tc", 1 },
	{ "tcf_bpf_act", "tc", 1 },
	{ "sch_handle_ingress", "tcx", 1 },
	{ "sch_handle_egress", "tcx", 1 },
	{ "tcx_run", "tcx", 1 },
	{ "__netif_receive_skb_core", "tcx", 1 },
	{ "__dev_queue_xmit", "tcx", 1 },
	{ "netkit_xmit", "netkit", 0 },
	{ "__cgroup_bpf_run_filter_skb", "cgroup_skb", 0 },
	{ "bpf_prog_run_array_cg", "cgroup_skb", 0 },
	{ "__bpf_prog_run_save_cb", "cgroup_skb", 0 },
	{ "sk_filter_trim_cap", "socket_filter", 0 },
	{ "run_filter", "socket_filter", 0 },
	{ "packet_rcv", "socket_filter", 0 },
	{ "tpacket_rcv", "socket_filter", 0 },
	{ "run_lwt_bpf", "lwt", 0 },
	{ "bpf_input", "lwt", 0 },
	{ "bpf_output", "lwt", 0 },
	{ "bpf_xmit", "lwt", 0 },
	{ "input_action_end_bpf", "lwt", 0 },
	{ "bpf_flow_dissect", "flow_dissector", 0 },
};

static const struct runner *find(const char *name)
{
	size_t len = strcspn(name, ".");

	for (size_t i = 0; i < sizeof(runners) / sizeof(*runners); i++)
		if (strlen(runners[i].name) == len &&
		    !strncmp(runners[i].name, name, len))
			return &runners[i];
	return NULL;
}

/*
 * Flags that the kernel keeps for itself in net/core/filter.c: bits 16 to 18, before 6.12
 * 1 to 3, which nobody else may set there.
 */
#define TO_INGRESS	1U
#define TO_NEIGH	(1U << 1 | 1U << 16)
#define TO_PEER		(1U << 2 | 1U << 17)

static void put_redirect(char text[PROG_TEXT_LEN], const char *name,
			 const struct prog_return *prog)
{
	const char *how = prog->to_flags & TO_PEER    ? "the peer of " :
			  prog->to_flags & TO_NEIGH   ? "a neighbour at " :
			  prog->to_flags & TO_INGRESS ? "ingress of " :
							"";

	if (prog->to)
		snprintf(text, PROG_TEXT_LEN, "%s to %s%s", name, how, prog->to);
	else
		snprintf(text, PROG_TEXT_LEN, "%s", name);
}

static void put_action(char text[PROG_TEXT_LEN], const struct prog_return *prog)
{
	uint32_t result = prog->result;

	if (result == UINT32_MAX)
		snprintf(text, PROG_TEXT_LEN, "TC_ACT_UNSPEC");
	else if (result == 7)
		put_redirect(text, actions[result], prog);
	else if (result < sizeof(actions) / sizeof(*actions))
		snprintf(text, PROG_TEXT_LEN, "%s", actions[result]);
	else
		snprintf(text, PROG_TEXT_LEN, "%u", result);
}

/* include/uapi/linux/bpf.h: enum bpf_ret_code. */
static void put_code(char text[PROG_TEXT_LEN], const struct prog_return *prog)
{
	if (prog->result == 0)
		snprintf(text, PROG_TEXT_LEN, "BPF_OK");
	else if (prog->result == 2)
		snprintf(text, PROG_TEXT_LEN, "BPF_DROP");
	else if (prog->result == 7)
		put_redirect(text, "BPF_REDIRECT", prog);
	else if (prog->result == 128)
		snprintf(text, PROG_TEXT_LEN, "BPF_LWT_REROUTE");
	else if (prog->result == 129)
		snprintf(text, PROG_TEXT_LEN, "BPF_FLOW_DISSECTOR_CONTINUE");
	else
		snprintf(text, PROG_TEXT_LEN, "%u", prog->result);
}

static void put_verdict(char text[PROG_TEXT_LEN], const struct prog_return *prog)
{
	switch (prog->type) {
	case BPF_PROG_TYPE_SCHED_CLS:
	case BPF_PROG_TYPE_SCHED_ACT:
		put_action(text, prog);
		break;
	case BPF_PROG_TYPE_CGROUP_SKB:
		snprintf(text, PROG_TEXT_LEN, "%s",
			 prog->result & 1 ? "allow" : "drop");
		break;
	case BPF_PROG_TYPE_SOCKET_FILTER:
		if (prog->result)
			snprintf(text, PROG_TEXT_LEN, "keep %u bytes", prog->result);
		else
			snprintf(text, PROG_TEXT_LEN, "drop");
		break;
	default:
		put_code(text, prog);
	}
}

/* Of a filter without direct-action: 0 is no match, all else a class. */
static void put_filter(char text[PROG_TEXT_LEN], const struct prog_return *prog)
{
	if (prog->means == TC_MEANS_ACTION)
		put_action(text, prog);
	else if (prog->means == TC_MEANS_CLASS)
		snprintf(text, PROG_TEXT_LEN, "%s", prog->result ? "match" : "no match");
}

int prog_is_filter(const char *runner)
{
	const struct runner *known = find(runner);

	return known && !strcmp(known->name, "cls_bpf_classify");
}

static const char *const xdp_actions[] = {
	"XDP_ABORTED", "XDP_DROP", "XDP_PASS", "XDP_TX", "XDP_REDIRECT",
};

/* Who has run it is known by what it has run. */
static void put_xdp(struct prog_texts *texts, const struct prog_return *prog)
{
	uint32_t result = prog->result;
	const char *what = prog->to_flags == BPF_MAP_TYPE_CPUMAP ? "CPU " :
			   prog->to_flags == BPF_MAP_TYPE_XSKMAP ? "AF_XDP, entry " :
								   "";

	strcpy(texts->hook, "xdp");
	if (result == XDP_REDIRECT && prog->to)
		snprintf(texts->verdict, PROG_TEXT_LEN, "%s to %s%s", xdp_actions[result],
			 what, prog->to);
	else if (result < sizeof(xdp_actions) / sizeof(*xdp_actions))
		snprintf(texts->verdict, PROG_TEXT_LEN, "%s", xdp_actions[result]);
	else
		snprintf(texts->verdict, PROG_TEXT_LEN, "%u", result);
}

int prog_ends(uint32_t type, uint32_t result)
{
	if (type != BPF_PROG_TYPE_XDP)
		return VERDICT_NONE;
	return result == XDP_TX ? VERDICT_CONSUMED : VERDICT_DROPPED;
}

void prog_text(struct prog_texts *texts, const struct prog_return *prog)
{
	const char *direction = prog->at_ingress ? "/ingress" : "/egress";
	const struct runner *known = find(prog->runner);

	snprintf(texts->id, sizeof(texts->id), "%u", prog->id);
	strcpy(texts->hook, "-");
	strcpy(texts->verdict, "-");
	if (prog->type == BPF_PROG_TYPE_XDP)
		put_xdp(texts, prog);
	if (!known || prog->type == BPF_PROG_TYPE_XDP)
		return;
	snprintf(texts->hook, sizeof(texts->hook), "%s%s", known->hook,
		 known->has_direction ? direction : "");
	if (prog_is_filter(prog->runner))
		put_filter(texts->verdict, prog);
	else
		put_verdict(texts->verdict, prog);
}
