// SPDX-License-Identifier: GPL-2.0-only
#include "target.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../bpf/bpfpath.h"

#define FORMAT_WORDS	12	/* kp_format0, … */
#define FORMAT_END	": %llu ns #%llx.%llx"

/*
 * The object that was compiled for one function (bpf/target.h: macros). Output probes and
 * copy sites have none.
 */
static char *own_object(const struct probe *probe, const char *dir)
{
	char *path = NULL;

	if (probe->how != HOW_KPROBE || target_group(probe))
		return NULL;
	if (asprintf(&path, "%s/kprobe/%u.%s.%d.%d.o", dir, probe->num,
		     probe->name, probe->step.verdict, probe->arg) < 0)
		return NULL;
	if (!access(path, R_OK))
		return path;
	free(path);
	return NULL;
}

char *target_object(const struct probe *probe, const char *dir, bool own)
{
	char *path = own ? own_object(probe, dir) : NULL;

	if (!path && asprintf(&path, "%s/%s.o", dir,
			      plan_how_name(probe->how)) < 0)
		path = NULL;
	return path;
}

int target_group(const struct probe *probe)
{
	switch (probe->role) {
	case PROBE_CALLEE:
		return 1;
	case PROBE_COPY_SITE:
	case PROBE_MERGE_SITE:
		return 3;
	default:
		return probe_stage(probe) ? 2 : 0;
	}
}

/* What it prints in trace_pipe: of a copy site the "+" of a derivation (bpf/pipe.h). */
static int set_format(const struct probe *probe, struct consts *consts)
{
	char format[FORMAT_WORDS * sizeof(uint64_t)] = "", name[32];
	uint64_t word;
	int len, err;

	len = snprintf(format, sizeof(format), "%s%s%s",
		       probe->role == PROBE_COPY_SITE ? "+" : "",
		       probe->name, FORMAT_END);
	err = consts_set(consts, "kp_format_len", len + 1);
	for (int i = 0; !err && i < FORMAT_WORDS; i++) {
		memcpy(&word, format + i * sizeof(word), sizeof(word));
		snprintf(name, sizeof(name), "kp_format%d", i);
		err = consts_set(consts, name, word);
	}
	return err;
}

/* The constants of bpf/constants.def that depend on the probe's role. */
struct told {
	uint64_t verdict, arg, reason, caller, result, stage, parent;
	uint64_t is_fresh, is_bool, role, is_ip6, type, entry;
};

/* A program at a tracepoint is told of the caller only where packets end. */
static struct told step_told(const struct probe *probe)
{
	int verdict = probe->step.verdict;

	return (struct told){
		.verdict = verdict,
		.arg = probe->arg,
		.reason = verdict == VERDICT_DROPPED ? probe->step.reason_arg : 0,
		.caller = verdict == VERDICT_NONE ? 0 : probe->step.caller_arg,
		.stage = probe->step.stage,
		.role = probe->step.role,
	};
}

static struct told what_is_told(const struct probe *probe)
{
	switch (probe->role) {
	case PROBE_COPY_SITE:
		return (struct told){ .is_fresh = probe->copy_site.is_fresh,
				      .arg = probe->arg,
				      .parent = probe->copy_site.old_arg };
	case PROBE_MERGE_SITE:
		return (struct told){ .is_bool = probe->merge_site.is_bool,
				      .arg = probe->arg,
				      .result = probe->merge_site.result_arg,
				      .parent = probe->merge_site.other_arg };
	case PROBE_RETURN:
		return (struct told){ .arg = probe->arg,
				      .result = probe->returns.result_arg };
	case PROBE_PROG:
		return (struct told){ .result = probe->prog.result_arg,
				      .type = probe->prog.type,
				      .role = probe->prog.role,
				      .entry = probe->prog.entry };
	case PROBE_XDP:
		return (struct told){ .arg = probe->arg, .role = probe->xdp.role };
	case PROBE_RULE:
		return (struct told){ .is_ip6 = probe->rule.is_ip6,
				      .arg = probe->arg,
				      .parent = probe->rule.other_arg,
				      .role = probe->rule.role };
	default:
		return step_told(probe);
	}
}

int target_constants(const struct probe *probe, struct target *target)
{
	const struct told told = what_is_told(probe);
	const struct {
		const char *name;
		uint64_t value;
	} values[] = {
		{ "kp_num", probe->num },
		{ "kp_fin", told.verdict },
		{ "kp_arg", told.arg },
		{ "kp_deref", probe->deref },
		{ "kp_reason", told.reason },
		{ "kp_caller", told.caller },
		{ "kp_result", told.result },
		{ "kp_stage", told.stage },
		{ "kp_parent", told.parent },
		{ "kp_is_fresh", told.is_fresh },
		{ "kp_is_bool", told.is_bool },
		{ "kp_role", told.role },
		{ "kp_is_ip6", told.is_ip6 },
		{ "kp_type", told.type },
		{ "kp_entry", told.entry },
	};
	int err = 0;

	for (size_t i = 0; !err && i < sizeof(values) / sizeof(*values); i++)
		err = consts_set(&target->consts, values[i].name,
				   values[i].value);
	return err ? err : set_format(probe, &target->consts);
}
