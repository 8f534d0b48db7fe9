// SPDX-License-Identifier: GPL-2.0-only
#include "live_family.h"

#include <stdbool.h>
#include <stdlib.h>

struct live_family **live_family_get(struct live_families *families, uint32_t number)
{
	struct live_family **at = &families->buckets[number % LIVE_BUCKETS];

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
	families->count++;
	return at;
}

void live_family_free(struct live_families *families, struct live_family **at)
{
	struct live_family *family = *at;
	struct member *member;

	*at = family->next;
	while ((member = family->members)) {
		family->members = member->next;
		free(member);
	}
	free(family->places);
	free(family);
	families->count--;
}

void live_families_free(struct live_families *families)
{
	for (int i = 0; i < LIVE_BUCKETS; i++)
		while (families->buckets[i])
			live_family_free(families, &families->buckets[i]);
}

struct member *live_family_member(const struct live_family *family, uint32_t id)
{
	struct member *member = family->places ?
					family->places[id % family->place_count] :
					family->members;

	while (member && member->last.member != id)
		member = family->places ? member->same : member->next;
	return member;
}

static void put_in_place(struct live_family *family, struct member *member)
{
	struct member **at;

	if (!family->places)
		return;
	at = &family->places[member->last.member % family->place_count];
	member->same = *at;
	*at = member;
}

/* Doubles the places when there are as many members. Without memory they stay as few. */
static void make_places(struct live_family *family)
{
	uint32_t count = 2 * family->count;
	struct member **places;

	if (family->count < LIVE_FEW || family->count < family->place_count)
		return;
	places = calloc(count, sizeof(*places));
	if (!places)
		return;
	free(family->places);
	family->places = places;
	family->place_count = count;
	for (struct member *at = family->members; at; at = at->next)
		put_in_place(family, at);
}

struct member *live_family_add(struct live_family *family, const struct event *event)
{
	struct member *member = calloc(1, sizeof(*member));

	if (!member)
		return NULL;
	make_places(family);
	member->last = *event;
	member->next = family->members;
	family->members = member;
	put_in_place(family, member);
	family->count++;
	family->live++;
	return member;
}

static uint32_t greater_count(uint32_t a, uint32_t b)
{
	if (a == NO_COUNT || b == NO_COUNT)
		return a == NO_COUNT ? b : a;
	return a > b ? a : b;
}

void live_family_counted(struct live_family *family, uint32_t derived, uint32_t lost)
{
	family->derived = greater_count(family->derived, derived);
	family->lost = greater_count(family->lost, lost);
}

bool live_family_is_idle(const struct live_family *family, uint64_t until)
{
	const struct member *member = family->members;

	while (member && member->seen <= until)
		member = member->next;
	return !member;
}

bool live_family_is_over(const struct live_family *family)
{
	if (family->live)
		return false;
	return family->derived == NO_COUNT || family->count > family->derived;
}
