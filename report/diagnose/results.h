/* SPDX-License-Identifier: GPL-2.0-only */
/* Names of what functions return where the kernel's types have none. */
#ifndef DIAGNOSE_RESULTS_H
#define DIAGNOSE_RESULTS_H

#include "data.h"
#include "../input/record.h"

#define RESULT_ROOM	64	/* bytes */

/*
 * What a function has returned, by its record: the name that data gives to a number, in
 * buf, else the record's text. NULL: it returns nothing. data may be NULL.
 */
const char *result_name(const struct data *data, const struct record *ret,
			char buf[RESULT_ROOM]);

#endif /* DIAGNOSE_RESULTS_H */
