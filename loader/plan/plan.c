// SPDX-License-Identifier: GPL-2.0-only
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "../../bpf/bpfpath.h"
#include "../lib/grow.h"
#include "plan.h"

static const char *const how_names[] = {
	[HOW_KPROBE] = "kprobe",
	[HOW_MULTI] = "multi",
	[HOW_SESSION] = "session",
	[HOW_FENTRY] = "fentry",
	[HOW_TRACEPOINT] = "tracepoint",
	[HOW_FEXIT] = "fexit",
	[HOW_KPROBE_RETURN] = "kprobe_return",
	[HOW_MULTI_RETURN] = "multi_return",
	[HOW_FENTRY_RETURN] = "fentry_return",
	[HOW_RULE_FENTRY] = "rule_fentry",
	[HOW_RULE_FEXIT] = "rule_fexit",
	[HOW_RULE_KPROBE] = "rule_kprobe",
	[HOW_SKIP] = "skip",
};

static const char *const role_names[] = {
	[PROBE_STEP] = "step",
	[PROBE_ASIDE] = "aside",
	[PROBE_MAKER] = "maker",
	[PROBE_JOINER] = "joiner",
	[PROBE_RETURN] = "return",
	[PROBE_RULE] = "rule",
};

enum column {
	COL_NUM,
	COL_NAME,
	COL_ROLE,
	COL_FIN,
	COL_HOW,
	COL_SYMBOL,
	COL_UNIQUE,
	COL_MODULE,
	COL_ADDR,
	COL_BTF_ID,
	COL_ARG,
	COL_DEREF,
	COL_REASON,
	COL_CALLER,
	COL_RESULT,
	COL_RANK,
	COL_OTHER,
	COL_RULE,
	COL_IP6,
	COL_WHY,
	COLUMNS,
};

int probe_is_free(const struct probe *probe)
{
	return probe->how == HOW_TRACEPOINT &&
	       !strcmp(probe->name, FREED_TRACEPOINT);
}

int probe_sees_return(const struct probe *probe)
{
	return probe->role == PROBE_RETURN || probe->how == HOW_SESSION;
}

int plan_add(struct plan *plan, const struct probe *probe)
{
	struct probe *grown = grow(plan->probes, plan->count, sizeof(*grown));

	if (!grown)
		return -ENOMEM;
	plan->probes = grown;
	grown[plan->count++] = *probe;
	return 0;
}

int plan_append(struct plan *plan, const struct probe *probe)
{
	__u32 last = plan->count ? plan->probes[plan->count - 1].num : 0;
	struct probe copy = *probe;

	if (last + 1 >= MAX_FUNCS) {
		warnx("no number is left for the function '%s'", probe->name);
		return -E2BIG;
	}
	copy.num = last + 1;
	return plan_add(plan, &copy);
}

void plan_free(struct plan *plan)
{
	__u32 i;

	if (!plan)
		return;
	for (i = 0; i < plan->count; i++)
		free(plan->probes[i].object);
	free(plan->probes);
	free(plan);
}

static const char *or_dash(const char *text)
{
	return *text ? text : "-";
}

static void probe_write(const struct probe *probe, FILE *out)
{
	char addr[24] = "-";

	if (probe->addr)
		snprintf(addr, sizeof(addr), "0x%llx", probe->addr);
	fprintf(out, "%u\t%s\t%s\t%d\t%s\t%s\t%d\t%s\t%s\t%u\t", probe->num,
		probe->name, role_names[probe->role], probe->fin,
		how_names[probe->how], or_dash(probe->symbol), probe->unique,
		or_dash(probe->module), addr, probe->btf_id);
	fprintf(out, "%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%s\n", probe->arg,
		probe->deref, probe->reason_arg, probe->caller_arg,
		probe->result_arg, probe->rank, probe->other_arg, probe->rule,
		probe->ip6, or_dash(probe->why));
}

int plan_write(const struct plan *plan, FILE *out)
{
	__u32 i;

	fputs("#bpfpath-plan-2\tnum\tname\trole\tfin\thow\tsymbol\tunique\tmodule\taddr\t"
	      "btf_id\targ\tderef\treason_arg\tcaller_arg\tresult_arg\trank\t"
	      "other_arg\trule\tip6\twhy\n",
	      out);
	for (i = 0; i < plan->count; i++)
		probe_write(&plan->probes[i], out);
	if (fflush(out) || ferror(out))
		return errno ? -errno : -EIO;
	return 0;
}

/* Cuts the line into its columns; none may be empty, none left over. */
static int split(char *line, char *columns[COLUMNS])
{
	int i;

	for (i = 0; i < COLUMNS; i++) {
		columns[i] = strsep(&line, "\t");
		if (!columns[i] || !*columns[i])
			return -EINVAL;
	}
	return line ? -EINVAL : 0;
}

/* A decimal number from @min to @max. */
static int read_number(const char *text, int min, int max, int *number)
{
	char *end;
	long value;

	if (*text < '0' || *text > '9')
		return -EINVAL;
	errno = 0;
	value = strtol(text, &end, 10);
	if (*end || errno || value < min || value > max)
		return -EINVAL;
	*number = value;
	return 0;
}

