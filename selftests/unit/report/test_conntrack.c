// SPDX-License-Identifier: GPL-2.0-only
/* What conntrack takes a packet for at a step: when it is invalid. */
#include "../../../report/path/conntrack.h"
#include "harness.h"

#define ROOM	8

struct at {
	const char *func, *ct, *ifname;
	unsigned int netns;
};

/* Steps from the first on, each at eth0 unless it says so. */
struct route {
	struct at at[ROOM];
	unsigned int missing;	/* before that step; 0: none */
	bool unnumbered;
};

/* What the last step of @route is. */
static const char *last_of(const struct route *route)
{
	static struct record records[ROOM];
	static struct record *steps[ROOM];
	struct path p = { .steps = steps, .numbered = !route->unnumbered };
	const struct at *at;

	for (; p.count < ROOM && route->at[p.count].func; p.count++) {
		at = &route->at[p.count];
		records[p.count] = (struct record){
			.func = at->func,
			.ct = at->ct,
			.ifname = at->ifname ? at->ifname : "eth0",
			.netns = { true, 7 + at->netns },
			.seq = { true, p.count },
		};
		if (route->missing && p.count >= route->missing)
			records[p.count].seq.value++;
		steps[p.count] = &records[p.count];
	}
	return conntrack_at(&p, p.count - 1);
}

#define LAST(want, name, ...) \
	is_str(last_of(&(struct route){ __VA_ARGS__ }), want, name)
#define LOOKS	{ "nf_conntrack_in", "none" }
#define DELIVER	{ "ip_local_deliver", "none" }

static void test_invalid(void)
{
	LAST("invalid", "conntrack has left it without an entry",
	     .at = { LOOKS, DELIVER });
	LAST("invalid", "... and does so still",
	     .at = { LOOKS, DELIVER, { "nf_hook_slow", "none" } });
	LAST("invalid", "... however long it took",
	     .at = { LOOKS, { "skb_checksum", "none" }, DELIVER });
	LAST("none", "it looks", .at = { { "ip_rcv", "none" }, LOOKS });
	LAST("none", "it may still look",
	     .at = { LOOKS, { "skb_checksum", "none" } });
	LAST("none", "it has not looked", .at = { DELIVER });
	LAST("none", "it has had an entry, and was rid of it",
	     .at = { LOOKS, { "ip_local_deliver", "new" },
		     { "ip_local_deliver_finish", "none" } });
	LAST("none", "what was unpacked begins anew",
	     .at = { LOOKS, DELIVER, { "ip_rcv", "none" }, DELIVER });
}

static void test_uncertain(void)
{
	LAST("none", "another interface",
	     .at = { LOOKS, { "ip_output", "none", "eth1" } });
	LAST("none", "another namespace",
	     .at = { LOOKS, { "ip_output", "none", NULL, 1 } });
	LAST("none", "a step is missing", .at = { LOOKS, DELIVER },
	     .missing = 1);
	LAST("none", "it is not known whether one is", .at = { LOOKS, DELIVER },
	     .unnumbered = true);
	LAST("none", "it is not known what it was meanwhile",
	     .at = { LOOKS, { "nf_nat_inet_fn", NULL }, DELIVER });
	ok(!last_of(&(struct route){ .at = { LOOKS, { "ip_output", NULL } } }),
	   "not known");
}

/* What is said of the last of two steps, at 1 and 3, by a function that ran at @ns. */
static const char *why_of(const char *ct, uint64_t ns)
{
	static struct record looks = {
		.func = "nf_conntrack_in", .ct = "none", .ifname = "eth0",
		.netns = { true, 7 }, .ns = { true, 1 }, .seq = { true, 0 },
	};
	static struct record step, said;
	struct record *steps[] = { &looks, &step }, *extras[] = { &said };
	struct path p = {
		.steps = steps, .count = 2, .numbered = true,
		.extras = { .records = extras, .count = 1 },
	};

	step = looks;
	step.func = "ip_local_deliver";
	step.ct = ct;
	step.ns.value = 3;
	step.seq.value = 1;
	said = (struct record){ .type = RECORD_CALLEE, .ns = { true, ns },
				.ct = "new why=bad checksum" };
	return conntrack_why(&p, 1);
}

static void test_why(void)
{
	is_str(why_of("none", 2), "bad checksum", "why it is invalid");
	ok(!why_of("new", 2), "it is not invalid: what was said is no reason");
	ok(!why_of("none", 0), "said before conntrack looked");
	ok(!why_of("none", 4), "said after the step");
}

#define CT_HEADER OLD_COLUMNS "\tct\n"
#define CT_STEP(seq, func, ct) \
	"step\t1\t" seq "\t9\t-\t-\t" func \
	"\t-\t-\t-\t-\t-\t-\t-\t-\t" ct "\n"
#define CT_END \
	"end\t1\t6\t9\t-\t-\tf\t-\t-\t-\t-\t-\tdropped\t-\t-\t-\n"

static void test_text(void)
{
	static const char input[] = CT_HEADER
		"select\t1\t-\t9\t-\t-\tingress\t-\t-\t-\t-\t-\t-\t-\t-\t-\n"
		CT_STEP("0", "a", "none") CT_STEP("1", "b", "new")
		CT_STEP("2", "c", "new") CT_STEP("3", "d", "new,snat")
		CT_STEP("4", "e", "none") CT_STEP("5", "f", "new,snat") CT_END;
	struct printed p = print_bytes(input, strlen(input), "text", "");
	const char *at = p.text;
	static const char *const lines[] = {
		"  a\n", "  [conntrack: new]\n", "  b\n", "  c\n",
		"  [conntrack: new,snat]\n", "  d\n", "  e\n",
		"  [conntrack: new,snat]\n", "  f\n",
	};
	size_t i;

	for (i = 0; at && i < sizeof(lines) / sizeof(*lines); i++) {
		at = strstr(at, lines[i]);
		at = at ? at + strlen(lines[i]) : NULL;
	}
	ok(at && !strstr(at, "[conntrack"), "text says what changes, in order");
	free(p.text);
}

int main(void)
{
	tap_plan(19);
	test_invalid();
	test_uncertain();
	test_why();
	test_text();
	return tap_done();
}
