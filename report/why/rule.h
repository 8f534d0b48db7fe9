/* SPDX-License-Identifier: GPL-2.0-only */
/* The rule of a firewall that dropped a packet, in words. */
#ifndef RULE_H
#define RULE_H

#include "../path/path.h"

#include <stdio.h>

const struct record *rule_decided(const struct path *p);
void rule_verdict(FILE *out, const struct record *rule);
void rule_next(FILE *out, const struct record *rule);

#endif /* RULE_H */
