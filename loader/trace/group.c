// SPDX-License-Identifier: GPL-2.0-only
#include "group.h"

#include <stdbool.h>
#include <stdlib.h>

struct live_group **group_get(struct live_groups *groups, uint32_t number)
{
	struct live_group **at = &groups->buckets[number % GROUP_BUCKETS];

	while (*at && (*at)->number != number)
		at = &(*at)->next;
	if (*at)
		return at;
	*at = calloc(1, sizeof(**at));
	if (!*at)
		return NULL;
	(*at)->number = number;
	(*at)->derived = NO_COUNT;
	(*at)->lost = NO_COUNT;
	groups->count++;
	return at;
}

void group_free(struct live_groups *groups, struct live_group **at)
{
	struct live_group *group = *at;
	struct member *member;

	*at = group->next;
	while ((member = group->members)) {
		group->members = member->next;
		free(member);
	}
	free(group->places);
	free(group);
	groups->count--;
}

void groups_free(struct live_groups *groups)
{
	for (int i = 0; i < GROUP_BUCKETS; i++)
		while (groups->buckets[i])
			group_free(groups, &groups->buckets[i]);
}

struct member *group_member(const struct live_group *group, uint32_t id)
{
	struct member *member = group->places ?
					group->places[id % group->place_count] :
					group->members;

	while (member && member->last.member != id)
		member = group->places ? member->same : member->next;
	return member;
}

static void put_in_place(struct live_group *group, struct member *member)
{
	struct member **at;

	if (!group->places)
		return;
	at = &group->places[member->last.member % group->place_count];
	member->same = *at;
	*at = member;
}

/* Doubles the places when there are as many members. Without memory they stay as few. */
static void make_places(struct live_group *group)
{
	uint32_t count = 2 * group->count;
	struct member **places;

	if (group->count < GROUP_FEW || group->count < group->place_count)
		return;
	places = calloc(count, sizeof(*places));
	if (!places)
		return;
	free(group->places);
	group->places = places;
	group->place_count = count;
	for (struct member *at = group->members; at; at = at->next)
		put_in_place(group, at);
}

struct member *group_add(struct live_group *group, const struct event *event)
{
	struct member *member = calloc(1, sizeof(*member));

	if (!member)
		return NULL;
	make_places(group);
	member->last = *event;
	member->next = group->members;
	group->members = member;
	put_in_place(group, member);
	group->count++;
	group->live++;
	return member;
}

static uint32_t greater_count(uint32_t a, uint32_t b)
{
	if (a == NO_COUNT || b == NO_COUNT)
		return a == NO_COUNT ? b : a;
	return a > b ? a : b;
}

void group_counted(struct live_group *group, uint32_t derived, uint32_t lost)
{
	group->derived = greater_count(group->derived, derived);
	group->lost = greater_count(group->lost, lost);
}

bool group_is_idle(const struct live_group *group, uint64_t until)
{
	const struct member *member = group->members;

	while (member && member->seen <= until)
		member = member->next;
	return !member;
}

bool group_is_over(const struct live_group *group)
{
	if (group->live)
		return false;
	return group->derived == NO_COUNT || group->count > group->derived;
}
