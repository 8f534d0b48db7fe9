// SPDX-License-Identifier: GPL-2.0-only
#include "choose.h"

#include <err.h>
#include <string.h>

#define WHY_ROOM	256

/* Best first. */
static const char *const attach_few[] = { "kprobe", "multi", "fentry",
					  "tracepoint", NULL };
static const char *const attach_many[] = { "multi", "kprobe", "fentry",
					   "tracepoint", NULL };
static const char *const read_all[] = { "ring", "map", "pipe", NULL };

static const struct mechanism *find(const char *kind, const char *name)
{
	for (size_t i = 0; i < mechanism_count; i++)
		if (!strcmp(mechanisms[i].kind, kind) &&
		    !strcmp(mechanisms[i].name, name))
			return &mechanisms[i];
	return NULL;
}

static const struct mechanism *find_or_say(const char *kind, const char *wish)
{
	const struct mechanism *found = find(kind, wish);

	if (!found)
		warnx("%s by '%s': no such mechanism", kind, wish);
	return found;
}

bool choose_is_attach(const char *wish)
{
	return !strcmp(wish, "auto") || find_or_say("attach", wish);
}

static int choose_named(const char *kind, const char *wish,
			const struct mechanism **chosen)
{
	char why[WHY_ROOM];

	*chosen = find_or_say(kind, wish);
	if (!*chosen)
		return STATUS_USAGE;
	if (mechanism_usable(*chosen, why, sizeof(why)))
		return 0;
	warnx("%s by %s: %s", kind, wish, why);
	return STATUS_CANNOT;
}

/* The first usable one; says, unless quiet, why it is not the very first. */
static int choose_auto(const char *kind, const char *const *names, int quiet,
		       const struct mechanism **chosen)
{
	char why[WHY_ROOM], first_why[WHY_ROOM] = "";

	for (int i = 0; names[i]; i++) {
		*chosen = find(kind, names[i]);
		if (mechanism_usable(*chosen, why, sizeof(why))) {
			if (i && !quiet)
				warnx("no %s (%s): using %s, which gives %s",
				      names[0], first_why, names[i],
				      (*chosen)->gives);
			return 0;
		}
		if (!i)
			memcpy(first_why, why, sizeof(why));
	}
	warnx("this kernel offers no way to %s: %s", kind, first_why);
	return STATUS_CANNOT;
}

int choose_attach(const char *wish, int many, int quiet,
		  const struct mechanism **chosen)
{
	const char *const *names = many ? attach_many : attach_few;
	int ret;

	if (strcmp(wish, "auto"))
		return choose_named("attach", wish, chosen);
	ret = choose_auto("attach", names, quiet, chosen);
	if (!ret && !quiet && !strcmp((*chosen)->name, names[0]))
		warnx("using %s", names[0]);
	return ret;
}

int choose_read(const char *wish, int quiet, const struct mechanism **chosen)
{
	if (strcmp(wish, "auto"))
		return choose_named("read", wish, chosen);
	return choose_auto("read", read_all, quiet, chosen);
}
