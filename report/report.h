/* SPDX-License-Identifier: GPL-2.0-only */
/* From records to printed paths. */
#ifndef REPORT_H
#define REPORT_H

#include "format/format.h"

/* Exit statuses; Documentation/design.md has those of the driver. */
enum report_status {
	REPORT_PRINTED,
	REPORT_FAILED,
	REPORT_USAGE,
	REPORT_NO_PACKET,
};

enum report_status report_run(struct records *in, const char *name,
			      const struct form *form, struct output *o);

#endif /* REPORT_H */
