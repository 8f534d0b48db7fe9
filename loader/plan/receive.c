// SPDX-License-Identifier: GPL-2.0-only
#include "receive.h"

int receive_add(struct plan *plan)
{
	const struct probe probe = {
		.name = RECEIVE_TRACEPOINT, .symbol = RECEIVE_TRACEPOINT,
		.role = PROBE_RECEIVE, .how = HOW_RECEIVE,
		.unique = 1, .arg = 1,
	};

	return plan_append(plan, &probe);
}
