// SPDX-License-Identifier: GPL-2.0-only
/*
 * process PID COMM ELSE ANY
 *
 * Output probes that want packets of a process (output_probe.h): a packet that is made on the stack
 * of its thread. They are programs of bpf/kprobe.c, whose stack pointer is made up;
 * PID wants this process, COMM one of its name, ELSE process 1, ANY whatever is made: of
 * that the event tells which system call it is (call.h), which is bpf(2). Prints TAP.
 */
#include <err.h>
#include <linux/ptrace.h>
#include <linux/bpf.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

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

static const struct event *made_at(int prog, uint64_t sp)
{
	while (run_event(MAPS))
		;	/* what came before */
	selects(prog, sp);
	return &run_next(MAPS)->event;
}

/* The call's first argument is a command, as if that were a descriptor. */
static void test_call(int prog)
{
	const struct event *event = made_at(prog, stack);
	struct stat st;

	is_int(event->call, CALL_NUMBER + __NR_bpf, "the system call");
	is_int(event->fd, BPF_PROG_TEST_RUN, "its first argument");
	is_int(event->socket, 0, "the descriptor of a file");
	if (dup2(socket(AF_INET, SOCK_DGRAM, 0), BPF_PROG_TEST_RUN) < 0 ||
	    fstat(BPF_PROG_TEST_RUN, &st))
		err(1, "socket");
	is_int(made_at(prog, stack)->socket, st.st_ino, "... and of a socket");
	is_int(made_at(prog, stack + STACK_SIZE)->call, CALL_INTERRUPT, "an interrupt");
}

int main(int argc, char **argv)
{
	int any;

	if (argc != 5)
		errx(2, "usage: process PID COMM ELSE ANY");
	tap_plan(2 * 4 + 3 + 1 + 5);
	if (dup2(0, BPF_PROG_TEST_RUN) < 0)	/* nothing else gets that one */
		err(1, "dup2");
	by_pid = run_load_call(MAPS, argv[1], 1, 1);
	by_comm = run_load_call(MAPS, argv[2], 1, 1);
	by_else = run_load_call(MAPS, argv[3], 1, 1);
	any = run_load_call(MAPS, argv[4], 1, 1);
	prctl(PR_SET_NAME, "a-name-of-many-");
	fake_reset();
	stack = fake_stack();
	test_stack(by_pid);
	test_stack(by_comm);
	test_comm();
	is_int(selects(by_else, stack), 0, "another process");
	test_call(any);
	return tap_done();
}
