// SPDX-License-Identifier: GPL-2.0-only
/*
 * process PID COMM ELSE
 *
 * Output probes that want packets of a process (output_probe.h): a packet that is made on the stack
 * of its thread. They are programs of bpf/kprobe.c, whose stack pointer is made up;
 * PID wants this process, COMM one of its name, ELSE process 1. Prints TAP.
 */
#include <err.h>
#include <linux/ptrace.h>
#include <sys/prctl.h>

#include "../unit/tap.h"
#include "fake.h"
#include "run.h"

#define MAPS		"maps"
#define STACK_SIZE	(16 << 10)	/* bytes, of x86_64 */

static int by_pid, by_comm, by_else;
static uint64_t stack;

/* Is the packet selected, when it is made at @sp? */
static int selects(int prog, uint64_t sp)
{
	const struct pt_regs regs = { .rdi = fake_addr(FAKE_SKB), .rsp = sp };
	volatile struct state *state = run_state(MAPS);

	fake_reset();
	fake_skb("skb_iif", 4, 0);
	run_clear(run_map(MAPS, "skb_map"));
	run_clear(run_map(MAPS, "family_map"));
	memset((void *)state, 0, sizeof(*state));
	state->armed_until = ~0ULL;
	run_context(prog, &regs, sizeof(regs));
	return state->selected;
}

static void test_stack(int prog)
{
	is_int(selects(prog, stack), 1, "the end of the stack");
	is_int(selects(prog, stack + STACK_SIZE - 8), 1, "its beginning");
	is_int(selects(prog, stack - 8), 0, "below it");
	is_int(selects(prog, stack + STACK_SIZE), 0, "above it");
}

/* Names of 15 characters, the last of which counts. */
static void test_comm(void)
{
	is_int(selects(by_comm, stack), 1, "the name");
	prctl(PR_SET_NAME, "a-name-of-many_");
	is_int(selects(by_comm, stack), 0, "another name");
	prctl(PR_SET_NAME, "a-name");
	is_int(selects(by_comm, stack), 0, "a part of it");
}

int main(int argc, char **argv)
{
	if (argc != 4)
		errx(2, "usage: process PID COMM ELSE");
	tap_plan(2 * 4 + 3 + 1);
	by_pid = run_load_call(MAPS, argv[1], 1, 1);
	by_comm = run_load_call(MAPS, argv[2], 1, 1);
	by_else = run_load_call(MAPS, argv[3], 1, 1);
	prctl(PR_SET_NAME, "a-name-of-many-");
	fake_reset();
	stack = fake_stack();
	test_stack(by_pid);
	test_stack(by_comm);
	test_comm();
	is_int(selects(by_else, stack), 0, "another process");
	return tap_done();
}
