/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which packets a run wants: what "bpfload filter" writes and who loads a program
 * reads. Lines of columns separated by one tab below a header line:
 *
 *	#bpfpath-filter-1	type	name	value	jt	jf	k
 *
 *	insn	FUNCTION CODE JT JF K	an instruction of classic BPF, of that function
 *				(bpf/packet.h)
 *	constant NAME NUMBER	a constant of programs (bpf/constants.def)
 *	form	ether|l3 WHY	no packet can match that begins so: in words
 */
#ifndef WANTED_H
#define WANTED_H

#include <stdint.h>
#include <stdio.h>
#include "../elf/object.h"
#include "../lib/consts.h"

#define WANTED_HEADER	"#bpfpath-filter-1\ttype\tname\tvalue\tjt\tjf\tk"
#define COMM_MAX	15	/* bytes of a command's name, TASK_COMM_LEN - 1 */

struct wanted {
	const char *expression;	/* "": any packet */
	const char *inner;	/* expression; NULL: any packet in the packet */
	const char *comm;	/* at most COMM_MAX bytes; NULL: any */
	const char *ifname;	/* what packets made here leave by; it may end with '*';
				   NULL: any */
	int has_mark, has_uid;
	uint32_t mark, mask, uid;
	uint32_t pid;		/* 0: any */
};

/*
 * Writes that file. 0; -EINVAL: an expression compiles for no link type; -E2BIG,
 * -ENOMEM, -EOPNOTSUPP (pcap_filter.h), or what writing gave. What is wrong with
 * an expression has been said, with libpcap's words for Ethernet, and then nothing
 * is written.
 */
int wanted_write(const struct wanted *wanted, FILE *out);

/* The functions that programs call for their filters. */
#define FILTER_FUNCS	4

struct filters {
	struct obj_prog funcs[FILTER_FUNCS];
};

/*
 * Reads that file: its constants are set in @consts, and @filters, to be freed by
 * filters_free(), are made; a function that is not in it never matches. 0; -errno, and
 * has said why.
 */
int wanted_read(const char *path, struct consts *consts,
		struct filters *filters);
void filters_free(struct filters *filters);

/*
 * Makes filters that never match, for programs that select nothing: as short as can
 * be. 0 or -ENOMEM.
 */
int filters_never(struct filters *filters);

/*
 * Writes the filters that are in that file as text, classic BPF with the eBPF that is
 * made of it (ebpf_text.h). 0; -errno, and has said why.
 */
int wanted_text(const char *path, FILE *out);

#endif /* WANTED_H */
