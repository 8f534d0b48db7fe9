// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../bpf/bpfpath.h"
#include "target.h"

#define FORMAT_WORDS	12	/* kp_format0, … */
#define FORMAT_END	": %llu ns #%llx.%llx"

/* The object of a function, which knows that by macros; seeds and makers have none. */
static char *own_object(const struct probe *probe, const char *dir)
{
	char *path = NULL;

	if (probe->how != HOW_KPROBE || target_group(probe))
		return NULL;
	if (asprintf(&path, "%s/kprobe/%u.%s.%d.%d.o", dir, probe->num,
		     probe->name, probe->fin, probe->arg) < 0)
		return NULL;
	if (!access(path, R_OK))
		return path;
	free(path);
	return NULL;
}

char *target_object(const struct probe *probe, const char *dir)
{
	char *path = own_object(probe, dir);

	if (!path && asprintf(&path, "%s/%s.o", dir,
			      plan_how_name(probe->how)) < 0)
		path = NULL;
	return path;
}

int target_group(const struct probe *probe)
{
	switch (probe->role) {
	case PROBE_ASIDE:
		return 1;
	case PROBE_MAKER:
	case PROBE_JOINER:
		return 3;
	default:
		return probe->rank ? 2 : 0;
	}
}

/* What it prints in trace_pipe: of a maker the "+" of a birth (bpf/pipe.h). */
static int set_format(const struct probe *probe, struct consts *consts)
{
	char format[FORMAT_WORDS * sizeof(__u64)] = "", name[32];
	__u64 word;
	int len, error;

	len = snprintf(format, sizeof(format), "%s%s%s",
		       probe->role == PROBE_MAKER ? "+" : "",
		       probe->name, FORMAT_END);
	error = consts_set(consts, "kp_format_len", len + 1);
	for (int i = 0; !error && i < FORMAT_WORDS; i++) {
		memcpy(&word, format + i * sizeof(word), sizeof(word));
		snprintf(name, sizeof(name), "kp_format%d", i);
		error = consts_set(consts, name, word);
	}
	return error;
}

/* Who calls a tracepoint counts where packets end; of others the result. */
static int location_of(const struct probe *probe)
{
	if (probe->how != HOW_TRACEPOINT)
		return probe->result_arg;
	return probe->fin == FIN_NO ? 0 : probe->caller_arg;
}

int target_constants(const struct probe *probe, struct target *target)
{
	int is_rule = probe->role == PROBE_RULE;
	const struct {
		const char *name;
		__u64 value;
	} values[] = {
		{ "kp_num", probe->num },
		{ "kp_fin", is_rule ? probe->ip6 : probe->fin },
		{ "kp_arg", is_rule ? probe->rule : probe->arg },
		{ "kp_deref", probe->deref },
		{ "kp_reason", probe->fin == FIN_DROPPED ? probe->reason_arg : 0 },
		{ "kp_location", location_of(probe) },
		{ "kp_rank", probe->rank },
		{ "kp_parent", probe->other_arg },
	};
	int error = 0;

	for (size_t i = 0; !error && i < sizeof(values) / sizeof(*values); i++)
		error = consts_set(&target->consts, values[i].name,
				   values[i].value);
	return error ? error : set_format(probe, &target->consts);
}
