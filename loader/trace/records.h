/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Writing records, as Documentation/records.md describes them. The columns are in
 * records.c; report/input/record.c reads them, so a new one is added in both, at the end.
 */
#ifndef RECORDS_H
#define RECORDS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "../../bpf/bpfpath.h"

struct kernel_names;

struct record_fields {
	const char *type;	/* select, born, step, end, return, aside, rule */
	const struct event *event;
	const char *func;
	const char *how;	/* of an end, else "-" */
	bool has_seq;
	uint32_t seq;		/* step: its own; end: how many there were */
	bool has_missed;
	uint64_t missed;	/* end: probes that did not run meanwhile */
	bool has_parent;		/* born: the event says it */
	bool has_derived, has_lost;
	uint32_t derived, lost;	/* end: the family's counts until then */
	struct kernel_names *names;	/* of places and reasons; may be NULL */
	/* NULL: does not apply */
	const char *module;	/* of func; "vmlinux" for the kernel itself */
	const char *ret, *rule, *stack, *fields;
	const char *prog, *hook, *verdict;	/* a BPF program's (prog_text.h); without
						   prog Open vSwitch's (ovs_text.h) */
	const char *ct_why;	/* what conntrack has said of the packet */
	const void *bytes;	/* of the packet, from its link type's header on */
	size_t bytes_len, bytes_more;	/* how many are given; how many are not */
	uint32_t link_type;		/* LINKTYPE_… (pcap-linktype(7)) of these bytes */
};

/* The header line with version and columns. */
void records_header(FILE *out);

/* A note "# name: value" on the run; what would break the line is replaced. */
void records_note(FILE *out, const char *name, const char *value);

/* Writes the record as one line. */
void record_write(const struct record_fields *record, FILE *out);

#endif /* RECORDS_H */
