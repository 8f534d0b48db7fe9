/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Noise: functions that take a struct sk_buff which is no packet on its way, or that do
 * nothing with it: nobody who follows a packet wants to see them.
 */
#ifndef NOISE_H
#define NOISE_H

#include <stdint.h>

#include "../btf/btf.h"

enum noise {
	NOISE_NONE,
	NOISE_TRACEPOINT,	/* the kernel's code behind a tracepoint */
	NOISE_NETLINK,		/* builds, dumps or sends netlink messages */
	NOISE_BPF,		/* a BPF program's helper, or hook for one */
	NOISE_KINDS,
};

/* What kind of noise the function @name of prototype @proto is. */
enum noise noise_of(const char *name, const struct btf *btf, uint32_t proto);

/* "netlink messages", for people. */
const char *noise_text(enum noise noise);

#endif /* NOISE_H */
