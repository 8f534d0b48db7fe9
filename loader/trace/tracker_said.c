// SPDX-License-Identifier: GPL-2.0-only
#include "tracker_said.h"

#include <linux/bpf.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "../kernel/tc_progs.h"
#include "../syms/names.h"
#include "sock_owner.h"
#include "tracker_own.h"

/* What is attached where tc drops, when that is one program, and nothing else. */
static const struct tc_prog *attached_at(const struct tracker *tracker,
					 const struct event *last, bool is_egress)
{
	const struct tracker_ops *ops = tracker->ops;
	const struct tc_progs *progs;

	if (!ops->has_unseen || !ops->has_unseen(tracker->ctx) || !ops->tc_progs)
		return NULL;
	progs = ops->tc_progs(tracker->ctx, last->netns, last->ifindex, is_egress);
	return progs && progs->count == 1 && !progs->has_others ? progs->progs : NULL;
}

void tracker_add_attached(const struct tracker *tracker, struct record_fields *record,
			  const struct event *last, struct prog_texts *texts)
{
	const struct tc_prog *prog;
	char reason[64] = "";
	bool is_egress;

	if (!last->reason || strcmp(record->how, "dropped"))
		return;
	name_reason(tracker->names, last->reason, reason, sizeof(reason));
	is_egress = !strcmp(reason, "TC_EGRESS");
	if (!is_egress && strcmp(reason, "TC_INGRESS"))
		return;
	prog = attached_at(tracker, last, is_egress);
	if (!prog)
		return;
	snprintf(texts->id, sizeof(texts->id), "%u", prog->id);
	snprintf(texts->hook, sizeof(texts->hook), "%s/%s", prog->is_tcx ? "tcx" : "tc",
		 is_egress ? "egress" : "ingress");
	record->prog = texts->id;
	record->hook = texts->hook;
	record->rule = *prog->name ? prog->name : NULL;
}

/* Of a step of Open vSwitch: what that does with it. */
static void add_ovs(const struct tracker *tracker, struct record_fields *record,
		    const struct event *event, int role, char text[OVS_TEXT_LEN])
{
	char name[IF_NAMESIZE];
	bool has_name = event->to_ifindex && tracker->ops->ifname;

	has_name = has_name && !tracker->ops->ifname(tracker->ctx, event->to_netns,
						     event->to_ifindex, name);
	record->hook = "ovs";
	record->verdict = ovs_text(event, role, has_name ? name : NULL,
				   tracker->names, text);
}

/* The interface that a BPF program redirects to; the number, where it has no name. */
static const char *target_name(const struct tracker *tracker, const struct event *event,
			       bool is_number, char name[IF_NAMESIZE])
{
	uint32_t to = event->to_ifindex;

	if (is_number) {
		snprintf(name, IF_NAMESIZE, "%u", to);
		return name;
	}
	if (!to)
		return NULL;
	if (!tracker->ops->ifname ||
	    tracker->ops->ifname(tracker->ctx, event->netns, to, name))
		snprintf(name, IF_NAMESIZE, "%u", to);
	return name;
}

/* By the filter that it is at that device. */
static enum tc_means means_of(const struct tracker *tracker, const struct event *event,
			      uint32_t id)
{
	const struct tc_progs *progs = !tracker->ops->tc_progs ? NULL :
		tracker->ops->tc_progs(tracker->ctx, event->netns, event->ifindex,
				       !event->at_ingress);

	for (uint32_t i = 0; progs && i < progs->count; i++)
		if (progs->progs[i].id == id && !progs->progs[i].is_tcx)
			return progs->progs[i].is_direct ? TC_MEANS_ACTION :
							   TC_MEANS_CLASS;
	return TC_MEANS_UNKNOWN;
}

/* XDP redirects by such a map to what is no interface. */
static bool is_entry(const struct probe *probe, const struct event *event)
{
	return probe->prog.type == BPF_PROG_TYPE_XDP &&
	       (event->to_flags == BPF_MAP_TYPE_CPUMAP ||
		event->to_flags == BPF_MAP_TYPE_XSKMAP);
}

/* Of a step that is a BPF program's: what it has decided. */
static void add_prog(const struct tracker *tracker, struct record_fields *record,
		     const struct event *event, const struct probe *probe,
		     struct prog_texts *texts)
{
	char runner[FUNC_NAME_LEN], to[IF_NAMESIZE];

	name_caller(tracker->names, event->location, runner, sizeof(runner));
	prog_text(texts, &(struct prog_return){
		.id = probe->prog.id,
		.type = probe->prog.type,
		.runner = runner,
		.at_ingress = event->at_ingress,
		.result = event->reason,
		.to = target_name(tracker, event, is_entry(probe, event), to),
		.to_flags = event->to_flags,
		.means = prog_is_filter(runner) ?
				 means_of(tracker, event, probe->prog.id) :
				 TC_MEANS_UNKNOWN,
	});
	record->prog = texts->id;
	record->hook = texts->hook;
	record->verdict = texts->verdict;
}

/* Of a step where a socket of AF_XDP has got the packet: whose that is. */
static void add_socket(struct record_fields *record, const struct event *event,
		       struct prog_texts *texts)
{
	strcpy(texts->hook, "xdp");
	sock_owner_text(event->xsk, texts->verdict, sizeof(texts->verdict));
	record->hook = texts->hook;
	record->verdict = texts->verdict;
}

void tracker_add_said(const struct tracker *tracker, struct record_fields *record,
		      const struct event *event, struct said_texts *texts)
{
	const struct probe *probe = tracker_is_step(event) ?
					    tracker_probe(tracker, event->func) :
					    NULL;

	if (!probe)
		return;
	if (probe->role == PROBE_PROG)
		add_prog(tracker, record, event, probe, &texts->prog);
	else if (probe->role == PROBE_STEP && probe->step.role)
		add_ovs(tracker, record, event, probe->step.role, texts->ovs);
	else if (probe->role == PROBE_XDP && (probe->xdp.role == ROLE_XDP_SOCKET ||
					      probe->xdp.role == ROLE_XDP_SOCKET_SKB))
		add_socket(record, event, &texts->prog);
}
