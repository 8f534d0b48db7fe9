/* SPDX-License-Identifier: GPL-2.0-only */
/* The tables below data/, which tell forms what names mean. */
#ifndef DATA_H
#define DATA_H

#include "table.h"
#include "../input/records.h"

struct data {
	struct table verdicts;	/* location, reason: what, cause, command */
	struct table ends;	/* who frees a consumed packet: what, cause, command */
	struct table consumed;	/* who frees it: what became of it, in a few words */
	struct table hooks;	/* function: netfilter's hook */
	struct table layers;	/* function: layer, colour */
	struct table directions; /* function: "in", "out" */
	struct table deliveries; /* function: "a socket", "a capture" */
	struct table readers;	/* function: "read" */
	struct table caches;	/* function: the cache that it serves */
	struct table waits;	/* function: the queue, who takes it out, who reads it */
	struct table results;	/* function: names of what it returns, from 0 on */
	const struct notes *notes;	/* of the records; NULL: not known */
};

/*
 * Reads the tables from the files in dir. It says what is wrong with them and goes on:
 * paths are printed without tables, too.
 */
void data_load(struct data *d, const char *dir);

/* Is a function that matches probed in this run? False: also where it is not known. */
bool data_probed(const struct data *d, const char *pattern);

/* Gives back the tables. */
void data_free(struct data *d);

#endif /* DATA_H */
