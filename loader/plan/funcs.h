/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The list of functions to probe, kp_funcs.list: a line each,
 *
 *	NAME FIN [ARG]
 *	GLOB FIN [ARG]
 *	!NAME
 *
 * NAME: a C function, also with a compiler's suffix (foo.isra.0), or a
 * tracepoint as GROUP:NAME. GLOB: fnmatch(3), for all functions that take a
 * packet and have no line of their own. "!" takes a name (or GROUP:NAME, each
 * a glob if need be) away from the lines above, and from all that is found.
 *
 * FIN: 0 the packet goes on, 1 it is consumed, 2 it is dropped. ARG: which
 * argument the packet is, 1 to 8, or *N when argument N is a struct
 * sk_buff **; of a glob, only functions that have it there. Words are
 * separated by blanks. Lines that are empty or begin with '#' count too: a
 * function's number is the number of its line.
 */
#ifndef FUNCS_H
#define FUNCS_H

#include <stddef.h>
#include <stdint.h>

#define FUNC_NAME_LEN	64	/* with the NUL at the end */
#define FUNC_ARGS	8

enum func_kind {
	FUNC_NAMED,		/* a line of its own */
	FUNC_GLOB,		/* a line that stands for many */
	FUNC_NOT,		/* a line with "!" */
	FUNC_FOUND,		/* in no line: by a glob, or among all */
};

struct func {
	uint32_t num;		/* number of the line, from 1 */
	char group[FUNC_NAME_LEN];	/* of a tracepoint, else "" */
	char name[FUNC_NAME_LEN];
	int verdict;		/* enum verdict of bpfpath.h */
	int arg;		/* position, 1 to FUNC_ARGS; 0: not given */
	int deref;		/* 1: *N */
	enum func_kind kind;
};

struct funcs {
	struct func *funcs;	/* in the order of num */
	uint32_t count;
	uint32_t lines;		/* of the whole file */
	uint32_t globs, nots;	/* how many of FUNC_GLOB and FUNC_NOT */
	uint32_t *by_name;	/* used inside */
};

/*
 * funcs_open() reads the file @path, funcs_parse() takes @size bytes, which messages
 * call @name. 0 and *funcs, to be freed by funcs_free(), or -errno (-EINVAL: a line is
 * wrong), and has said why.
 */
int funcs_open(const char *path, struct funcs **funcs);
int funcs_parse(const char *name, const void *bytes, size_t size,
		struct funcs **funcs);
void funcs_free(struct funcs *funcs);

/*
 * Makes funcs_find() possible; funcs_parse() calls it. -EINVAL when a name is
 * in two lines, and has said so for the list @name; or -ENOMEM.
 */
int funcs_index(const char *name, struct funcs *funcs);

/* The line of its own that a function, or a tracepoint, has; else NULL. */
const struct func *funcs_find(const struct funcs *funcs, const char *name,
			      int tracepoint);

/*
 * Does a line with "!" take @func away? For FUNC_FOUND any such line does, else one
 * below its own. A tracepoint that was found has the group "-".
 */
int funcs_excluded(const struct funcs *funcs, const struct func *func);

/* Appends a copy, which funcs_find() does not know. 0 or -ENOMEM. */
int funcs_add(struct funcs *funcs, const struct func *func);

#endif /* FUNCS_H */
