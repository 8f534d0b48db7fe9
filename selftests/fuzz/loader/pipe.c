// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as lines of trace_pipe, which come in pieces: the events of this run
 * are of functions of the plan.
 */
#include "../../../loader/trace/read_pipe.c"	/* its lines are its own */
#include "../fuzz.h"

#define RUN	0x1234
#define PIECE	300	/* bytes that come at a time */

static struct probe probes[] = {
	{ .num = 1, .name = "ip_rcv" },
	{ .num = 2, .name = "skb_clone" },
};
static const struct plan plan = { probes, 2 };

static void take(void *ctx, const struct event *event)
{
	(void)ctx;
	fuzz_check(event->func <= 2 || event->func == FUNC_DERIVED);
	fuzz_check(event->func != FUNC_DERIVED || event->copy_site <= 2);
	fuzz_check(event->func != FUNC_SELECTED || event->hook < HOOKS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int ends[2];
	struct reader reader = {
		.event = take,
		.plan = &plan,
		.run = RUN,
		.own = calloc(1, sizeof(struct pipe_lines)),
	};

	fuzz_check(!pipe2(ends, O_NONBLOCK));
	reader.fd = ends[0];
	for (size_t at = 0; at < size; at += PIECE) {
		size_t left = size - at;

		fuzz_check(write(ends[1], data + at,
				 left < PIECE ? left : PIECE) > 0);
		fuzz_check(!pipe_read(&reader));
	}
	close(ends[1]);
	pipe_close(&reader);
	return 0;
}
