// SPDX-License-Identifier: GPL-2.0-only
/* Plans as text: lines of columns below a header that names them. */
#include "plan.h"

#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "../../bpf/bpfpath.h"

#define KIND	"#bpfpath-plan-2"

static const char *const role_names[] = {
	[PROBE_STEP] = "step",
	[PROBE_CALLEE] = "callee",
	[PROBE_COPY_SITE] = "copy",
	[PROBE_MERGE_SITE] = "merge",
	[PROBE_RETURN] = "return",
	[PROBE_RULE] = "rule",
	[PROBE_RECEIVE] = "receive",
};

enum plan_column {
	COL_NUM,
	COL_NAME,
	COL_ROLE,
	COL_VERDICT,
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
	COL_STAGE,
	COL_OTHER,
	COL_RULE,
	COL_IP6,
	COL_WHY,
	COLUMNS,
};

static const char *const column_names[COLUMNS] = {
	[COL_NUM] = "num",
	[COL_NAME] = "name",
	[COL_ROLE] = "role",
	[COL_VERDICT] = "verdict",
	[COL_HOW] = "how",
	[COL_SYMBOL] = "symbol",
	[COL_UNIQUE] = "unique",
	[COL_MODULE] = "module",
	[COL_ADDR] = "addr",
	[COL_BTF_ID] = "btf_id",
	[COL_ARG] = "arg",
	[COL_DEREF] = "deref",
	[COL_REASON] = "reason_arg",
	[COL_CALLER] = "caller_arg",
	[COL_RESULT] = "result_arg",
	[COL_STAGE] = "stage",
	[COL_OTHER] = "other_arg",
	[COL_RULE] = "rule",
	[COL_IP6] = "ip6",
	[COL_WHY] = "why",
};

/* What some roles have and others have not. */
static const struct role_column {
	enum role role;
	enum plan_column column;
	size_t at;		/* of an int in struct probe */
	int max;
} role_columns[] = {
	{ PROBE_STEP, COL_VERDICT, offsetof(struct probe, step.verdict), VERDICT_DROPPED },
	{ PROBE_STEP, COL_REASON, offsetof(struct probe, step.reason_arg), ABI_REGS },
	{ PROBE_STEP, COL_CALLER, offsetof(struct probe, step.caller_arg), ABI_REGS },
	{ PROBE_STEP, COL_STAGE, offsetof(struct probe, step.stage), STAGE_MAX },
	{ PROBE_STEP, COL_RULE, offsetof(struct probe, step.role), ROLE_OVS_UPCALL },
	{ PROBE_CALLEE, COL_VERDICT, offsetof(struct probe, step.verdict), VERDICT_CALLEE },
	{ PROBE_COPY_SITE, COL_VERDICT, offsetof(struct probe, copy_site.is_fresh), 1 },
	{ PROBE_COPY_SITE, COL_OTHER, offsetof(struct probe, copy_site.old_arg), ABI_REGS },
	{ PROBE_MERGE_SITE, COL_VERDICT, offsetof(struct probe, merge_site.is_bool), 1 },
	{ PROBE_MERGE_SITE, COL_RESULT, offsetof(struct probe, merge_site.result_arg), ABI_REGS },
	{ PROBE_MERGE_SITE, COL_OTHER, offsetof(struct probe, merge_site.other_arg), ABI_REGS },
	{ PROBE_RETURN, COL_RESULT, offsetof(struct probe, returns.result_arg), ABI_REGS },
	{ PROBE_RULE, COL_RULE, offsetof(struct probe, rule.role), ROLE_CT_CONFIRM },
	{ PROBE_RULE, COL_OTHER, offsetof(struct probe, rule.other_arg), ABI_REGS },
	{ PROBE_RULE, COL_IP6, offsetof(struct probe, rule.is_ip6), 1 },
};

/* NULL: its role has no such thing. */
static const struct role_column *role_column(const struct probe *probe,
					     enum plan_column column)
{
	for (size_t i = 0; i < sizeof(role_columns) / sizeof(*role_columns); i++)
		if (role_columns[i].role == probe->role &&
		    role_columns[i].column == column)
			return &role_columns[i];
	return NULL;
}

static const char *or_dash(const char *text)
{
	return *text ? text : "-";
}

static int role_value(const struct probe *probe, enum plan_column column)
{
	const struct role_column *own = role_column(probe, column);

	return own ? *(const int *)((const char *)probe + own->at) : 0;
}

static void probe_write(const struct probe *probe, FILE *out)
{
	char addr[24] = "-";

	if (probe->addr)
		snprintf(addr, sizeof(addr), "0x%" PRIx64, probe->addr);
	fprintf(out, "%u\t%s\t%s\t%d\t%s\t%s\t%d\t%s\t%s\t%u\t", probe->num,
		probe->name, role_names[probe->role],
		role_value(probe, COL_VERDICT), plan_how_name(probe->how),
		or_dash(probe->symbol), probe->unique, or_dash(probe->module),
		addr, probe->btf_id);
	fprintf(out, "%d\t%d\t", probe->arg, probe->deref);
	for (enum plan_column i = COL_REASON; i <= COL_IP6; i++)
		fprintf(out, "%d\t", role_value(probe, i));
	fprintf(out, "%s\n", or_dash(probe->why));
}

