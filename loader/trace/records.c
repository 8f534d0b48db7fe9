// SPDX-License-Identifier: GPL-2.0-only
#include "records.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <limits.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <string.h>

#include "../../lib/digits.h"
#include "../../lib/hex.h"
#include "../kernel/netns.h"
#include "../lib/control.h"
#include "../lib/flow_text.h"
#include "../syms/names.h"
#include "../syms/syscalls.h"
#include "conntrack.h"

void records_header(FILE *out)
{
	fputs("#bpfpath-records-1\ttype\tpacket\tseq\tns\tcpu\tskb\tfunc\t"
	      "ifname\tifindex\tnetns\tlen\tmark\thow\treason\tlocation\t"
	      "missed\tkin\tparent\tkins\tlost\tid\tcomm\tpid\tproto\t"
	      "saddr\tsport\tdaddr\tdport\ticmp\tmodule\tret\trule\tlink\t"
	      "bytes\tstack\tct\tfields\tprog\thook\tverdict\tcall\tfd\tsocket\n",
	      out);
}

void records_note(FILE *out, const char *name, const char *value)
{
	fprintf(out, "# %s: ", name);
	for (size_t i = 0; value[i]; i++)
		fputc(is_control(value, i) ? ' ' : value[i], out);
	fputc('\n', out);
}

static int good_name(const char *name)
{
	size_t i;

	for (i = 0; i < NAME_LEN && name[i]; i++)
		if (!isgraph((unsigned char)name[i]))
			return 0;
	return i > 0 && i < NAME_LEN;
}

/*
 * A line is put together here: a call of printf(3) for each column would take
 * most of the loader's time.
 */
struct line {
	char text[49152];	/* all that can be in one is shorter */
	size_t len;
};

static void add_text(struct line *line, const char *text)
{
	size_t len = strlen(text);

	if (len >= sizeof(line->text) - line->len)
		len = sizeof(line->text) - line->len - 1;
	memcpy(line->text + line->len, text, len);
	line->len += len;
}

/* A column that follows others. */
static void add_column(struct line *line, const char *text)
{
	add_text(line, "\t");
	add_text(line, text);
}

static void add_digits(struct line *line, uint64_t number, unsigned int base,
		       const char *prefix)
{
	char text[DIGITS_ROOM];

	add_column(line, prefix);
	add_text(line, digits_text(text, number, base));
}

static void add_number(struct line *line, int known, uint64_t number)
{
	if (known)
		add_digits(line, number, 10, "");
	else
		add_column(line, "-");
}

static void add_place(struct line *line, const struct event *event)
{
	int in_netns = event->netns >= NETNS_FIRST;
	int on_device = event->ifindex && (in_netns || !event->netns);

	add_column(line, on_device && good_name(event->ifname) ?
				 event->ifname : "-");
	add_number(line, on_device, event->ifindex);
	add_number(line, in_netns, event->netns);
}

/* How it ended, where and why. Not every kernel tells where one is consumed. */
static void add_end(struct line *line, const struct record_fields *record)
{
	const struct event *event = record->event;
	int dropped = !strcmp(record->how, "dropped");
	int consumed = !strcmp(record->how, "consumed");
	char location[160] = "-", reason[80] = "-";

	if (dropped || (consumed && event->location))
		name_location(record->names, event->location, location,
			      sizeof(location));
	if (dropped)
		name_reason(record->names, event->reason, reason,
			    sizeof(reason));
	add_column(line, record->how);
	add_column(line, reason);
	add_column(line, location);
}

static void add_counts(struct line *line, const struct record_fields *record)
{
	const struct event *event = record->event;

	add_number(line, record->has_missed, record->missed);
	add_number(line, 1, event->member);
	add_number(line, record->has_parent, event->parent);
	add_number(line, record->has_derived, record->derived);
	add_number(line, record->has_lost, record->lost);
	add_number(line, event->ident != NO_IDENT, event->ident);
}

static void add_address(struct line *line, int version, const uint8_t *address)
{
	char text[INET6_ADDRSTRLEN];

	inet_ntop(version == 6 ? AF_INET6 : AF_INET, address, text,
		  sizeof(text));
	add_column(line, text);
}

