// SPDX-License-Identifier: GPL-2.0-only
#include "columns.h"
#include "flow.h"
#include "netns_name.h"
#include "verdict.h"
#include "../path/conntrack.h"
#include "../path/ct_entry.h"

#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#define MOST	20	/* most columns are no wider */
#define RULES	"rules"	/* lines between steps, no column */
#define FIELD_MOST	64	/* … but those of fields */

static const char *cell_number(struct number n, char buf[COLUMN_ROOM])
{
	if (!n.known)
		return NULL;
	snprintf(buf, COLUMN_ROOM, "%" PRIu64, n.value);
	return buf;
}

static const char *cell_hex(struct number n, char buf[COLUMN_ROOM])
{
	if (!n.known)
		return NULL;
	snprintf(buf, COLUMN_ROOM, "0x%" PRIx64, n.value);
	return buf;
}

static const char *cell_time(const struct row *row, char buf[COLUMN_ROOM])
{
	return us_format(buf, row->start, row->step->ns.value);
}

static const char *cell_delta(const struct row *row, char buf[COLUMN_ROOM])
{
	if (!row->before)
		return NULL;
	return us_format(buf, row->before->ns.value, row->step->ns.value);
}

static const char *cell_cpu(const struct row *row, char buf[COLUMN_ROOM])
{
	return cell_number(row->step->cpu, buf);
}

static const char *cell_comm(const struct row *row, char buf[COLUMN_ROOM])
{
	(void)buf;
	return row->step->comm;
}

static const char *cell_pid(const struct row *row, char buf[COLUMN_ROOM])
{
	return cell_number(row->step->pid, buf);
}

/* "sendto(5)"; what is no system call stands alone. */
static const char *cell_call(const struct row *row, char buf[COLUMN_ROOM])
{
	const struct record *step = row->step;

	if (!step->call || !step->fd.known)
		return step->call;
	snprintf(buf, COLUMN_ROOM, "%s(%" PRIu64 ")", step->call, step->fd.value);
	return buf;
}

static const char *cell_netns(const struct row *row, char buf[COLUMN_ROOM])
{
	return netns_text(buf, row->notes, row->step->netns);
}

static const char *cell_interface(const struct row *row, char buf[COLUMN_ROOM])
{
	(void)buf;
	return row->step->ifname;
}

static const char *cell_ifindex(const struct row *row, char buf[COLUMN_ROOM])
{
	return cell_number(row->step->ifindex, buf);
}

static const char *cell_proto(const struct row *row, char buf[COLUMN_ROOM])
{
	(void)buf;
	return row->step->proto;
}

static const char *cell_flow(const struct row *row, char buf[COLUMN_ROOM])
{
	return flow_format(buf, row->step);
}

static const char *cell_icmp(const struct row *row, char buf[COLUMN_ROOM])
{
	(void)buf;
	return row->step->icmp;
}

static const char *cell_mark(const struct row *row, char buf[COLUMN_ROOM])
{
	return cell_hex(row->step->mark, buf);
}

static const char *cell_len(const struct row *row, char buf[COLUMN_ROOM])
{
	return cell_number(row->step->len, buf);
}

static const char *cell_skb(const struct row *row, char buf[COLUMN_ROOM])
{
	return cell_hex(row->step->skb, buf);
}

static const char *cell_id(const struct row *row, char buf[COLUMN_ROOM])
{
	return cell_number(row->step->id, buf);
}

static const char *cell_module(const struct row *row, char buf[COLUMN_ROOM])
{
	(void)buf;
	return row->step->module;
}

static const char *cell_ct(const struct row *row, char buf[COLUMN_ROOM])
{
	return ct_state(conntrack_at(row->path, row->i), buf);
}

/* The function's name comes last, always: it may be long. */
const struct text_column text_columns[TEXT_COLUMNS] = {
	{ "time", "us", cell_time, MOST, false, SHOWN },
	{ "delta", "+us", cell_delta, MOST, false, SHOWN },
	{ "cpu", "cpu", cell_cpu, MOST, false, SHOWN },
	{ "comm", "comm", cell_comm, MOST, true, ASKED },
	{ "pid", "pid", cell_pid, MOST, false, ASKED },
	{ "call", "call", cell_call, MOST, true, ASKED },
	{ "netns", "netns", cell_netns, MOST, true, ASKED },
	{ "interface", "interface", cell_interface, MOST, true, SHOWN },
	{ "ifindex", "ifindex", cell_ifindex, MOST, false, ASKED },
	{ "proto", "proto", cell_proto, MOST, true, ASKED },
	{ "flow", "source > destination", cell_flow, 48, true, ASKED },
	{ "icmp", "icmp", cell_icmp, 24, true, ASKED },
	{ "id", "id", cell_id, MOST, false, RARE },
	{ "mark", "mark", cell_mark, MOST, false, VERBOSE },
	{ "len", "len", cell_len, MOST, false, VERBOSE },
	{ "skb", "skb", cell_skb, MOST, false, VERBOSE },
	{ "module", "module", cell_module, MOST, true, ASKED },
	{ "ct", "ct", cell_ct, MOST, true, ASKED },
};

