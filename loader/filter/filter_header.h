/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * expression.h: which packets a run wants, as C that bpf/filter.h includes.
 * bpf/filter.h tells what stands in it.
 */
#ifndef FILTER_HEADER_H
#define FILTER_HEADER_H

#include <linux/types.h>
#include <stdio.h>

#define COMM_MAX	15	/* bytes of a command's name, TASK_COMM_LEN - 1 */

struct filter_wanted {
	const char *expression;	/* NULL: the short form … */
	const char *protocol;	/* … a name, */
	int number;		/* its number, */
	int family;		/* 4 or 6, */
	unsigned char address[16];	/* source, network byte order */

	const char *inner;	/* expression; NULL: any packet in the packet */
	const char *comm;	/* at most COMM_MAX bytes; NULL: any */
	int has_mark, has_uid, has_pid;
	__u32 mark, mask, uid, pid;
};

/*
 * Writes the header to @out. 0; -EINVAL: an expression compiles for no link
 * type; -ENOMEM, -EOPNOTSUPP (pcap_filter.h), or what writing gave. What is
 * wrong with an expression has been said, with libpcap's words for Ethernet,
 * and then nothing is written.
 */
int filter_header_write(const struct filter_wanted *wanted, FILE *out);

#endif /* FILTER_HEADER_H */
