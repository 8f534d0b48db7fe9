/* SPDX-License-Identifier: GPL-2.0-only */
/* Processes, by proc(5). */
#ifndef LOADER_PROCESS_H
#define LOADER_PROCESS_H

#define PROCESS_NAME_LEN	64	/* what /proc/PID/comm has at most, with a NUL */

/* Puts the command of the process into name. 0, or -errno: there is no such process. */
int process_name(int pid, char name[PROCESS_NAME_LEN]);

#endif /* LOADER_PROCESS_H */
