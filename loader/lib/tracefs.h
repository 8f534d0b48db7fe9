/* SPDX-License-Identifier: GPL-2.0-only */
/* Where tracefs is: the driver mounts the first; debugfs mounts the second. */
#ifndef TRACEFS_H
#define TRACEFS_H

#define TRACEFS		"/sys/kernel/tracing"
#define TRACEFS_OLD	"/sys/kernel/debug/tracing"

#endif /* TRACEFS_H */
