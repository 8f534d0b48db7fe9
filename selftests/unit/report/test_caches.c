// SPDX-License-Identifier: GPL-2.0-only
/* Which routes are the same but for caches. */
#include "harness.h"
#include "../../../report/diff/caches.h"

#define COLD		"a cold neighbour cache"
#define GRO		"GRO, which merges packets"

/* Packet 1 meets no cache: f, g, and the end. */
#define WARM	SELECT("1", "10") STEP("1", "0", "20", "f") \
		STEP("1", "1", "50", "g") STEP("1", "2", "60", "consume_skb") \
		END("1", "3", "60", "consume_skb", "consumed")

/* Packet 2, between f and g at a step; and the last one. */
#define COLD_TO(step, last) \
	SELECT("2", "110") STEP("2", "0", "120", "f") \
	STEP("2", "1", "130", step) STEP("2", "2", "150", last) \
	STEP("2", "3", "160", "consume_skb")
#define COLD_END(how)	END("2", "4", "160", "consume_skb", how)

/* A relative of packet 2: made at that time, and its only step. */
#define CLONE(member, parent, ns, func) \
	DERIVED("2", member, parent, ns, "skb_clone") \
	STEP_MEMBER("2", member, "0", "155", func)
#define CLONE_END(member, func, how) \
	END_MEMBER("2", member, "1", "155", func, how)

static int take_family(struct output *o, const struct family *f)
{
	return routes_add(o->context, f);
}

/* What is between the routes of packets 1 and 2; "": caches alone are not. */
static void is_between(const char *input, const char *want, const char *what)
{
	static const struct form form = { .name = "routes", .family = take_family };
	struct memory m = { input, strlen(input), 4096 };
	struct names names = { .root = NULL };
	struct data data;
	struct routes routes = { .names = &names, .data = &data };
	struct output o = { .file = stdout, .context = &routes };
	struct records *r = records_new(memory_read, &m);
	const char *got = "not two routes";

	data_load(&data, "data");
	data.notes = &r->notes;
	report_run(r, "memory", &form, &o);
	if (routes.count == 2)
		got = caches_alone(&routes, routes.route[0], routes.route[1], true);
	is_str(got ? got : "", want, what);
	records_free(r);
	routes_free(&routes);
	names_free(&names);
	data_free(&data);
}

static void steps(void)
{
	is_between(HEADER WARM COLD_TO("neigh_resolve_output", "g")
		   COLD_END("consumed"), COLD, "a neighbour");
	is_between(HEADER WARM COLD_TO("ip_route_input_slow.isra.0", "g")
		   COLD_END("consumed"), "a route that is remembered",
		   "a route, with a suffix");
	is_between(HEADER WARM COLD_TO("h", "g") COLD_END("consumed"), "",
		   "another function");
	is_between(HEADER WARM COLD_TO("neigh_resolve_output", "h")
		   COLD_END("consumed"), "", "a neighbour, another function");
	is_between(HEADER WARM COLD_TO("neigh_resolve_output", "g")
		   COLD_END("dropped"), "", "a neighbour, another end");
	is_between(HEADER COLD_TO("neigh_resolve_output", "g")
		   COLD_END("consumed") WARM, COLD, "the other way round");
}

/* What is made for the neighbour goes away; what has a life of its own stays. */
static void relatives(void)
{
	is_between(HEADER WARM COLD_TO("__neigh_event_send", "g")
		   CLONE("1", "0", "140", "consume_skb")
		   CLONE_END("1", "consume_skb", "consumed")
		   COLD_END("consumed"), COLD, "a clone for the request");
	is_between(HEADER WARM COLD_TO("__neigh_event_send", "g")
		   CLONE("1", "0", "125", "consume_skb")
		   CLONE_END("1", "consume_skb", "consumed")
		   COLD_END("consumed"), "", "a clone made before");
	is_between(HEADER WARM COLD_TO("__neigh_event_send", "g")
		   CLONE("1", "0", "140", "kfree_skb")
		   CLONE_END("1", "kfree_skb", "dropped")
		   COLD_END("consumed"), "", "a clone that is dropped");
	is_between(HEADER WARM COLD_TO("__neigh_event_send", "g")
		   DERIVED("2", "1", "0", "140", "skb_clone")
		   STEP_MEMBER("2", "1", "0", "145", "packet_rcv")
		   STEP_MEMBER("2", "1", "1", "155", "consume_skb")
		   END_MEMBER("2", "1", "2", "155", "consume_skb", "consumed")
		   COLD_END("consumed"), "", "a clone that somebody gets");
}

/* The numbers of relatives that stay are those of the good route. */
static void numbers(void)
{
	is_between(HEADER
		   SELECT("1", "10") STEP("1", "0", "20", "f")
		   STEP("1", "1", "25", "g")
		   DERIVED("1", "1", "0", "30", "skb_clone")
		   STEP_MEMBER("1", "1", "0", "40", "h")
		   END_MEMBER("1", "1", "1", "40", "h", "consumed")
		   STEP("1", "2", "60", "consume_skb")
		   END("1", "3", "60", "consume_skb", "consumed")
		   SELECT("2", "110") STEP("2", "0", "120", "f")
		   STEP("2", "1", "125", "__neigh_event_send")
		   CLONE("1", "0", "130", "consume_skb")
		   CLONE_END("1", "consume_skb", "consumed")
		   STEP("2", "2", "135", "g")
		   DERIVED("2", "2", "0", "140", "skb_clone")
		   STEP_MEMBER("2", "2", "0", "155", "h")
		   END_MEMBER("2", "2", "1", "155", "h", "consumed")
		   STEP("2", "3", "160", "consume_skb")
		   END("2", "4", "160", "consume_skb", "consumed"),
		   COLD, "a second relative");
}

/* What is merged is the same as far as that; one that is not has gone further. */
static void merged(void)
{
	const char *good = HEADER WARM
		SELECT("2", "110") STEP("2", "0", "120", "f")
		STEP("2", "1", "130", "skb_gro_receive")
		STEP("2", "2", "140", "consume_skb")
		END("2", "3", "140", "consume_skb", "consumed");

	is_between(good, GRO, "merged");
	is_between(HEADER
		   SELECT("1", "10") STEP("1", "0", "20", "f")
		   STEP("1", "1", "30", "skb_gro_receive")
		   STEP("1", "2", "40", "consume_skb")
		   END("1", "3", "40", "consume_skb", "consumed")
		   SELECT("2", "110") STEP("2", "0", "120", "f")
		   STEP("2", "1", "150", "g") STEP("2", "2", "160", "consume_skb")
		   END("2", "3", "160", "consume_skb", "consumed"), "",
		   "the good one is merged");
	is_between(HEADER WARM
		   SELECT("2", "110") STEP("2", "0", "120", "h")
		   STEP("2", "1", "130", "skb_gro_receive")
		   STEP("2", "2", "140", "consume_skb")
		   END("2", "3", "140", "consume_skb", "consumed"), "",
		   "merged elsewhere");
	is_between(HEADER WARM
		   SELECT("2", "110") STEP("2", "0", "120", "f")
		   STEP("2", "1", "130", "skb_gro_receive")
		   STEP("2", "2", "140", "kfree_skb")
		   END("2", "3", "140", "kfree_skb", "dropped"), "",
		   "dropped in GRO");
}

int main(void)
{
	tap_plan(15);
	steps();
	relatives();
	numbers();
	merged();
	return tap_done();
}
