// SPDX-License-Identifier: GPL-2.0-only
#include "attached.h"

#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../kernel/sys.h"
#include "../lib/pool.h"
#include "../plan/ct_sites.h"
#include "../plan/neighbours.h"
#include "../plan/rules.h"

static bool is_absent(const struct probe *probe)
{
	return probe->how == HOW_SKIP && !strcmp(probe->why, WHY_ABSENT);
}

static void count_returns(struct attached *attached)
{
	const struct plan *plan = attached->plan;
	uint32_t last = 0;

	for (uint32_t i = 0; i < plan->count; i++) {
		if (attached->errors[i] ||
		    !probe_sees_return(&plan->probes[i]))
			continue;
		attached->returns += plan->probes[i].num != last;
		last = plan->probes[i].num;
	}
}

/* Copy sites tell of no step, nor do rules. */
static bool is_function(const struct probe *probe)
{
	return probe->role == PROBE_STEP || probe->role == PROBE_CALLEE;
}

/* Probes of one number stand side by side and count as one function. */
static void count_functions(struct attached *attached)
{
	const struct plan *plan = attached->plan;
	uint32_t last = 0, last_attached = 0;

	for (uint32_t i = 0; i < plan->count; i++) {
		uint32_t num = plan->probes[i].num;

		if (!is_function(&plan->probes[i]))
			continue;
		if (is_absent(&plan->probes[i]))
			attached->absent += num != last;
		else
			attached->total += num != last;
		last = num;
		if (!attached->errors[i] && num != last_attached) {
			attached->count++;
			last_attached = num;
		}
	}
}

void attached_count(struct attached *attached)
{
	count_functions(attached);
	count_returns(attached);
}

static void detach_one(void *ctx, uint32_t i)
{
	struct attached *attached = ctx;

	close(attached->attachments[i].fd);
	close(attached->attachments[i].prog_fd);
}

void attached_undo(struct attached *attached)
{
	pool_run(attached->attachment_count, detach_one, attached);
	free(attached->attachments);
	free(attached->errors);
	free(attached->refused);
	memset(attached, 0, sizeof(*attached));
}

void attached_summary(const struct attached *attached, bool names)
{
	const struct plan *plan = attached->plan;

	char absent[64] = "";

	if (attached->absent)
		snprintf(absent, sizeof(absent),
			 "; %u of the list are not in this kernel",
			 attached->absent);
	warnx("%u of %u functions probed%s%s", attached->count, attached->total,
	      absent,
	      names || attached->count == attached->total ? "" :
							    "; -v names the rest");
	if (attached->returns)
		warnx("%u of them where they return, too", attached->returns);
	for (uint32_t i = 0; names && i < plan->count; i++) {
		const struct probe *probe = &plan->probes[i];

		if (attached->errors[i])
			warnx("  not probed: %s%s: %s",
			      probe->role == PROBE_RETURN ? "return of " : "",
			      probe->name,
			      probe->how == HOW_SKIP ?
				      probe->why :
				      strerror(-attached->errors[i]));
	}
}

static const char *rule_missing(const struct probe *probe)
{
	if (rules_is_xt(probe))
		return "rules of iptables are not named";
	if (ct_sites_is_one(probe))
		return "why conntrack calls packets invalid, and clashes, are not told";
	if (neighbours_is_question(probe) || neighbours_is_witness(probe))
		return "why ARP or neighbour discovery does not answer is not told";
	return "rules of nftables are not named";
}

/* What a path lacks without the probe; NULL: a function, these are counted. */
static const char *missing(const struct probe *probe)
{
	switch (probe->role) {
	case PROBE_STEP:
		return probe->step.stage ?
			       "packets are not selected where they are made" :
			       NULL;
	case PROBE_COPY_SITE:
		return "what is made of a packet (clones, segments, fragments) is not followed";
	case PROBE_MERGE_SITE:
		return "what is merged into a packet (GRO, TCP, fragments) is not followed";
	case PROBE_RULE:
		return rule_missing(probe);
	default:
		return NULL;
	}
}

/* By an earlier probe. */
static int is_said(const struct attached *attached, uint32_t probe,
		   const char *what)
{
	for (uint32_t i = 0; i < probe; i++)
		if (attached->refused[i] &&
		    missing(&attached->plan->probes[i]) == what)
			return 1;
	return 0;
}

void attached_refusals(const struct attached *attached)
{
	const struct plan *plan = attached->plan;

	for (uint32_t i = 0; i < plan->count; i++) {
		const struct probe *probe = &plan->probes[i];
		const char *what = attached->refused[i] ? missing(probe) : NULL;

		if (what && !is_said(attached, i, what))
			warnx("%s: the kernel refuses %s at %s: %s", what,
			      plan_how_name(probe->how), probe->name,
			      strerror(-attached->errors[i]));
	}
}

/* Are all probes attached without which no witness tells? */
static bool has_questions(const struct attached *attached)
{
	for (uint32_t i = 0; i < attached->plan->count; i++)
		if (neighbours_is_question(&attached->plan->probes[i]) &&
		    attached->errors[i])
			return false;
	return true;
}

char *attached_names(const struct attached *attached)
{
	const struct plan *plan = attached->plan;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	int questions = has_questions(attached);
	uint32_t last = 0;

	if (!out)
		return NULL;
	for (uint32_t i = 0; i < plan->count; i++) {
		const struct probe *probe = &plan->probes[i];

		if (attached->errors[i] || probe->num == last ||
		    !(is_function(probe) ||
		      (questions && neighbours_is_witness(probe))))
			continue;
		fprintf(out, "%s%s", last ? " " : "", probe->name);
		last = probe->num;
	}
	return fclose(out) ? NULL : text;
}

int attached_missed(const struct attached *attached, uint64_t *total)
{
	uint64_t of_prog, of_link;
	int err = 0;

	*total = 0;
	for (uint32_t i = 0; !err && i < attached->attachment_count; i++) {
		const struct attachment *one = &attached->attachments[i];

		if (one->is_return || one->is_free)
			continue;
		err = sys_prog_missed(one->prog_fd, &of_prog);
		if (!err)
			err = sys_link_missed(one->fd, &of_link);
		if (!err)
			*total += of_prog + of_link;
	}
	return err;
}
