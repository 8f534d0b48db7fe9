// SPDX-License-Identifier: GPL-2.0-only
/* Slots that are written while they are read. */
#include <errno.h>
#include <linux/bpf.h>
#include <stdarg.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../../../loader/trace/read.h"
#include "../tap.h"

#define WRITTEN	3	/* slots that have a number */

static int torn;	/* looks at each slot that find it half written */
static int looks[SLOT_STEPS];
static int handed, wrong;

static int lookup(const union bpf_attr *attr)
{
	uint32_t key = *(const uint32_t *)(unsigned long)attr->key;
	struct event *event = (void *)(unsigned long)attr->value;

	memset(event, 0, sizeof(*event));
	if (key >= WRITTEN)
		return 0;
	event->packet = 1;
	if (looks[key]++ >= torn)
		event->func = key + 1;
	return 0;
}

/* Instead of the C library's: maps are opened, and looked into. */
long syscall(long number, ...)
{
	const union bpf_attr *attr;
	va_list args;
	int cmd;

	va_start(args, number);
	cmd = va_arg(args, int);
	attr = va_arg(args, const void *);
	va_end(args);
	if (number != SYS_bpf)
		return 0;
	return cmd == BPF_MAP_LOOKUP_ELEM ? lookup(attr) : 1000;
}

static void take(void *ctx, const struct event *event)
{
	(void)ctx;
	handed++;
	wrong += event->func != (uint32_t)handed;
}

int main(void)
{
	struct reader reader = { .ops = &read_map, .event = take };

	tap_plan(3);
	if (reader.ops->open(&reader, "/nonexistent"))
		return 1;
	torn = 1;
	/* the first slot is looked at once more, for whose it is */
	looks[0] = -1;
	reader.ops->read(&reader);
	is_int(handed, WRITTEN, "all that are valid are handed over");
	is_int(wrong, 0, "none as it was when its number was seen first");
	reader.ops->read(&reader);
	is_int(handed, WRITTEN, "each once");
	reader.ops->close(&reader);
	return tap_done();
}
