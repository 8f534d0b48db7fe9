// SPDX-License-Identifier: GPL-2.0-only
/*
 * Form "dot": the routes of all packets as one graph in the language of Graphviz
 * (dot(1)). Boxes are network namespaces and, in them, interfaces. In these are
 * tables of the functions, a line for those of one layer of the stack, with the
 * times between them in us; an edge leads where the packet leaves the interface
 * or routes part. So the picture of a long path stays short.
 */
#include "dot.h"
#include "dot_node.h"
#include "html.h"
#include "../format/netns_name.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

int dot_family(struct output *o, const struct family *f)
{
	if (!o->context)
		o->context = calloc(1, sizeof(struct graph));
	if (!o->context)
		return -ENOMEM;
	return graph_add(o->context, o->data, f);
}

void dot_close(struct output *o)
{
	if (o->context)
		graph_free(o->context);
	free(o->context);
	o->context = NULL;
}

static void put_title(const struct output *o, const struct graph *g)
{
	const char *filter = notes_find(o->notes, "filter");

	fputs("\tlabel=<<B>", o->file);
	html_wrap(o->file, filter ? filter : "all packets", 80);
	fprintf(o->file, "</B><BR/>%" PRIu64 " packet%s", g->packets,
		g->packets == 1 ? "" : "s");
	if (g->relatives)
		fprintf(o->file, " with %" PRIu64 " relative%s", g->relatives,
			g->relatives == 1 ? "" : "s");
	if (g->incomplete)
		fprintf(o->file,
			", <FONT COLOR=\"#c00000\">%" PRIu64
			" INCOMPLETE</FONT>", g->incomplete);
	fprintf(o->file, "; %stimes in us>;\n",
		g->packets > 1 ? "mean " : "");
}

static void put_head(const struct output *o, const struct graph *g)
{
	fputs("digraph path {\n"
	      "\tgraph [labelloc=t fontname=\"Helvetica\" fontsize=12 "
	      "ranksep=0.25 nodesep=0.3 style=\"rounded,filled\" "
	      "color=\"#b0b0b0\" bgcolor=white];\n"
	      "\tnode [fontname=\"Helvetica\" fontsize=10];\n"
	      "\tedge [fontname=\"Helvetica\" fontsize=8 arrowsize=0.6 "
	      "color=\"#606060\" fontcolor=\"#404040\"];\n", o->file);
	put_title(o, g);
}

/* Nodes of a segment on an interface, in a box where it has one. */
static void put_segment(FILE *out, const struct picture *pic, size_t segment)
{
	const char *ifname = pic->segments[segment].ifname;
	size_t i;

	fprintf(out, "\tsubgraph cluster_%zu {\n"
		"\t\tfillcolor=\"#f3f7fb\"; labeljust=l; label=<<B>", segment);
	html_print(out, ifname ? ifname : "no interface");
	fputs("</B>>;\n", out);
	for (i = 0; i < pic->count; i++)
		if (pic->items[i].segment == segment)
			dot_node(out, pic, &pic->items[i]);
	fputs("\t}\n", out);
}

/* A network namespace and the interfaces in it. */
static void put_world(const struct output *o, const struct picture *pic,
		      size_t world)
{
	FILE *out = o->file;
	const char *name;
	struct number netns = { .known = false };
	size_t i;

	for (i = 1; i < pic->segment_count && !netns.known; i++)
		if (pic->segments[i].world == world)
			netns = pic->segments[i].netns;
	fprintf(out, "subgraph cluster_netns_%zu {\n"
		"\tfillcolor=\"#fafafa\"; labeljust=l; ", world);
	name = netns_name(o->notes, netns);
	if (name) {
		fputs("label=<netns ", out);
		html_print(out, name);
		fputs(">;\n", out);
	} else if (netns.known) {
		fprintf(out, "label=\"netns %" PRIu64 "\";\n", netns.value);
	} else {
		fputs("label=\"network namespace not known\";\n", out);
	}
	for (i = 1; i < pic->segment_count; i++)
		if (pic->segments[i].world == world)
			put_segment(out, pic, i);
	fputs("}\n", out);
}

static void put_graph(const struct output *o, const struct graph *g,
		      const struct picture *pic)
{
	size_t i;

	put_head(o, g);
	for (i = 0; i < pic->count; i++)
		if (!pic->items[i].segment)
			dot_node(o->file, pic, &pic->items[i]);
	for (i = 1; i <= pic->world_count; i++)
		put_world(o, pic, i);
	for (i = 0; i < pic->count; i++)
		dot_edges(o->file, pic, &pic->items[i], g->packets);
	fputs("}\n", o->file);
}

int dot_end(const struct output *o)
{
	struct graph *g = o->context;
	struct picture pic;
	int err;

	if (!g)
		return 0;
	err = graph_merge(g);
	if (err)
		return err;
	err = picture_plan(&pic, g, o->data);
	if (!err)
		put_graph(o, g, &pic);
	picture_free(&pic);
	return err;
}
