/* SPDX-License-Identifier: GPL-2.0-only */
/* Who has made a packet, and who has read it. */
#ifndef DIAGNOSE_PROCESS_H
#define DIAGNOSE_PROCESS_H

#include "data.h"
#include "../path/call.h"
#include "../path/path.h"

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
