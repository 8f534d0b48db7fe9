/* SPDX-License-Identifier: GPL-2.0-only */
/* The signals that end a run: SIGINT, SIGTERM and SIGHUP. */
#ifndef SIGNALS_H
#define SIGNALS_H

/*
 * Holds these signals back in this thread and in those that it starts. Gives a
 * signalfd(2) that does not block, or -errno.
 */
int signals_open(void);

/* The signal that has come and was not read yet; 0: none. */
int signals_pending(void);

#endif /* SIGNALS_H */