/* "0x" and hexadecimal digits, or "-" for 0. */
static int read_addr(const char *text, __u64 *addr)
{
	size_t digits;

	*addr = 0;
	if (!strcmp(text, "-"))
		return 0;
	if (strncmp(text, "0x", 2))
		return -EINVAL;
	digits = strspn(text + 2, "0123456789abcdef");
	if (!digits || digits > 16 || text[2 + digits])
		return -EINVAL;
	*addr = strtoull(text, NULL, 16);
	return 0;
}

/* "-" gives the empty string. */
static int read_text(const char *text, char *to, size_t room)
{
	if (!strcmp(text, "-"))
		text = "";
	if (strlen(text) >= room)
		return -EINVAL;
	strcpy(to, text);
	return 0;
}

const char *plan_how_name(enum how how)
{
	return how_names[how];
}

int plan_how(const char *text, enum how *how)
{
	int i;

	for (i = HOW_KPROBE; i <= HOW_SKIP; i++) {
		if (!strcmp(text, how_names[i])) {
			*how = i;
			return 0;
		}
	}
	return -EINVAL;
}

static int read_role(const char *text, enum role *role)
{
	for (int i = PROBE_STEP; i <= PROBE_RULE; i++) {
		if (!strcmp(text, role_names[i])) {
			*role = i;
			return 0;
		}
	}
	return -EINVAL;
}

/* Whether a probe that was read can be attached at all. */
static int probe_is_whole(const struct probe *probe)
{
	return *probe->name &&
	       (probe->how == HOW_SKIP ||
		(*probe->symbol && (probe->role == PROBE_RULE ? probe->rule :
								 probe->arg)));
}

/* Like read_number(), for what counts from 0 without a sign. */
static int read_u32(const char *text, int min, int max, __u32 *number)
{
	int value = 0, err = read_number(text, min, max, &value);

	*number = value;
	return err;
}

static int read_column(enum column column, const char *text,
		       struct probe *probe)
{
	switch (column) {
	case COL_NUM:
		return read_u32(text, 1, MAX_FUNCS - 1, &probe->num);
	case COL_NAME:
		return read_text(text, probe->name, sizeof(probe->name));
	case COL_ROLE:
		return read_role(text, &probe->role);
	case COL_FIN:
		return read_number(text, FIN_NO, FIN_ASIDE, &probe->fin);
	case COL_HOW:
		return plan_how(text, &probe->how);
	case COL_SYMBOL:
		return read_text(text, probe->symbol, sizeof(probe->symbol));
	case COL_UNIQUE:
		return read_number(text, 0, 1, &probe->unique);
	case COL_MODULE:
		return read_text(text, probe->module, sizeof(probe->module));
	case COL_ADDR:
		return read_addr(text, &probe->addr);
	case COL_BTF_ID:
		return read_u32(text, 0, INT_MAX, &probe->btf_id);
	case COL_ARG:
		return read_number(text, 0, ABI_REGS, &probe->arg);
	case COL_DEREF:
		return read_number(text, 0, 1, &probe->deref);
	case COL_REASON:
		return read_number(text, 0, ABI_REGS,
				   &probe->reason_arg);
	case COL_CALLER:
		return read_number(text, 0, ABI_REGS, &probe->caller_arg);
	case COL_RESULT:
		return read_number(text, 0, ABI_REGS, &probe->result_arg);
	case COL_RANK:
		return read_number(text, 0, RANK_MAX, &probe->rank);
	case COL_OTHER:
		return read_number(text, 0, ABI_REGS, &probe->other_arg);
	case COL_RULE:
		return read_number(text, 0, ROLE_WITNESS_NONE, &probe->rule);
	case COL_IP6:
		return read_number(text, 0, 1, &probe->ip6);
	case COL_WHY:
		return read_text(text, probe->why, sizeof(probe->why));
	default:
		return -EINVAL;
	}
}

static int read_probe(char *line, struct probe *probe)
{
	char *columns[COLUMNS];
	int i, err;

	memset(probe, 0, sizeof(*probe));
	err = split(line, columns);
	for (i = 0; !err && i < COLUMNS; i++)
		err = read_column(i, columns[i], probe);
	if (!err && !probe_is_whole(probe))
		err = -EINVAL;
	return err;
}

/* One line, without its newline; lines that begin with '#' tell nothing. */
static int read_line(struct plan *plan, char *line, size_t len)
{
	struct probe probe = { 0 };
	int err;

	if (*line == '#')
		return 0;
	if (strlen(line) != len)
		return -EINVAL;
	err = read_probe(line, &probe);
	if (!err)
		err = plan_add(plan, &probe);
	return err;
}

int plan_read(FILE *in, const char *name, struct plan **out)
{
	struct plan *plan = calloc(1, sizeof(*plan));
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	int number = 0, err = plan ? 0 : -ENOMEM;

	while (!err && (len = getline(&line, &room, in)) >= 0) {
		if (len && line[len - 1] == '\n')
			line[--len] = '\0';
		number++;
		err = read_line(plan, line, len);
	}
	if (err == -EINVAL)
		warnx("%s:%d: not a line of a plan", name, number);
	else if (!err && ferror(in))
		err = -EIO;
	if (err && err != -EINVAL)
		warnx("%s: %s", name, strerror(-err));
	free(line);
	if (err) {
		plan_free(plan);
		plan = NULL;
	}
	*out = plan;
	return err;
}
