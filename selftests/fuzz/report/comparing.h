/* SPDX-License-Identifier: GPL-2.0-only */
/* Two record streams compared, and what must be so then. */
#ifndef COMPARING_H
#define COMPARING_H

#include "../../../report/diff/comparison.h"
#include "../../../report/report.h"
#include "formats.h"
#include "memory.h"

static inline int compare_family(struct output *o, const struct family *f)
{
	return routes_add(o->context, f);
}

/* Fills side. Returns the records, which its notes belong to. */
static inline struct records *read_side(struct side *side, const void *bytes,
					size_t size)
{
	static const struct form form = { .name = "routes",
					  .family = compare_family };
	struct memory m = { bytes, size };
	struct records *r = records_new(memory_read, &m);
	struct output o = { .file = stderr, .context = &side->routes };

	report_run(r, "fuzz", &form, &o);
	side->name = "fuzz";
	side->notes = &r->notes;
	return r;
}

static inline void print_comparison(const struct comparison *g, bool quiet,
				bool verbose)
{
	char *text, *json;
	size_t size;
	struct output o = {
		.file = open_memstream(&text, &size),
		.quiet = quiet,
		.verbose = verbose,
	};

	diff_text(&o, g);
	fclose(o.file);
	o.file = open_memstream(&json, &size);
	diff_json(&o, g);
	fclose(o.file);
	check_json(json, size);
	free(text);
	free(json);
}

static inline bool compare_sides(struct side sides[2])
{
	struct comparison g;
	bool same;

	comparison_make(&g, sides);
	print_comparison(&g, false, false);
	print_comparison(&g, false, true);
	print_comparison(&g, true, false);
	same = g.same;
	comparison_free(&g);
	return same;
}

/* Those that are the same are so the other way round, too. */
static inline void compare_both_routes(struct side sides[2])
{
	struct side turned[2] = { sides[BAD], sides[GOOD] };
	bool same;

	if (!sides[GOOD].routes.count || !sides[BAD].routes.count)
		return;
	same = compare_sides(sides);
	fuzz_check(compare_sides(turned) == same);
}

static inline void compare_streams(const void *good, size_t good_size,
				   const void *bad, size_t bad_size)
{
	struct names names = { .root = NULL };
	struct side sides[2] = {
		{ .routes.names = &names }, { .routes.names = &names }
	};
	struct records *first = read_side(&sides[GOOD], good, good_size);
	struct records *second = read_side(&sides[BAD], bad, bad_size);

	compare_both_routes(sides);
	routes_free(&sides[GOOD].routes);
	routes_free(&sides[BAD].routes);
	records_free(first);
	records_free(second);
	names_free(&names);
}

#endif /* COMPARING_H */
