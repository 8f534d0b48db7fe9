/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which packets a run wants: the file that "bpfload filter" writes and commands that
 * load programs read. Lines of columns, separated by one tab, below a header line:
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

#include <stdbool.h>
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
	bool has_mark, has_uid;
	uint32_t mark, mask, uid;
	uint32_t pid;		/* 0: any */
};

/*
 * Writes that file. 0; -EINVAL: an expression compiles for no link type; -E2BIG,
 * -ENOMEM, -EOPNOTSUPP (pcap_filter.h); or the -errno of writing. It says what is wrong
 * with an expression, in libpcap's words for Ethernet, and then writes nothing.
 */
int wanted_write(const struct wanted *wanted, FILE *out);

/* The functions that programs call for their filters. */
#define FILTER_FUNCS	4

struct filters {
	struct obj_prog funcs[FILTER_FUNCS];
};

/*
 * Reads that file: sets its constants in @consts and makes @filters, to be freed by
 * filters_free(). A function that is not in the file never matches. 0; -errno, and has
 * said why.
 */
int wanted_read(const char *path, struct consts *consts,
		struct filters *filters);
void filters_free(struct filters *filters);

/*
 * Makes the shortest filters that never match, for programs that select nothing. 0 or
 * -ENOMEM.
 */
int filters_never(struct filters *filters);

/*
 * Writes the filters in that file as text: classic BPF, with the eBPF that is made of
 * it (ebpf_text.h). 0; -errno, and has said why.
 */
int wanted_text(const char *path, FILE *out);

#endif /* WANTED_H */
