/* SPDX-License-Identifier: GPL-2.0-only */
/* BPF programs of others that cannot be steps (progs.h), and why. */
#ifndef PROGS_LEFT_H
#define PROGS_LEFT_H

#include <stdint.h>

#include "../kernel/sys.h"
#include "progs.h"

struct prog_left {
	uint32_t id;
	int err;		/* -errno; 0: it is said */
	int is_xdp;		/* it sees packets before all else */
	char name[PROG_NAME_LEN];
};

/* Names those that were left since it was called last, on stderr, a line for each reason. */
void progs_left_say(struct progs *progs);

#endif /* PROGS_LEFT_H */