/* TYPE/CODE/ID/SEQUENCE */
static void add_icmp(struct line *line, const struct flow *flow)
{
	char text[32];

	if (flow->proto == IPPROTO_ICMP || flow->proto == IPPROTO_ICMPV6) {
		snprintf(text, sizeof(text), "%u/%u/%u/%u", flow->type,
			 flow->code, flow->sport, flow->dport);
		add_column(line, text);
	} else {
		add_column(line, "-");
	}
}

static void add_flow(struct line *line, const struct flow *flow)
{
	bool ports = flow_has_ports(flow);
	char buf[FLOW_PROTO_LEN];

	if (!flow->version) {
		add_text(line, "\t-\t-\t-\t-\t-\t-");
		return;
	}
	add_column(line, flow_proto(flow, buf));
	add_address(line, flow->version, flow->saddr);
	add_number(line, ports, flow->sport);
	add_address(line, flow->version, flow->daddr);
	add_number(line, ports, flow->dport);
	add_icmp(line, flow);
}

/* The thread that ran; a name may be anything. */
static void add_process(struct line *line, const struct event *event)
{
	char comm[NAME_LEN];
	size_t i;

	memcpy(comm, event->comm, NAME_LEN);
	comm[NAME_LEN - 1] = '\0';
	for (i = 0; comm[i]; i++)
		if (is_control(comm, i))
			comm[i] = ' ';
	add_column(line, i && strcmp(comm, "-") ? comm : "-");
	add_number(line, i != 0, event->pid);
}

static void add_bytes(struct line *line, const struct record_fields *record)
{
	const uint8_t *bytes = record->bytes;
	char pair[3], more[24];

	add_number(line, bytes != NULL, record->link_type);
	add_text(line, bytes && record->bytes_len ? "\t" : "\t-");
	for (size_t i = 0; bytes && i < record->bytes_len; i++) {
		hex_write(pair, &bytes[i], 1);
		add_text(line, pair);
	}
	if (bytes && record->bytes_more) {
		snprintf(more, sizeof(more), "+%zu", record->bytes_more);
		add_text(line, more);
	}
}

/* What the thread does, and the call's descriptor. */
static void add_call(struct line *line, const struct event *event)
{
	static const char *const words[CALL_NUMBER] = {
		[CALL_INTERRUPT] = "interrupt", [CALL_KERNEL] = "kernel",
		[CALL_IO_URING] = "io_uring", [CALL_EXIT] = "exit",
		[CALL_COMPAT] = "compat", [CALL_LOCAL] = "local",
	};
	char text[SYSCALL_NAME_LEN];
	bool has_fd = false;

	if (event->call >= CALL_NUMBER) {
		add_column(line, syscall_name(event->call - CALL_NUMBER, text));
		has_fd = syscall_has_fd(event->call - CALL_NUMBER) && event->fd <= INT_MAX;
	} else {
		add_column(line, words[event->call] ? words[event->call] : "-");
	}
	add_number(line, has_fd, event->fd);
	add_number(line, has_fd && event->socket, event->socket);
}

static void add_optional(struct line *line, const char *text)
{
	add_column(line, text ? text : "-");
}

void record_write(const struct record_fields *record, FILE *out)
{
	const struct event *event = record->event;
	char ct[CONNTRACK_LEN];
	struct line line;

	line.len = 0;
	add_text(&line, record->type);
	add_number(&line, 1, event->packet);
	add_number(&line, record->has_seq, record->seq);
	add_number(&line, 1, event->ns);
	add_number(&line, 1, event->cpu);
	if (event->skb)
		add_digits(&line, event->skb, 16, "0x");
	else
		add_column(&line, "-");
	add_column(&line, record->func);
	add_place(&line, event);
	add_number(&line, event->skb != 0, event->len);
	add_number(&line, event->skb != 0, event->mark);
	add_end(&line, record);
	add_counts(&line, record);
	add_process(&line, event);
	add_flow(&line, &event->flow);
	add_optional(&line, record->module);
	add_optional(&line, record->ret);
	add_optional(&line, record->rule);
	add_bytes(&line, record);
	add_optional(&line, record->stack);
	add_column(&line, conntrack_text(event, ct));
	if (record->ct_why) {
		add_text(&line, " why=");
		add_text(&line, record->ct_why);
	}
	add_optional(&line, record->fields);
	add_optional(&line, record->prog);
	add_optional(&line, record->hook);
	add_optional(&line, record->verdict);
	add_call(&line, event);
	add_text(&line, "\n");
	fwrite(line.text, 1, line.len, out);
}
