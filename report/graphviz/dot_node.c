// SPDX-License-Identifier: GPL-2.0-only
#include "dot_node.h"
#include "html.h"
#include "../format/verdict.h"

#include <inttypes.h>
#include <string.h>

#define END_COLUMNS	44	/* of the text of an end */
#define TIME_COLOR	"#707070"
#define SLOW_COLOR	"#c04000"

/* The mean time of an edge, us, or "" when it is not known. */
static const char *mean_time(char us[US_ROOM], const struct edge *edge)
{
	if (!edge->timed)
		return "";
	return us_format(us, 0, edge->ns / edge->timed);
}

static bool is_slow(const struct picture *pic, const struct edge *edge)
{
	return edge->timed && edge->ns / edge->timed >= pic->slow;
}

/* The edge from an item to the next one of its table. */
static const struct edge *edge_after(const struct item *item)
{
	const struct node *node = item->node;
	size_t i;

	for (i = 0; node->edges[i].to != item->after->node; i++)
		;
	return &node->edges[i];
}

static void put_arrow(FILE *out, const struct picture *pic,
		      const struct item *item)
{
	const struct edge *edge = edge_after(item);
	bool slow = is_slow(pic, edge);
	char us[US_ROOM];

	fprintf(out, " <FONT POINT-SIZE=\"8\" COLOR=\"%s\">%s%s%s&#8594;"
		"</FONT> ", slow ? SLOW_COLOR : TIME_COLOR,
		slow ? "<B>" : "", mean_time(us, edge), slow ? "</B>" : "");
}

/* What stands in front of a line: its layer. */
static void put_layer(FILE *out, const struct item *item)
{
	fputs("<TD ALIGN=\"LEFT\" BGCOLOR=\"", out);
	html_print(out, item->color ? item->color : "white");
	fputs("\"><FONT POINT-SIZE=\"8\">", out);
	html_print(out, item->layer ? item->layer : " ");
	fputs("</FONT></TD>", out);
}

/* A line of a table. Returns the item that the next line begins with. */
static const struct item *put_line(FILE *out, const struct picture *pic,
				   const struct item *item)
{
	const struct item *line = item;

	fputs("<TR>", out);
	put_layer(out, line);
	fprintf(out, "<TD ALIGN=\"LEFT\" PORT=\"p%" PRIu64 "\">",
		line->node->id);
	for (; item && item->line == line; item = item->after) {
		html_print(out, item->node->key.name);
		if (item->after)
			put_arrow(out, pic, item);
	}
	fputs("</TD></TR>\n", out);
	return item;
}

static void put_table(FILE *out, const struct picture *pic,
		      const struct item *item)
{
	fputs("shape=plain label=<<TABLE BORDER=\"1\" CELLBORDER=\"0\" "
	      "CELLSPACING=\"0\" CELLPADDING=\"2\" COLOR=\"#909090\" "
	      "BGCOLOR=\"white\">\n", out);
	while (item)
		item = put_line(out, pic, item);
	fputs("</TABLE>>", out);
}

static const char *end_color(enum end_how how)
{
	switch (how) {
	case HOW_CONSUMED:
		return "color=\"#2e7d32\" fillcolor=\"#c8e6c9\"";
	case HOW_DROPPED:
		return "color=\"#c00000\" fillcolor=\"#ffcdd2\"";
	case HOW_NOT_GIVEN:
	case HOW_UNKNOWN:
	case HOW_TIMEOUT:
		break;
	}
	return "color=\"#b07000\" fillcolor=\"#ffecb3\"";
}

static void put_text(FILE *out, const char *style, const char *before,
		     const struct node *node)
{
	fprintf(out, "shape=box %s label=<%s", style, before);
	html_wrap(out, node->key.name, END_COLUMNS);
	fputs(">", out);
}

void dot_node(FILE *out, const struct picture *pic, const struct item *item)
{
	const struct node *node = item->node;
	char style[128];

	if (item->table != item || node->key.kind == NODE_ROOT)
		return;
	fprintf(out, "\t\tn%" PRIu64 " [", node->id);
	switch (node->key.kind) {
	case NODE_START:
		put_text(out, "style=\"rounded,filled\" color=\"#1565c0\" "
			 "fillcolor=\"#bbdefb\"", "", node);
		break;
	case NODE_DERIVED:
		put_text(out, "style=\"rounded,dashed\" color=\"#6a1b9a\" "
			 "fontcolor=\"#6a1b9a\" height=0.3",
			 "a relative, made by ", node);
		break;
	case NODE_GAP:
		put_text(out, "style=\"dashed\" color=\"#c00000\" "
			 "fontcolor=\"#c00000\" height=0.3", "", node);
		break;
	case NODE_END:
		snprintf(style, sizeof(style), "style=\"rounded,filled\" %s",
			 end_color(node->key.how));
		put_text(out, style, "", node);
		break;
	case NODE_STEP:
	case NODE_ROOT:
		put_table(out, pic, item);
		break;
	}
	fputs("];\n", out);
}

/* How many packets went there, when it is not the only one, and the time. */
static void put_label(FILE *out, const struct edge *edge, uint64_t packets)
{
	const char *time;
	char us[US_ROOM];

	time = mean_time(us, edge);
	fputs("label=\"  ", out);
	if (packets > 1 || edge->count > 1)
		fprintf(out, "%" PRIu64 "\u00d7%s", edge->count,
			*time ? "  " : "");
	fprintf(out, "%s\"", time);
}

static void put_edge(FILE *out, const struct picture *pic,
		     const struct item *item, const struct edge *edge,
		     uint64_t packets)
{
	bool derived = edge->to->key.kind == NODE_DERIVED;
	double share = (double)edge->count / packets;

	fprintf(out, "\tn%" PRIu64, item->table->node->id);
	if (derived && item->node->key.kind == NODE_STEP)
		fprintf(out, ":p%" PRIu64, item->line->node->id);
	fprintf(out, " -> n%" PRIu64 " [",
		picture_item(pic, edge->to)->table->node->id);
	put_label(out, edge, packets);
	if (is_slow(pic, edge))
		fputs(" fontcolor=\"" SLOW_COLOR "\"", out);
	if (derived)
		fputs(" style=dashed color=\"#6a1b9a\"", out);
	if (packets > 1)
		fprintf(out, " penwidth=%.1f",
			0.5 + 3 * (share < 1 ? share : 1));
	fputs("];\n", out);
}

void dot_edges(FILE *out, const struct picture *pic, const struct item *item,
	       uint64_t packets)
{
	const struct node *node = item->node;
	size_t i;

	if (node->key.kind == NODE_ROOT)
		return;
	for (i = 0; i < node->count; i++)
		if (!item->after || node->edges[i].to != item->after->node)
			put_edge(out, pic, item, &node->edges[i], packets);
}
