/* SPDX-License-Identifier: GPL-2.0-only */
/* The tables below data/, which tell forms what names mean. */
#ifndef DATA_H
#define DATA_H

#include "table.h"

struct data {
	struct table verdicts;	/* location, reason: what, cause, command */
	struct table hooks;	/* function: netfilter's hook */
	struct table layers;	/* function: layer, colour */
	struct table directions; /* function: "in", "out" */
	struct table results;	/* function: names of what it returns, from 0 on */
};

void data_load(struct data *d, const char *dir);
void data_free(struct data *d);

#endif /* DATA_H */
