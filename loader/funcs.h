/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The list of functions to probe, kp_funcs.list: a line each,
 *
 *	NAME FIN [ARG]
 *
 * NAME: a C function, also with a compiler's suffix (foo.isra.0), or a
 * tracepoint as GROUP:NAME. FIN: 0 the packet goes on, 1 it is consumed,
 * 2 it is dropped. ARG: which argument the packet is, 1 to 5, or *N when
 * argument N is a struct sk_buff **. Words are separated by blanks. Lines that
 * are empty or begin with '#' count too: a function's number is the number
 * of its line.
 */
#ifndef FUNCS_H
#define FUNCS_H

#include <stddef.h>
#include <linux/types.h>

#define FUNC_NAME_LEN	64	/* with the NUL at the end */

struct func {
	__u32 num;		/* number of the line, from 1 */
	char group[FUNC_NAME_LEN];	/* of a tracepoint, else "" */
	char name[FUNC_NAME_LEN];
	int fin;		/* enum fin of bpfpath.h */
	int arg;		/* 1 to 5; 0: not given */
	int deref;		/* 1: *N */
};

struct funcs {
	struct func *funcs;
	__u32 count;
	__u32 lines;		/* of the whole file */
};

/*
 * funcs_open() reads the file @path, funcs_parse() takes @size bytes, @name
 * stands for them in messages. 0 and *funcs, to be freed by funcs_free(), or
 * -errno (-EINVAL: a line is wrong), and has said why.
 */
int funcs_open(const char *path, struct funcs **funcs);
int funcs_parse(const char *name, const void *bytes, size_t size,
		struct funcs **funcs);
void funcs_free(struct funcs *funcs);

#endif /* FUNCS_H */
