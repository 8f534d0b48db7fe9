// SPDX-License-Identifier: GPL-2.0-only
/* A family of many: each member is found, in a time that grows as they do. */
#include <time.h>

#include "../../../loader/trace/live_family.h"
#include "../tap.h"

#define FEW	5000
#define TIMES	8

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Adds members 0 to @count - 1, and looks for each before and after; all good? */
static int fill(struct live_families *families, uint32_t number, uint32_t count)
{
	struct live_family **at = live_family_get(families, number);
	struct event event = {};
	uint32_t id, wrong = 0;

	for (id = 0; at && id < count; id++) {
		event.member = id;
		wrong += live_family_member(*at, id) != NULL;
		wrong += !live_family_add(*at, &event);
	}
	for (id = 0; at && id < count; id++) {
		const struct member *member = live_family_member(*at, id);

		wrong += !member || member->last.member != id;
	}
	return at && !wrong && (*at)->count == count;
}

int main(void)
{
	struct live_families families = {};
	long began = now_ms(), few;

	tap_plan(4);
	ok(fill(&families, 1, 3), "a family of three");
	ok(fill(&families, 2, FEW), "one of thousands");
	few = now_ms() - began;
	began = now_ms();
	ok(fill(&families, 3, FEW * TIMES), "one of eight times as many");
	ok(now_ms() - began < (few > 10 ? few : 10) * 3 * TIMES,
	   "it takes no more than three times eight times as long");
	live_families_free(&families);
	return tap_done();
}