const char *columns_cell(const struct text_column *col, const struct row *row,
			 char buf[COLUMN_ROOM])
{
	const char *text = col->cell ? col->cell(row, buf) :
				       fields_value(row->step->fields, col->name, buf,
						    COLUMN_ROOM);

	return text ? text : "-";
}

/* Prints the names of all columns. */
static void columns_names(FILE *out, const char *between)
{
	size_t i;

	for (i = 0; i < TEXT_COLUMNS; i++)
		fprintf(out, "%s%s", i ? between : "", text_columns[i].name);
}

void columns_default(struct columns *c, bool verbose)
{
	size_t i;

	*c = (struct columns){ .count = 0 };
	for (i = 0; i < TEXT_COLUMNS; i++) {
		if (text_columns[i].when == ASKED ||
		    (text_columns[i].when == VERBOSE && !verbose))
			continue;
		c->shown[c->count].column = &text_columns[i];
		c->shown[c->count++].rare = text_columns[i].when == RARE;
	}
}

static bool is_name(const struct text_column *col, const char *name, size_t len)
{
	return strlen(col->name) == len && !strncmp(col->name, name, len);
}

/* A column for a field, which is there already or is made. NULL: there is no room. */
static const struct text_column *field_column(struct columns *c, const char *name,
					      size_t len)
{
	struct text_column *col = c->fields;

	while (col < c->fields + c->field_count && !is_name(col, name, len))
		col++;
	if (col < c->fields + c->field_count)
		return col;
	if (c->field_count == FIELD_COLUMNS)
		return NULL;
	snprintf(c->names[c->field_count], FIELD_ROOM, "%.*s", (int)len, name);
	*col = (struct text_column){
		.title = c->names[c->field_count],
		.name = c->names[c->field_count],
		.most = FIELD_MOST,
		.left = !memchr(name, '.', len),
		.when = ASKED,
	};
	c->field_count++;
	return col;
}

/* The column of that name, of len bytes; NULL: there is none. */
static const struct text_column *find_name(struct columns *c, const char *name,
					   size_t len)
{
	size_t i;

	for (i = 0; i < TEXT_COLUMNS; i++)
		if (is_name(&text_columns[i], name, len))
			return &text_columns[i];
	return field_is_name(name, len) ? field_column(c, name, len) : NULL;
}

static void take_away(struct columns *c, const struct text_column *column)
{
	size_t i, kept = 0;

	for (i = 0; i < c->count; i++)
		if (c->shown[i].column != column)
			c->shown[kept++] = c->shown[i];
	c->count = kept;
}

/* One that is there already is moved. */
static void append(struct columns *c, const struct text_column *column)
{
	take_away(c, column);
	c->shown[c->count].column = column;
	c->shown[c->count++].rare = false;
}

static int no_column(const char *name, size_t len)
{
	if (field_is_name(name, len)) {
		fprintf(stderr, "%s: column '%.*s': more than %d fields\n",
			program_invocation_short_name, (int)len, name, FIELD_COLUMNS);
		return -EINVAL;
	}
	fprintf(stderr, "%s: no column '%.*s': it is one of ",
		program_invocation_short_name, (int)len, name);
	columns_names(stderr, ", ");
	fputs(", " RULES ", tcp, gso, vlan, tunnel, skb.MEMBER\n", stderr);
	return -EINVAL;
}

/* Adds what has that name, or takes it away. Returns 0, or -ENOENT. */
static int choose(struct columns *c, const char *name, size_t len, bool add)
{
	const struct text_column *column;

	if (len == strlen(RULES) && !strncmp(name, RULES, len)) {
		c->rules = add;
		return 0;
	}
	column = find_name(c, name, len);
	if (!column)
		return -ENOENT;
	if (add)
		append(c, column);
	else
		take_away(c, column);
	return 0;
}

int columns_choose(struct columns *c, const char *list, bool verbose)
{
	size_t len;
	char sign;

	*c = (struct columns){ .count = 0 };
	if (*list == '+' || *list == '-')
		columns_default(c, verbose);
	for (;; list += len + 1) {
		sign = *list;
		list += sign == '+' || sign == '-';
		len = strcspn(list, ",");
		if (choose(c, list, len, sign != '-'))
			return no_column(list, len);
		if (!list[len])
			return 0;
	}
}

bool columns_have(const struct columns *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->count; i++)
		if (!strcmp(c->shown[i].column->name, name))
			return true;
	return false;
}
