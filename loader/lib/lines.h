/* SPDX-License-Identifier: GPL-2.0-only */
/* Files between two programs: lines below a header line, and numbers in them. */
#ifndef LINES_H
#define LINES_H

#include <linux/types.h>

/*
 * Hands each line of the file, without its newline, to @take, which may change it. The
 * first line must be @header. 0; -errno, or what @take gave that was not 0: then it has
 * been said, with the line's number; of -EINVAL in the words of @wrong.
 */
int lines_read(const char *path, const char *header, const char *wrong,
	       int (*take)(void *ctx, char *line), void *ctx);

/*
 * The decimal number that @text begins with, @max at most: *number, and where it ends.
 * NULL: there is none.
 */
const char *number_take(const char *text, __u64 max, __u64 *number);

/* The same where nothing else may stand: 0 and *number, or -EINVAL. */
int number_read(const char *text, __u64 max, __u64 *number);

#endif /* LINES_H */