int plan_write(const struct plan *plan, FILE *out)
{
	uint32_t i;

	fputs(KIND, out);
	for (i = 0; i < COLUMNS; i++)
		fprintf(out, "\t%s", column_names[i]);
	fputs("\n", out);
	for (i = 0; i < plan->count; i++)
		probe_write(&plan->probes[i], out);
	if (fflush(out) || ferror(out))
		return errno ? -errno : -EIO;
	return 0;
}

/* A plan that is read, and where its columns stand, as the header says. */
struct plan_reader {
	struct plan *plan;
	bool has_header;
	enum plan_column order[COLUMNS];
};

/* Cuts the line into its columns; none may be empty, none left over. */
static int split(char *line, char *words[COLUMNS])
{
	int i;

	for (i = 0; i < COLUMNS; i++) {
		words[i] = strsep(&line, "\t");
		if (!words[i] || !*words[i])
			return -EINVAL;
	}
	return line ? -EINVAL : 0;
}

static int find_column(const char *name, enum plan_column *column)
{
	for (int i = 0; i < COLUMNS; i++) {
		if (!strcmp(name, column_names[i])) {
			*column = i;
			return 0;
		}
	}
	return -EINVAL;
}

/* Each column once. */
static int read_header(char *line, struct plan_reader *it)
{
	char *kind = strsep(&line, "\t"), *words[COLUMNS];
	char seen[COLUMNS] = "";
	int err = strcmp(kind, KIND) || !line ? -EINVAL : split(line, words);

	for (int i = 0; !err && i < COLUMNS; i++) {
		err = find_column(words[i], &it->order[i]);
		if (!err && seen[it->order[i]]++)
			err = -EINVAL;
	}
	it->has_header = !err;
	return err;
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
static int read_addr(const char *text, uint64_t *addr)
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

static int read_role(const char *text, enum role *role)
{
	for (int i = PROBE_STEP; i <= PROBE_RECEIVE; i++) {
		if (!strcmp(text, role_names[i])) {
			*role = i;
			return 0;
		}
	}
	return -EINVAL;
}

/* Whether a probe that was read can be attached at all. */
static bool probe_is_whole(const struct probe *probe)
{
	return *probe->name &&
	       (probe->how == HOW_SKIP ||
		(*probe->symbol && (probe->role == PROBE_RULE ?
					     probe->rule.role :
					     probe->arg)));
}

/* Like read_number(), for what counts from 0 without a sign. */
static int read_u32(const char *text, int min, int max, uint32_t *number)
{
	int value = 0, err = read_number(text, min, max, &value);

	*number = value;
	return err;
}

/* The role is known by now. */
static int read_role_value(enum plan_column column, const char *text,
		       struct probe *probe)
{
	const struct role_column *own = role_column(probe, column);
	int none;

	if (!own)
		return read_number(text, 0, 0, &none);
	return read_number(text, 0, own->max,
			   (int *)((char *)probe + own->at));
}

static int read_column(enum plan_column column, const char *text,
		       struct probe *probe)
{
	switch (column) {
	case COL_NUM:
		return read_u32(text, 1, MAX_FUNCS - 1, &probe->num);
	case COL_NAME:
		return read_text(text, probe->name, sizeof(probe->name));
	case COL_ROLE:
		return read_role(text, &probe->role);
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
	case COL_WHY:
		return read_text(text, probe->why, sizeof(probe->why));
	default:
		return read_role_value(column, text, probe);
	}
}

/* In the order of enum plan_column, wherever they stand. */
static int read_probe(char *line, const struct plan_reader *it,
		      struct probe *probe)
{
	char *words[COLUMNS], *columns[COLUMNS];
	int i, err;

	memset(probe, 0, sizeof(*probe));
	err = split(line, words);
	for (i = 0; !err && i < COLUMNS; i++)
		columns[it->order[i]] = words[i];
	for (i = 0; !err && i < COLUMNS; i++)
		err = read_column(i, columns[i], probe);
	if (!err && !probe_is_whole(probe))
		err = -EINVAL;
	return err;
}

/* One line, without its newline. */
static int read_line(struct plan_reader *it, char *line, size_t len)
{
	struct probe probe = { 0 };
	int err;

	if (strlen(line) != len)
		return -EINVAL;
	if (!it->has_header)
		return read_header(line, it);
	err = read_probe(line, it, &probe);
	if (!err)
		err = plan_add(it->plan, &probe);
	return err;
}

static void say_unread(int err, const char *name, int number)
{
	if (err == -EINVAL)
		warnx("%s:%d: not a line of a plan", name, number);
	else if (err)
		warnx("%s: %s", name, strerror(-err));
}

int plan_read(FILE *in, const char *name, struct plan **out)
{
	struct plan_reader it = { .plan = calloc(1, sizeof(*it.plan)) };
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	int number = 0, err = it.plan ? 0 : -ENOMEM;

	while (!err && (len = getline(&line, &room, in)) >= 0) {
		if (len && line[len - 1] == '\n')
			line[--len] = '\0';
		number++;
		err = read_line(&it, line, len);
	}
	if (!err && ferror(in))
		err = -EIO;
	else if (!err && !it.has_header)
		err = -EINVAL;
	say_unread(err, name, it.has_header ? number : 1);
	free(line);
	if (err) {
		plan_free(it.plan);
		it.plan = NULL;
	}
	*out = it.plan;
	return err;
}
