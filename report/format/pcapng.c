// SPDX-License-Identifier: GPL-2.0-only
/*
 * Form "pcapng": a file for Wireshark with the packets at each interface that
 * they crossed (crossing.c); Documentation/pcapng.md. A packet's block is kept
 * until no earlier one can come; an interface gets its block before the first
 * packet there.
 */
#include "crossing.h"
#include "daytime.h"
#include "format.h"
#include "ordered.h"
#include "pcapng_block.h"
#include "netns_name.h"
#include "verdict.h"
#include "../../lib/grow.h"
#include "../../lib/hex.h"
#include "../diagnose/diagnose.h"

#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define LINKTYPE_RAW	101	/* LINKTYPE_RAW, pcap-linktype(7) */

/* What tells an interface of the file from others. */
struct iface {
	char *name;
	struct number ifindex, netns;
	uint64_t link_type;
};

struct pcapng {
	bool begun;		/* the section has its header */
	struct ordered packets;	/* blocks that are to be written */
	struct iface *iface;
	size_t count;
};

static void put_section(const struct output *o)
{
	const char *filter = notes_find(o->notes, "filter");
	const char *kernel = notes_find(o->notes, "kernel");
	char os[128];
	struct pcapng_option options[] = {
		pcapng_text(PCAPNG_APPLICATION, "bpfpath"),
		{ .code = 0 },
		pcapng_text(filter ? PCAPNG_COMMENT : 0, filter ? filter : ""),
		{ .code = 0 },
	};

	snprintf(os, sizeof(os), "Linux %s", kernel ? kernel : "");
	options[1] = pcapng_text(PCAPNG_OS, os);
	pcapng_section(o->file, options);
}

static void put_interface(FILE *out, const struct iface *iface)
{
	static const uint8_t resolution = PCAPNG_NANOSECONDS;
	char description[128];
	struct pcapng_option options[] = {
		pcapng_text(PCAPNG_IF_NAME, iface->name),
		{ PCAPNG_IF_TSRESOL, sizeof(resolution), &resolution },
		{ .code = 0 },
		{ .code = 0 },
	};

	snprintf(description, sizeof(description),
		 "index %" PRIu64 " in network namespace %" PRIu64 "%s",
		 iface->ifindex.value, iface->netns.value,
		 iface->link_type == LINKTYPE_RAW ?
			 ", packets without a link-layer header" : "");
	options[2] = pcapng_text(PCAPNG_IF_DESCRIPTION, description);
	pcapng_interface(out, iface->link_type, options);
}

static bool is_iface(const struct iface *iface, const struct record *rec,
		     const char *name)
{
	return !strcmp(iface->name, name) &&
	       record_same_number(iface->ifindex, rec->ifindex) &&
	       record_same_number(iface->netns, rec->netns) &&
	       iface->link_type == rec->link_type.value;
}

/* eth0@NETNS, by its name if it has one. Returns NULL without memory. */
static char *iface_name(const struct notes *notes, const struct record *rec)
{
	char buf[NETNS_ROOM], *name;
	const char *netns = netns_text(buf, notes, rec->netns);

	if (asprintf(&name, "%s@%s", rec->ifname ? rec->ifname : "-",
		     netns ? netns : "-") < 0)
		return NULL;
	return name;
}

/* Takes name. Returns 0 or -ENOMEM. */
static int add_iface(struct pcapng *p, char *name, const struct record *rec)
{
	struct iface *grown = grow(p->iface, p->count, sizeof(*grown));

	if (!grown) {
		free(name);
		return -ENOMEM;
	}
	p->iface = grown;
	grown[p->count++] = (struct iface){
		.name = name,
		.ifindex = rec->ifindex,
		.netns = rec->netns,
		.link_type = rec->link_type.value,
	};
	return 0;
}

/* The number of the record's interface, with a block from now on, or -ENOMEM. */
static int find_iface(const struct output *o, struct pcapng *p,
		      const struct record *rec)
{
	char *name = iface_name(o->notes, rec);
	size_t i;

	if (!name)
		return -ENOMEM;
	for (i = 0; i < p->count; i++) {
		if (is_iface(&p->iface[i], rec, name)) {
			free(name);
			return i;
		}
	}
	if (add_iface(p, name, rec))
		return -ENOMEM;
	put_interface(o->file, &p->iface[i]);
	return i;
}

