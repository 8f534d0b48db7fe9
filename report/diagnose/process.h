/* SPDX-License-Identifier: GPL-2.0-only */
/* Who has made a packet, and who has read it. */
#ifndef DIAGNOSE_PROCESS_H
#define DIAGNOSE_PROCESS_H

#include "data.h"
#include "../path/path.h"

/* Words of the column "call" that are no names of system calls. */
#define CALL_INTERRUPT	"interrupt"	/* it is not the thread (comm, pid) that does it */
#define CALL_LOCAL	"local"		/* of a selection: its first step tells */
#define CALL_KERNEL	"kernel"
#define CALL_IO_URING	"io_uring"
#define CALL_EXIT	"exit"
#define CALL_COMPAT	"compat"

/* Does the record's thread itself what the record tells? False: also where it is not known. */
bool process_acts(const struct record *rec);

/* Does it so in a call by which programs read, or may read? */
bool process_reads(const struct record *rec);

/*
 * The record that tells who has made p here: its selection, or where that is at egress
 * its first step. NULL: it was not made here, it is a relative, or it is not known. The
 * record's call may be CALL_INTERRUPT, or NULL, not known.
 */
const struct record *process_maker(const struct path *p);

/*
 * The step by which a program, or a thread of the kernel's, has read p, the last one if
 * there are several. NULL: there is none, or it is not known. data may be NULL.
 */
const struct record *process_reader(const struct data *data, const struct path *p);

#endif /* DIAGNOSE_PROCESS_H */
