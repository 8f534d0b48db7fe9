/* SPDX-License-Identifier: GPL-2.0-only */
/* What a run has counted as a whole: notes at the end of its records. */
#ifndef RUN_NOTES_H
#define RUN_NOTES_H

#include "records.h"

#define RUN_NOTES	5

/* The names of these notes, which forms for programs use as well. */
extern const char *const run_notes[RUN_NOTES];

/* The last note of that name as a number; not known unless it is one. */
struct number run_note(const struct notes *notes, const char *name);

#endif /* RUN_NOTES_H */
