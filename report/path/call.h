/* SPDX-License-Identifier: GPL-2.0-only */
/* What the thread does in a record: its column "call" (Documentation/records.md). */
#ifndef PATH_CALL_H
#define PATH_CALL_H

#include "../input/record.h"

/* Words of the column "call" that are no names of system calls. */
#define CALL_INTERRUPT	"interrupt"	/* it is not the thread (comm, pid) that does it */
#define CALL_LOCAL	"local"		/* of a selection: its first step tells */
#define CALL_KERNEL	"kernel"
#define CALL_IO_URING	"io_uring"
#define CALL_EXIT	"exit"
#define CALL_COMPAT	"compat"

/* Does the record's thread itself what the record tells? False: also where it is not known. */
bool call_is_own(const struct record *rec);

/* Does it so in a call by which programs read, or may read? */
bool call_reads(const struct record *rec);

#endif /* PATH_CALL_H */
