// SPDX-License-Identifier: GPL-2.0-only
/*
 * Without a ring buffer: an array of event slots, SLOT_STEPS for each packet,
 * and path_map, which counts the hits of each function. Slots are looked at
 * again and again from where the last look ended; path_map tells at the end
 * how many were missed.
 */
#include <err.h>
#include <errno.h>
#include <linux/membarrier.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../kernel/map.h"
#include "read.h"
#include "../kernel/sys.h"

struct slots {
	int events, path_map;
	uint64_t read;		/* events handed over */
	/* By number % SLOT_PACKETS: whose slots these are, and the next one. */
	struct {
		uint32_t packet;
		uint32_t next;
		uint32_t valid;	/* those before it are */
	} at[SLOT_PACKETS];
};

static int slots_open(struct reader *reader, const char *dir)
{
	struct slots *slots = calloc(1, sizeof(*slots));
	int err;

	if (!slots)
		return -ENOMEM;
	slots->events = map_open(dir, "slots");
	slots->path_map = map_open(dir, "path_map");
	if (slots->events < 0 || slots->path_map < 0) {
		err = slots->events < 0 ? slots->events : slots->path_map;
		close(slots->events);
		close(slots->path_map);
		free(slots);
		return err;
	}
	reader->own = slots;
	reader->fd = -1;
	return 0;
}

static int slot_get(struct slots *slots, uint32_t lane, uint32_t step,
		    struct event *event)
{
	uint32_t key = lane * SLOT_STEPS + step;

	return step < SLOT_STEPS &&
	       !sys_map_lookup(slots->events, &key, event) && event->packet &&
	       event->packet == slots->at[lane].packet;
}

/* The first slot changes hands when the lane's next packet is selected. */
static void lane_restart(struct slots *slots, uint32_t lane)
{
	struct event first;
	uint32_t key = lane * SLOT_STEPS;

	if (sys_map_lookup(slots->events, &key, &first) || !first.packet ||
	    first.packet == slots->at[lane].packet)
		return;
	slots->at[lane].packet = first.packet;
	slots->at[lane].next = 0;
}

/* How many slots are valid by now. */
static uint32_t lane_look(struct slots *slots, uint32_t lane)
{
	struct event event;
	uint32_t step = slots->at[lane].next;

	while (slot_get(slots, lane, step, &event))
		step++;
	slots->at[lane].valid = step;
	return step - slots->at[lane].next;
}

static void lane_read(struct reader *reader, uint32_t lane)
{
	struct slots *slots = reader->own;
	struct event event;

	while (slots->at[lane].next < slots->at[lane].valid &&
	       slot_get(slots, lane, slots->at[lane].next, &event)) {
		slots->at[lane].next++;
		slots->read++;
		reader->event(reader->ctx, &event);
	}
}

/*
 * Programs write a slot's number last, but the CPU may let it be seen earlier (not
 * x86), and the kernel copies a slot to us in any order. So what was seen to be valid is
 * read once more, when all programs have ended that ran by then: they run
 * within RCU, for whose grace period this waits (membarrier(2)).
 */
static void wait_for_writers(void)
{
#ifndef __x86_64__
	syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 0, 0);
#endif
}

static void read_valid(struct reader *reader)
{
	uint32_t valid = 0;

	for (uint32_t lane = 0; lane < SLOT_PACKETS; lane++)
		valid += lane_look(reader->own, lane);
	if (!valid)
		return;
	wait_for_writers();
	for (uint32_t lane = 0; lane < SLOT_PACKETS; lane++)
		lane_read(reader, lane);
}

static int slots_read(struct reader *reader)
{
	read_valid(reader);
	for (uint32_t lane = 0; lane < SLOT_PACKETS; lane++)
		lane_restart(reader->own, lane);
	read_valid(reader);
	return 0;
}

/*
 * path_map counts every hit: so it shows how many events the slots did not, as there was
 * no slot, or a later packet took it too early.
 */
static int slots_lost(const struct reader *reader, uint64_t counted,
		      uint64_t *lost)
{
	const struct slots *slots = reader->own;
	struct path_hit hit;
	uint64_t hits = 0;

	(void)counted;
	for (uint32_t func = 0; func <= MAX_FUNCS; func++)
		if (!sys_map_lookup(slots->path_map, &func, &hit))
			hits += hit.hits;
	*lost = hits > slots->read ? hits - slots->read : 0;
	return 0;
}

static void slots_close(struct reader *reader)
{
	struct slots *slots = reader->own;

	close(slots->events);
	close(slots->path_map);
	free(slots);
}

const struct read_ops read_map = {
	.name = "map",
	.open = slots_open,
	.read = slots_read,
	.lost = slots_lost,
	.close = slots_close,
};
