// SPDX-License-Identifier: GPL-2.0-only
/* A stack by its names: where it begins, and what is left out of it. */
#include <stdlib.h>

#include "../../../loader/syms/ksyms.h"
#include "../../../loader/syms/names.h"
#include "../../../loader/trace/stack.h"
#include "../tap.h"

#define RCV	0xffffffff81000200
#define CALLER	0xffffffff81000400
#define NOTHING	0xffffffff80000000	/* below all symbols */

static const char text[] =
	"ffffffff81000000 T _stext\n"
	"ffffffff81000200 T ip_rcv\n"
	"ffffffff81000300 t ip_rcv_finish\n"
	"ffffffff81000400 T netif_receive_skb\n"
	"ffffffff81000500 t __traceiter_kfree_skb\n"
	"ffffffff81000600 t __bpf_trace_kfree_skb\n"
	"ffffffff81000700 T bpf_trace_run3\n"
	"ffffffff81000800 T sk_skb_reason_drop\n"
	"ffffffff81000900 t nf_hook.constprop.0\n"
	"ffffffffc0001000 t bpf_prog_1234_probe\t[bpf]\n"
	"ffffffffc0002000 t bpf_trampoline_77\t[bpf]\n"
	"ffffffffc0003000 t ftrace_trampoline\t[__builtin__ftrace]\n"
	"ffffffffc0004000 t bpf_prog_5678_cil_from\t[bpf]\n"
	"ffffffffc0005000 t nft_do_chain\t[nf_tables]\n";

static struct kernel_names names;
static char out[STACK_TEXT_LEN];

static const struct probe rcv = { .how = HOW_KPROBE, .symbol = "ip_rcv",
				  .addr = RCV };
static const struct probe drop = { .how = HOW_TRACEPOINT, .symbol = "kfree_skb" };

/* Of up to 8 frames; 0 is behind the last one. */
static const char *stack_of(const struct probe *probe, const uint64_t frames[8])
{
	struct kernel_stack stack = { .count = 0 };

	while (stack.count < 8 && frames[stack.count]) {
		stack.frames[stack.count] = frames[stack.count];
		stack.count++;
	}
	return stack_text(&stack, STACK_FRAMES, probe, &names, out);
}

#define STACK(probe, ...) stack_of(&(probe), (const uint64_t[8]){ __VA_ARGS__ })

static void test_function(void)
{
	const char *want = "ip_rcv+0x0 netif_receive_skb+0x12";
	struct probe fentry = rcv, hidden = rcv;

	fentry.how = HOW_FENTRY;
	hidden.addr = 0;
	is_str(STACK(rcv, RCV, CALLER + 18), want, "a kprobe: at the function");
	is_str(STACK(rcv, RCV + 1, CALLER + 18), want, "... behind its breakpoint");
	is_str(STACK(rcv, RCV + 4, RCV + 9, CALLER + 18), want,
	       "... told twice");
	is_str(STACK(rcv, CALLER + 18), want, "... without the function");
	is_str(STACK(fentry, 0xffffffffc0001100, 0xffffffffc0001080,
		     0xffffffffc0002010, RCV + 9, CALLER + 18), want,
	       "fentry: without programs and trampoline");
	is_str(STACK(hidden, 0xffffffffc0003010, RCV + 5, CALLER + 18), want,
	       "found by its name");
	is_str(STACK(rcv, RCV, RCV + 0x80, CALLER + 18),
	       "ip_rcv+0x0 ip_rcv+0x80 netif_receive_skb+0x12",
	       "what calls itself is there twice");
}

static void test_tracepoint(void)
{
	const char *want = "sk_skb_reason_drop+0x90 ip_rcv+0x44";

	is_str(STACK(drop, 0xffffffffc0001100, 0xffffffffc0001080,
		     0xffffffff81000733, 0xffffffff81000610, 0xffffffff81000520,
		     0xffffffff81000890, RCV + 0x44), want, "a tracepoint");
	is_str(STACK(drop, 0xffffffffc0001100, 0xffffffff81000733,
		     0xffffffff81000890, RCV + 0x44), want,
	       "... that is called at once");
}

static void test_frames(void)
{
	is_str(STACK(rcv, RCV, 0xffffffffc0005020, CALLER + 1),
	       "ip_rcv+0x0 nft_do_chain+0x20[nf_tables] netif_receive_skb+0x1",
	       "a module");
	is_str(STACK(rcv, RCV, CALLER, CALLER + 1),
	       "ip_rcv+0x0 ip_rcv_finish+0x100 netif_receive_skb+0x1",
	       "a call is its function's last instruction");
	is_str(STACK(rcv, RCV, 0xffffffffc0002020, 0xffffffffc0003001, CALLER + 1),
	       "ip_rcv+0x0 netif_receive_skb+0x1", "no trampolines in between");
	is_str(STACK(rcv, RCV, 0xffffffffc0004020, CALLER + 1),
	       "ip_rcv+0x0 bpf_prog_5678_cil_from+0x20[bpf] netif_receive_skb+0x1",
	       "a program in between is somebody's");
	is_str(STACK(rcv, RCV, 0xffffffffc0004020, RCV + 9, CALLER + 1),
	       "ip_rcv+0x0 netif_receive_skb+0x1", "... but not before the function");
	is_str(STACK(rcv, RCV, NOTHING, CALLER + 1),
	       "ip_rcv+0x0 0xffffffff80000000 netif_receive_skb+0x1",
	       "an address of nothing");
	ok(!STACK(rcv, 0), "no frame at all: not known");
}

static void test_cut(void)
{
	struct kernel_stack stack = { .count = 3, .frames = { RCV, CALLER + 1, CALLER + 2 } };
	const char *last = " netif_receive_skb+0x47 ...", *text_of;

	is_str(stack_text(&stack, 3, &rcv, &names, out),
	       "ip_rcv+0x0 netif_receive_skb+0x1 netif_receive_skb+0x2 ...",
	       "as many frames as there can be: it may go on");
	stack.count = 1000;
	for (int i = 1; i < STACK_FRAMES; i++)
		stack.frames[i] = CALLER + i;
	text_of = stack_text(&stack, STACK_FRAMES, &rcv, &names, out);
	is_str(text_of + strlen(text_of) - strlen(last), last,
	       "a count that is too high");
}

int main(void)
{
	tap_plan(18);
	if (ksyms_parse("symbols", text, strlen(text), &names.syms))
		return 1;
	names.tried_syms = 1;
	test_function();
	test_tracepoint();
	test_frames();
	test_cut();
	ksyms_free(names.syms);
	return tap_done();
}
