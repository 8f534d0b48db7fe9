// SPDX-License-Identifier: GPL-2.0-only
/*
 * probe OBJECT...
 *
 * Programs of kprobes and trampolines on made-up registers, arguments and sk_buffs
 * (fake.h): where they find the packet and the rest, what is made of a packet, and
 * functions that return. The enum tells what the arguments are.
 *
 * What this does not reach, and guests must: that the kernel hands such programs what
 * is assumed here; multi.c and session.c, which ask for a cookie or call a function
 * that no other program may; rule_*.c, whose structures are of modules. Prints TAP.
 */
#include <err.h>
#include <linux/ptrace.h>
#include <unistd.h>

#include "../../loader/kernel/sys.h"
#include "../unit/tap.h"
#include "fake.h"
#include "run.h"

#define MAPS		"maps"
#define NUM		77	/* of the function */
#define NUMBER		5	/* of the packet */
#define MEMBER		3
#define CALLER		0xffffffff81234567ULL
#define RESULT		0xfffffffffffffff3ULL	/* -EACCES */
#define DEPTH		1024	/* of the stack, in its page */

static volatile struct state *state;
static int skbs, families, calls;

static const char *const names[] = {
	"kprobe: argument 1, caller, reason in argument 3",
	"kprobe: the pointer in argument 2",
	"kprobe: argument 4", "kprobe: argument 5", "kprobe: argument 6",
	"fentry: argument 2, reason in argument 3",
};

enum {				/* the arguments, in this order */
	DROPPED, DEREF, ARG4, ARG5, ARG6, FENTRY,
	RETURNED,		/* kprobe_return.c of DEREF */
	FEXIT,			/* fentry_return.c: argument 2 of 2 */
	MADE, MADE_FRESH,	/* kprobe.c: argument 2 of argument 1 */
	FENTRY_MADE,
	JOINED, JOINED_TRUE,	/* fexit.c: result, argument 3, is 0; is true */
	OBJECTS
};

static int progs[OBJECTS];

static void track(enum fake fake, uint32_t number, uint32_t member)
{
	const struct packet packet = { .number = number, .member = member };
	const struct family_counts family = { .derived = 5, .live = 2 };
	uint64_t skb = fake_addr(fake);

	if (sys_map_update(skbs, &skb, &packet) ||
	    sys_map_update(families, &number, &family))
		errx(1, "a packet cannot be tracked");
}

static void begin(void)
{
	fake_reset();
	run_clear(skbs);
	run_clear(families);
	run_clear(calls);
	track(FAKE_SKB, NUMBER, MEMBER);
	memset((void *)state, 0, sizeof(*state));
	state->tracked = 2;
}

static struct pt_regs registers(const uint64_t *args)
{
	uint64_t *stack = fake_bytes(FAKE_STACK);

	stack[DEPTH / 8] = CALLER;
	return (struct pt_regs){
		.rdi = args[0], .rsi = args[1], .rdx = args[2],
		.rcx = args[3], .r8 = args[4], .r9 = args[5],
		.rax = RESULT, .rsp = fake_addr(FAKE_STACK) + DEPTH,
	};
}

static void call(int object, const uint64_t *args)
{
	const struct pt_regs regs = registers(args);

	if (object == FENTRY || object >= FENTRY_MADE)
		run_context(progs[object], args, 6 * sizeof(*args));
	else
		run_context(progs[object], &regs, sizeof(regs));
}

static const struct event *event_of(int object, const uint64_t *args)
{
	static const struct event none;
	const struct run_event *got;

	call(object, args);
	got = run_event(MAPS);
	return got ? &got->event : &none;
}

/* Argument @n is the packet, or a pointer to it; the others are nothing. */
static void test_arg(int object, int n)
{
	const int drops = object == DROPPED || object == FENTRY;
	uint64_t args[6] = { 1, 2, 3, 4, 5, 6 };
	const struct event *event;

	begin();
	args[n - 1] = fake_addr(FAKE_SKB);
	if (object == DEREF) {
		memcpy(fake_bytes(FAKE_OTHER), &args[n - 1], sizeof(*args));
		args[n - 1] = fake_addr(FAKE_OTHER);
	}
	event = event_of(object, args);
	is_int(event->packet, NUMBER, names[object]);
	is_int(event->func, NUM, "... the function");
	is_int(event->reason, drops ? 3 : 0, "... the reason");
	is_int(event->location, object == DROPPED ? CALLER : 0, "... the caller");
	is_int(event->derived, drops ? 5 : NO_COUNT, "... is it the end?");
}

static void returns(uint64_t sp)
{
	const struct pt_regs regs = { .rsp = sp, .rax = RESULT };

	run_context(progs[RETURNED], &regs, sizeof(regs));
}

static void is_return(const char *what)
{
	const struct run_event *got = run_next(MAPS);

	is_int(got->event.func, NUM | FUNC_RETURN, what);
	is_int(got->event.value, RESULT, "... its result");
	is_int(got->event.packet, NUMBER, "... the packet");
	is_int(got->event.member, MEMBER, "... and which relative");
	is_int(state->entered, 0, "... no call is left");
}

/* The function is entered with the packet; its return address lies at DEPTH. */
static void enter(void)
{
	const uint64_t args[6] = { 0, fake_addr(FAKE_OTHER) };

	begin();
	*(uint64_t *)fake_bytes(FAKE_OTHER) = fake_addr(FAKE_SKB);
	call(DEREF, args);
	is_int(run_next(MAPS)->event.func, NUM, "a call");
	is_int(state->entered, 1, "... is counted");
}

