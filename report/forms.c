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
	{ .name = "dot", .gather = dot_gather, .forget = dot_forget,
	  .end = dot_end },
	{ .name = "pcapng", .ordered = true, .gather = pcapng_gather,
	  .forget = pcapng_forget, .end = pcapng_end },
	{ .name = "records", .begin = rewrite_begin, .note = rewrite_note,
	  .family = rewrite_family },
	{ .name = "stats", .prose = true, .gather = stats_gather,
	  .forget = stats_forget, .end = stats_text },
	{ .name = "stats-json", .gather = stats_gather, .forget = stats_forget,
	  .end = stats_json },
	{ .name = "prometheus", .gather = stats_gather,
	  .forget = stats_forget, .end = prometheus_print },
	{ .name = "folded", .gather = folded_gather,
	  .forget = folded_forget, .end = folded_print },
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
