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

/*
 * A line is put together here: a call of printf(3) for each column would take
 * most of the loader's time.
 */
struct line {
	char text[1024];	/* all that can be in one is shorter */
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

static void add_digits(struct line *line, __u64 number, unsigned int base,
		       const char *prefix)
{
	char text[24], *at = text + sizeof(text) - 1;

	*at = '\0';
	do {
		*--at = "0123456789abcdef"[number % base];
		number /= base;
	} while (number);
	add_column(line, prefix);
	add_text(line, at);
}

static void add_number(struct line *line, int known, __u64 number)
{
	if (known)
		add_digits(line, number, 10, "");
	else
		add_column(line, "-");
}

static void add_place(struct line *line, const struct event *event)
{
	int in_netns = event->netns >= FIRST_NETNS;
	int on_device = event->ifindex && (in_netns || !event->netns);

	add_column(line, on_device && good_name(event->ifname) ?
				 event->ifname : "-");
	add_number(line, on_device, event->ifindex);
	add_number(line, in_netns, event->netns);
}

/* How it ended, where and why. */
static void add_end(struct line *line, const struct record *record)
{
	const struct event *event = record->event;
	char location[160] = "-", reason[80] = "-";

	if (!strcmp(record->how, "dropped")) {
		name_location(event->location, location, sizeof(location));
		name_reason(event->reason, reason, sizeof(reason));
	}
	add_column(line, record->how);
	add_column(line, reason);
	add_column(line, location);
}

static void add_counts(struct line *line, const struct record *record)
{
	const struct event *event = record->event;

	add_number(line, record->has_missed, record->missed);
	add_number(line, 1, event->kin);
	add_number(line, record->has_parent, event->parent);
	add_number(line, record->has_kins, record->kins);
	add_number(line, record->has_lost, record->lost);
	add_number(line, event->ident != NO_IDENT, event->ident);
}

void record_write(const struct record *record, FILE *out)
{
	const struct event *event = record->event;
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
	add_text(&line, "\n");
	fwrite(line.text, 1, line.len, out);
}
