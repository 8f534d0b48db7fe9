/* SPDX-License-Identifier: GPL-2.0-only */
/* From records to printed paths. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "format/format.h"

/* Exit statuses; Documentation/design.md has those of the driver. */
enum report_status {
	REPORT_PRINTED,
	REPORT_FAILED,
	REPORT_USAGE,
	REPORT_NO_PACKET,
};

/*
 * Reads all of in, which messages call name, and prints each packet with its
 * relatives to o when the last of their ends comes. Those that have not ended are
 * printed when the input ends or a line of it is wrong. Says what fails.
 */
enum report_status report_run(struct records *in, const char *name,
			      const struct form *form, struct output *o);

#endif /* REPORT_REPORT_H */
