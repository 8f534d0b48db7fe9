// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <string.h>

#include "names.h"
#include "records.h"

/*
 * Namespaces have the highest inode numbers (linux/proc_ns.h). An sk_buff
 * keeps other things than a device where its dev is while it lies in some
 * queues: what is read through it then has no such number.
 */
#define FIRST_NETNS	0xefffff00U

void records_header(FILE *out)
{
	fputs("#bpfpath-records-1\ttype\tpacket\tseq\tns\tcpu\tskb\tfunc\t"
	      "ifname\tifindex\tnetns\tlen\tmark\thow\treason\tlocation\t"
	      "missed\tkin\tparent\tkins\tlost\tid\n",
	      out);
}

void records_note(FILE *out, const char *name, const char *value)
{
	fprintf(out, "# %s: ", name);
	for (; *value; value++)
		fputc(iscntrl((unsigned char)*value) ? ' ' : *value, out);
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

static void write_number(FILE *out, int known, __u64 number)
{
	if (known)
		fprintf(out, "\t%llu", (unsigned long long)number);
	else
		fputs("\t-", out);
}

static void write_place(const struct event *event, FILE *out)
{
	int in_netns = event->netns >= FIRST_NETNS;
	int on_device = event->ifindex && (in_netns || !event->netns);

	fprintf(out, "\t%s",
		on_device && good_name(event->ifname) ? event->ifname : "-");
	write_number(out, on_device, event->ifindex);
	write_number(out, in_netns, event->netns);
}

void record_write(const struct record *record, FILE *out)
{
	const struct event *event = record->event;
	char location[160], reason[80];
	int dropped = !strcmp(record->how, "dropped");

	name_location(dropped ? event->location : 0, location, sizeof(location));
	name_reason(dropped ? event->reason : 0, reason, sizeof(reason));
	fprintf(out, "%s\t%u", record->type, event->packet);
	write_number(out, record->has_seq, record->seq);
	fprintf(out, "\t%llu\t%u", (unsigned long long)event->ns, event->cpu);
	if (event->skb)
		fprintf(out, "\t0x%llx", (unsigned long long)event->skb);
	else
		fputs("\t-", out);
	fprintf(out, "\t%s", record->func);
	write_place(event, out);
	write_number(out, event->skb != 0, event->len);
	write_number(out, event->skb != 0, event->mark);
	fprintf(out, "\t%s\t%s\t%s", record->how, reason, location);
	write_number(out, record->has_missed, record->missed);
	fprintf(out, "\t%u", event->kin);
	write_number(out, record->has_parent, event->parent);
	write_number(out, record->has_kins, record->kins);
	write_number(out, record->has_lost, record->lost);
	write_number(out, event->ident != NO_IDENT, event->ident);
	fputc('\n', out);
}