static void test_return(void)
{
	uint64_t slot = fake_addr(FAKE_STACK) + DEPTH;

	enter();
	returns(slot);
	ok(!run_event(MAPS), "another function returns");
	returns(slot + 8);
	is_return("the stack pointer is above it: it returns");
	returns(slot + 8);
	ok(!run_event(MAPS), "and not again");
	enter();
	returns(slot - sizeof(struct pt_regs));
	is_return("by way of the function graph tracer");
}

/* The trampoline's arguments lie at the same address both times. */
static void test_fexit(void)
{
	uint64_t args[6] = { 1, fake_addr(FAKE_SKB), RESULT };
	struct entered entered;
	struct call_key key;

	begin();
	run_context(progs[FENTRY], args, sizeof(args));
	while (run_event(MAPS))
		;
	ok(!sys_map_next_key(calls, NULL, &key), "a trampoline: the call is noted");
	is_int(key.func, NUM, "... its function");
	is_int(key.arg, 2, "... which argument the packet is");
	ok(!sys_map_lookup(calls, &key, &entered) && entered.packet == NUMBER &&
	   entered.member == MEMBER, "... and the packet");
	/* the kernel may copy the next context to another place */
	for (int i = 0; i < 64 && state->entered; i++)
		run_context(progs[FEXIT], args, sizeof(args));
	if (state->entered)
		ok(1, "it returns # SKIP the context was never at the same place");
	else
		is_int(run_next(MAPS)->event.value, RESULT, "it returns");
}

static void is_derived(const struct event *event, uint64_t location,
		    const char *what)
{
	is_int(event->func, FUNC_DERIVED, what);
	is_int(event->packet, NUMBER, "... in the family");
	is_int(event->member, 6, "... the next relative");
	is_int(event->parent, MEMBER, "... of which");
	is_int(event->copy_site, NUM, "... by the function");
	is_int(event->location, location, "... that was called there");
	is_int(event->skb, fake_addr(FAKE_OTHER), "... the new sk_buff");
	is_int(event->len, 100, "... is as long as the old one");
	is_int(event->ifindex, 11, "... and at the same interface");
}

static void is_tracked_as(uint32_t number, uint32_t member, const char *what)
{
	uint64_t skb = fake_addr(FAKE_OTHER);
	struct packet packet = {};

	ok(!sys_map_lookup(skbs, &skb, &packet) && packet.number == number &&
	   packet.member == member && !packet.seq, what);
}

static void is_family(uint32_t number, uint32_t derived, uint32_t live,
		      const char *what)
{
	struct family_counts family = {};

	sys_map_lookup(families, &number, &family);
	ok(family.derived == derived && family.live == live, what);
}

static void test_derived(int object)
{
	const uint64_t args[6] = { fake_addr(FAKE_SKB), fake_addr(FAKE_OTHER) };

	begin();
	is_derived(event_of(object, args), object == MADE ? CALLER : 0, "a birth");
	is_tracked_as(NUMBER, 6, "... it is tracked");
	is_family(NUMBER, 6, 3, "... the family has one more");
	is_int(state->tracked, 3, "... and so are the tracked");
	call(object, args);
	ok(!run_event(MAPS), "it is known already");
}

/* What has been tracked at the address of a new sk_buff is not there any more. */
static void test_fresh(void)
{
	const uint64_t args[6] = { fake_addr(FAKE_SKB), fake_addr(FAKE_OTHER) };

	begin();
	track(FAKE_OTHER, 9, 1);
	call(MADE, args);
	ok(!run_event(MAPS), "it may hold what others of its family held");
	is_tracked_as(9, 1, "... and stays what it was");
	is_derived(event_of(MADE_FRESH, args), CALLER, "just allocated");
	is_tracked_as(NUMBER, 6, "... it is tracked");
	is_family(9, 5, 1, "... the other one has ended");
	is_int(state->tracked, 2, "... and is not counted any more");
}

/* A result of 32 or 8 bits: the rest of its register is nothing. */
static void test_joined(void)
{
	uint64_t args[6] = { fake_addr(FAKE_OTHER), fake_addr(FAKE_SKB), 0xffULL << 32 };

	begin();
	is_derived(event_of(JOINED, args), 0, "joined: the result is 0");
	begin();
	args[2] = 1;
	call(JOINED, args);
	ok(!run_event(MAPS), "the result is 1: not joined");
	args[2] = 0xff00;
	call(JOINED_TRUE, args);
	ok(!run_event(MAPS), "the result is false: not joined");
	args[2] = 0xff01;
	is_derived(event_of(JOINED_TRUE, args), 0, "joined: the result is true");
}

int main(int argc, char **argv)
{
	if (argc != 1 + OBJECTS)
		errx(2, "usage: probe OBJECT... (%d)", OBJECTS);
	tap_plan(5 * 6 + 2 * 2 + 2 + 2 * 5 + 5 + 2 * 13 + 2 + 12 + 20);
	for (int i = 0; i < OBJECTS; i++)
		progs[i] = run_load_call(MAPS, argv[1 + i], NUM, 0);
	state = run_state(MAPS);
	skbs = run_map(MAPS, "skb_map");
	families = run_map(MAPS, "family_map");
	calls = run_map(MAPS, "calls");
	test_arg(DROPPED, 1);
	test_arg(DEREF, 2);
	test_arg(ARG4, 4);
	test_arg(ARG5, 5);
	test_arg(ARG6, 6);
	test_arg(FENTRY, 2);
	test_return();
	test_fexit();
	test_derived(MADE);
	test_derived(FENTRY_MADE);
	test_fresh();
	test_joined();
	return tap_done();
}