/* Where the packet is, in words for a person; the last one tells the end. */
static void put_comment(FILE *out, const struct output *o,
			const struct family *f, const struct crossing *c)
{
	const struct record *rec = c->rec;
	char us[US_ROOM];
	struct why why;

	fprintf(out, "packet %s", c->path->line);
	if (rec->type == RECORD_SELECT)
		fputs(" selected", out);
	fprintf(out, " at %s, %s us", rec->func ? rec->func : "-",
		us_format(us, family_start(f).value, rec->ns.value));
	if (!c->last)
		return;
	putc('\n', out);
	why_find(&why, o->data, f, c->path);
	verdict_how(out, c->path, &why);
	if (why.verdict)
		fprintf(out, "\n%s", why.verdict);
	why_free(&why);
}

/* Behind the bytes, "+N": so many more has the packet. */
static uint32_t bytes_more(const char *text)
{
	const char *more = strchr(text, '+');

	return more ? strtoul(more + 1, NULL, 10) : 0;
}

static uint32_t flags_of(const struct crossing *c)
{
	if (!c->direction)
		return 0;
	return !strcmp(c->direction, "in") ? PCAPNG_INBOUND : PCAPNG_OUTBOUND;
}

static int put_packet(const struct output *o, struct ordered *packets,
		      const struct crossing *c, int interface, uint8_t *bytes,
		      const char *comment)
{
	char *block = NULL;
	size_t block_size;
	FILE *out = open_memstream(&block, &block_size);
	const char *text = c->rec->bytes;
	size_t captured = hex_read(bytes, strlen(text) / 2, text);
	const uint8_t flags[4] = { flags_of(c) };
	int64_t offset = 0;
	struct pcapng_packet packet = {
		.interface = interface,
		.bytes = bytes,
		.captured = captured,
		.size = captured + bytes_more(text),
	};
	const struct pcapng_option options[] = {
		pcapng_text(PCAPNG_COMMENT, comment),
		{ PCAPNG_FLAGS, sizeof(flags), flags },
		{ .code = 0 },
	};

	daytime_offset(o->notes, &offset);
	packet.time = c->rec->ns.value + offset;
	if (!out)
		return -ENOMEM;
	pcapng_packet(out, &packet, options);
	if (fclose(out))
		return -ENOMEM;
	return ordered_add(packets, c->rec->ns.value, block, block_size);
}

/* Returns 0 or -ENOMEM. */
static int put_crossing(const struct output *o, struct pcapng *p,
			const struct family *f, const struct crossing *c)
{
	int err = -ENOMEM, interface = find_iface(o, p, c->rec);
	uint8_t *bytes = malloc(strlen(c->rec->bytes) / 2 + 1);
	char *comment = NULL;
	size_t size;
	FILE *out = open_memstream(&comment, &size);

	if (out) {
		put_comment(out, o, f, c);
		fclose(out);
	}
	if (interface >= 0 && bytes && comment)
		err = put_packet(o, &p->packets, c, interface, bytes, comment);
	free(comment);
	free(bytes);
	return err;
}

static int put_crossings(struct output *o, const struct family *f,
			 const struct crossings *all)
{
	struct pcapng *p = o->context;
	size_t i;
	int err = 0;

	if (all->count && !p->begun) {
		put_section(o);
		p->begun = true;
	}
	for (i = 0; i < all->count && !err; i++)
		err = put_crossing(o, p, f, &all->crossing[i]);
	return err;
}

int pcapng_family(struct output *o, const struct family *f)
{
	struct crossings all = { .count = 0 };
	struct pcapng *p;
	size_t i;
	int err = 0;

	if (!o->context)
		o->context = calloc(1, sizeof(struct pcapng));
	if (!o->context)
		return -ENOMEM;
	p = o->context;
	for (i = 0; i < f->members.count && !err; i++)
		err = crossings_add(&all, o->data, family_member(f, i));
	crossings_sort(&all);
	if (!err)
		err = put_crossings(o, f, &all);
	crossings_free(&all);
	if (o->live)
		ordered_write(&p->packets, o->file, o->oldest);
	return err;
}

void pcapng_close(struct output *o)
{
	struct pcapng *p = o->context;
	size_t i;

	for (i = 0; p && i < p->count; i++)
		free(p->iface[i].name);
	if (p) {
		free(p->iface);
		ordered_free(&p->packets);
	}
	free(p);
	o->context = NULL;
}

int pcapng_end(const struct output *o)
{
	struct pcapng *p = o->context;

	if (p)
		ordered_write(&p->packets, o->file, UINT64_MAX);
	if (!p || p->begun)
		return 0;
	warnx("the records have no bytes of packets: trace with --bytes, or with -o pcapng");
	return -ENODATA;
}
