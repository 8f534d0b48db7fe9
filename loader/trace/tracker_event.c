// SPDX-License-Identifier: GPL-2.0-only
/* What an event of the tracker's is. */
#include "tracker_own.h"

const struct probe *tracker_probe(const struct tracker *tracker, uint32_t num)
{
	return num < MAX_FUNCS ? tracker->probes[num] : NULL;
}

bool tracker_is_step(const struct event *event)
{
	return event->func != FUNC_SELECTED && event->func < MAX_FUNCS;
}

bool tracker_is_free(const struct tracker *tracker, const struct event *event)
{
	return tracker->freed && event->func == tracker->freed;
}
