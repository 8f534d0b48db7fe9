// SPDX-License-Identifier: GPL-2.0-only
/* Cookies: what the probe of kprobe.multi is told of each address. */
#include "../../../bpf/bpfpath.h"
#include "../../../loader/attach/attach.h"
#include "../tap.h"

#define MOST	8

static uint64_t addrs[MOST], cookies[MOST];

static uint32_t fill(const struct probe *probes, uint32_t count)
{
	const struct probe *pointers[MOST];

	for (uint32_t i = 0; i < count; i++)
		pointers[i] = &probes[i];
	return multi_fill(pointers, count, addrs, cookies);
}

static void is_cookie(uint64_t cookie, uint32_t num, int verdict, int reason,
		      const char *what)
{
	is_int(COOKIE_NUM(cookie), num, what);
	is_int(COOKIE_VERDICT(cookie), verdict, "... and what it means");
	is_int(COOKIE_REASON(cookie), reason, "... and the reason's register");
}

static void test_largest(void)
{
	static const struct probe probe = {
		.num = MAX_FUNCS - 1, .addr = 1, .arg = 8, .deref = 1,
		.step = { .verdict = VERDICT_DROPPED, .reason_arg = 8,
			  .stage = STAGE_MAX },
	};

	is_int(fill(&probe, 1), 1, "one probe, one address");
	is_cookie(cookies[0], MAX_FUNCS - 1, VERDICT_DROPPED, 8,
		  "the largest number");
	is_int(COOKIE_STAGE(cookies[0]), STAGE_MAX, "... and stage");
	is_int(COOKIE_ARGS(cookies[0]), 0x80, "... and register");
	is_int(COOKIE_DEREFS(cookies[0]), 0x80, "... which is a pointer's");
	is_int(COOKIE_PARENT(cookies[0]), 0, "... which has no parent");
}

static void test_maker(void)
{
	static const struct probe probe = {
		.num = 1, .role = PROBE_COPY_SITE, .addr = 1, .arg = 1,
		.copy_site = { .old_arg = 8, .is_fresh = 1 },
	};

	fill(&probe, 1);
	is_cookie(cookies[0], 1, 1, 0, "a copy site of what is fresh");
	is_int(COOKIE_STAGE(cookies[0]), 0, "... selects nothing");
	is_int(COOKIE_ARGS(cookies[0]), 1, "... its register");
	is_int(COOKIE_PARENT(cookies[0]), 8, "... and its parent's");
}

static void test_return(void)
{
	static const struct probe probe = {
		.num = 1, .role = PROBE_RETURN, .addr = 1, .arg = 1,
		.returns = { .result_arg = 3 },
	};

	fill(&probe, 1);
	is_cookie(cookies[0], 1, VERDICT_NONE, 0, "a return");
}

static void test_smallest(void)
{
	static const struct probe probe = { .num = 1, .addr = 1, .arg = 1 };

	fill(&probe, 1);
	is_cookie(cookies[0], 1, VERDICT_NONE, 0, "the smallest number");
	is_int(COOKIE_STAGE(cookies[0]), 0, "... and stage");
	is_int(COOKIE_ARGS(cookies[0]), 1, "... and register");
	is_int(COOKIE_DEREFS(cookies[0]), 0, "... which is the packet's");
}

static void test_registers(void)
{
	int alone = 0;

	for (int arg = 1; arg <= 8; arg++) {
		struct probe probe = { .num = 0xfff,
				       .step.verdict = VERDICT_DROPPED,
				       .addr = 1, .arg = arg };

		fill(&probe, 1);
		alone += COOKIE_ARGS(cookies[0]) == 1U << (arg - 1) &&
			 !COOKIE_DEREFS(cookies[0]) &&
			 COOKIE_NUM(cookies[0]) == 0xfff &&
			 COOKIE_VERDICT(cookies[0]) == VERDICT_DROPPED &&
			 !COOKIE_REASON(cookies[0]);
	}
	is_int(alone, 8, "each register has a bit, and touches nothing else");
}

/* Two packets of one function, one of another; the first of two addresses. */
static void test_packets(void)
{
	static const struct probe probes[] = {
		{ .num = 5, .step.verdict = VERDICT_CONSUMED, .addr = 0x100, .arg = 1 },
		{ .num = 5, .step.verdict = VERDICT_CONSUMED, .addr = 0x100, .arg = 3,
		  .deref = 1 },
		{ .num = 5, .step.verdict = VERDICT_CONSUMED, .addr = 0x200, .arg = 2 },
		{ .num = 6, .addr = 0x300, .arg = 1, .step.reason_arg = 2 },
	};

	is_int(fill(probes, 4), 3, "four probes at three addresses");
	ok(addrs[0] == 0x100 && addrs[1] == 0x200 && addrs[2] == 0x300,
	   "... in their order");
	is_cookie(cookies[0], 5, VERDICT_CONSUMED, 0, "two packets, one number");
	is_int(COOKIE_ARGS(cookies[0]), 0x5, "... in two registers");
	is_int(COOKIE_DEREFS(cookies[0]), 0x4, "... one by a pointer");
	is_cookie(cookies[1], 5, VERDICT_CONSUMED, 0, "the same number again");
	is_int(COOKIE_ARGS(cookies[1]), 0x2, "... with a register of its own");
	is_cookie(cookies[2], 6, VERDICT_NONE, 2, "another function");
	is_int(COOKIE_ARGS(cookies[2]), 0x1, "... takes nothing of others");
}

int main(void)
{
	tap_plan(40);
	test_largest();
	test_maker();
	test_return();
	test_smallest();
	test_registers();
	test_packets();
	is_int(fill(NULL, 0), 0, "no probe, no address");
	return tap_done();
}
