// SPDX-License-Identifier: GPL-2.0-only
#include "forms.h"
#include "graphviz/dot.h"
#include "stats/stats.h"

#include <string.h>

/* The first is the default. */
const struct form forms[] = {
	{ .name = "text", .prose = true, .family = text_family },
	{ .name = "hops", .prose = true, .family = hops_family },
	{ .name = "tree", .prose = true, .family = tree_family },
	{ .name = "json", .family = json_family, .end = json_end },
	{ .name = "dot", .family = dot_family, .close = dot_close,
	  .end = dot_end },
	{ .name = "pcapng", .ordered = true, .family = pcapng_family,
	  .close = pcapng_close, .end = pcapng_end },
	{ .name = "records", .begin = rewrite_begin, .note = rewrite_note,
	  .family = rewrite_family },
	{ .name = "stats", .prose = true, .family = stats_family,
	  .close = stats_close, .end = stats_text },
	{ .name = "stats-json", .family = stats_family, .close = stats_close,
	  .end = stats_json },
	{ .name = "prometheus", .family = stats_family,
	  .close = stats_close, .end = prometheus_print },
	{ .name = "folded", .family = folded_family,
	  .close = folded_close, .end = folded_print },
	{ .name = NULL },
};

const struct form *form_find(const char *name)
{
	const struct form *form;

	for (form = forms; form->name; form++)
		if (!strcmp(form->name, name))
			return form;
	return NULL;
}

void form_names(FILE *out, const char *between)
{
	const struct form *form;

	for (form = forms; form->name; form++)
		fprintf(out, "%s%s", form == forms ? "" : between, form->name);
}
