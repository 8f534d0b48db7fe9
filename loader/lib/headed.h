/* SPDX-License-Identifier: GPL-2.0-only */
/* Files between two programs: lines below a header line. */
#ifndef HEADED_H
#define HEADED_H

/*
 * Hands each line of the file, without its newline, to @take, which may change it. The
 * first line must be @header. 0; -errno; or what @take returned when that was not 0, and
 * has said so with the line's number; -EINVAL in the words of @wrong.
 */
int headed_read(const char *path, const char *header, const char *wrong,
		int (*take)(void *ctx, char *line), void *ctx);

#endif /* HEADED_H */
