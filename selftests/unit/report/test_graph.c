// SPDX-License-Identifier: GPL-2.0-only
/* Routes of packets merged into a graph, and what stands where in its picture. */
#include "harness.h"
#include "../../../report/graphviz/html.h"
#include "../../../report/graphviz/picture.h"
#include "../../../report/path/families.h"

/* A step on interface dev of namespace ns. */
#define ON(packet, member, seq, time, func, dev, ns) \
	"step\t" packet "\t" seq "\t" time "\t-\t-\t" func "\t" dev "\t-\t" ns \
	"\t-\t-\t-\t-\t-\t-\t" member "\t-\n"
#define GONE(packet, seq) END(packet, seq, "90", "x", "consumed")

/* The packets, each of which has an end, as a graph. */
static struct graph make_graph(const char *records)
{
	struct memory m = { records, strlen(records), 4096 };
	struct records *r = records_new(memory_read, &m);
	struct graph g = { .root = NULL };
	struct families families = { .open = { .count = 0 } };
	struct family *done;
	struct record *rec;

	records_open(r);
	while (records_next(r, &rec) == RECORDS_RECORD) {
		families_add(&families, rec, &done);
		if (!done)
			continue;
		family_judge(done);
		graph_add(&g, NULL, done);
		family_free(done);
	}
	families_free(&families);
	records_free(r);
	graph_merge(&g);
	return g;
}

/* What follows node, as "a(b c)": names, and what is behind them. */
static void describe(FILE *out, const struct node *node)
{
	size_t i;

	fputs(node->key.name, out);
	for (i = 0; i < node->count; i++) {
		fprintf(out, "%s%d*", i ? " " : "(",
			(int)node->edges[i].count);
		describe(out, node->edges[i].to);
	}
	if (i)
		putc(')', out);
}

static void is_graph(const char *records, int nodes, const char *want,
		     const char *what)
{
	struct graph g = make_graph(records);
	struct node *node;
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	describe(out, g.root);
	fclose(out);
	is_str(text, want, what);
	for (node = g.nodes; node; node = node->next)
		nodes -= node->same == node;
	is_int(nodes, 0, "as many nodes as there should be");
	free(text);
	graph_free(&g);
}

static void merging(void)
{
	is_graph(HEADER SELECT("1", "10") STEP("1", "0", "20", "a")
		 STEP("1", "1", "30", "b") GONE("1", "2"), 5,
		 "(1*selected at ingress(1*a(1*b(1*consumed by x))))",
		 "one packet: its path");
	is_graph(HEADER SELECT("1", "10") STEP("1", "0", "20", "a")
		 STEP("1", "1", "30", "b") STEP("1", "2", "30", "d")
		 GONE("1", "3")
		 SELECT("2", "10") STEP("2", "0", "20", "a")
		 STEP("2", "1", "30", "c") STEP("2", "2", "30", "d")
		 GONE("2", "3")
		 SELECT("3", "10") STEP("3", "0", "20", "a")
		 STEP("3", "1", "30", "b") STEP("3", "2", "30", "d")
		 GONE("3", "3"), 7,
		 "(3*selected at ingress(3*a("
		 "2*b(2*d(3*consumed by x)) 1*c(1*d(3*consumed by x)))))",
		 "paths part and meet again");
	is_graph(HEADER SELECT("1", "10") STEP("1", "0", "20", "a")
		 STEP("1", "1", "30", "b") GONE("1", "2")
		 SELECT("2", "10") STEP("2", "0", "20", "c")
		 STEP("2", "1", "30", "b") STEP("2", "2", "30", "d")
		 GONE("2", "3"), 8,
		 "(2*selected at ingress(1*a(1*b(1*consumed by x)) "
		 "1*c(1*b(1*d(1*consumed by x)))))",
		 "the same function, but other steps behind it: two nodes");
	is_graph(HEADER SELECT("1", "10") STEP("1", "0", "20", "a")
		 STEP("1", "3", "30", "b") GONE("1", "5"), 7,
		 "(1*selected at ingress(1*a(1*2 steps missing("
		 "1*b(1*1 step missing(1*consumed by x))))))",
		 "what is missing is a node");
	is_graph(HEADER STEP("1", "0", "20", "a") GONE("1", "1"), 4,
		 "(1*selection not recorded(1*a(1*consumed by x)))",
		 "no selection");
}

/* What a program reads has no interface any more: it is where it was. */
static void places(void)
{
	is_graph(HEADER SELECT("1", "10") ON("1", "-", "0", "20", "a", "e0", "7")
		 STEP("1", "1", "30", "read") GONE("1", "2")
		 SELECT("2", "10") ON("2", "-", "0", "20", "a", "e1", "8")
		 STEP("2", "1", "30", "read") GONE("2", "2"), 8,
		 "(2*selected at ingress(1*a(1*read(1*consumed by x)) "
		 "1*a(1*read(1*consumed by x))))",
		 "two paths that end in the same function, elsewhere");
	is_graph(HEADER SELECT("1", "10") ON("1", "-", "0", "20", "a", "e0", "7")
		 GONE("1", "1")
		 SELECT("2", "10") ON("2", "-", "0", "20", "a", "e0", "8")
		 GONE("2", "1"), 6,
		 "(2*selected at ingress(1*a(1*consumed by x) "
		 "1*a(1*consumed by x)))",
		 "ends, too, in namespaces with interfaces of the same name");
}

static void relatives(void)
{
	is_graph(HEADER SELECT("1", "10") STEP_MEMBER("1", "0", "0", "20", "a")
		 DERIVED("1", "1", "0", "25", "skb_clone")
		 STEP_MEMBER("1", "0", "1", "30", "b")
		 STEP_MEMBER("1", "1", "0", "40", "c")
		 END_MEMBER("1", "1", "1", "40", "y", "consumed")
		 END_MEMBER("1", "0", "2", "30", "x", "consumed"), 8,
		 "(1*selected at ingress(1*a(1*b(1*consumed by x) "
		 "1*skb_clone(1*c(1*consumed by y)))))",
		 "a relative branches off at the step before its birth");
	is_graph(HEADER SELECT("1", "10")
		 DERIVED("1", "1", "0", "15", "skb_clone")
		 STEP_MEMBER("1", "0", "0", "20", "a")
		 END_MEMBER("1", "1", "0", "40", "y", "consumed")
		 END_MEMBER("1", "0", "1", "30", "x", "consumed"), 6,
		 "(1*selected at ingress(1*a(1*consumed by x) "
		 "1*skb_clone(1*consumed by y)))",
		 "before the first step: at the selection");
	is_graph(HEADER SELECT("1", "10")
		 STEP_MEMBER("1", "2", "0", "20", "a")
		 END_MEMBER("1", "2", "1", "40", "y", "consumed")
		 END_MEMBER("1", "0", "0", "30", "x", "consumed"), 6,
		 "(1*derivation not recorded(1*a(1*consumed by y)) "
		 "1*selected at ingress(1*consumed by x))",
		 "no birth");
}

/* Tables by their first functions, with the number of their interface. */
static void is_picture(const char *records, const char *want,
		       const char *what)
{
	struct graph g = make_graph(records);
	struct picture pic;
	char text[256] = "", *at = text;
	size_t i;

	is_int(picture_plan(&pic, &g, NULL), 0, what);
	for (i = 0; i < pic.count; i++)
		if (pic.items[i].table == &pic.items[i] &&
		    pic.items[i].node->key.kind == NODE_STEP)
			at += sprintf(at, "%s:%zu/%zu ",
				      pic.items[i].node->key.name,
				      pic.items[i].segment,
				      pic.segments[pic.items[i].segment].world);
	is_str(text, want, "its tables");
	picture_free(&pic);
	graph_free(&g);
}

static void pictures(void)
{
	is_picture(HEADER ON("1", "-", "0", "20", "a", "e0", "7")
		   ON("1", "-", "1", "21", "b", "e0", "7")
		   ON("1", "-", "2", "22", "c", "e1", "7")
		   ON("1", "-", "3", "23", "d", "-", "-")
		   ON("1", "-", "4", "24", "e", "e1", "8")
		   ON("1", "-", "5", "25", "f", "e0", "7")
		   GONE("1", "6"), "a:1/1 c:2/1 e:3/2 f:4/3 ",
		   "a table for each stay; an unknown place is no change");
	is_picture(HEADER ON("1", "-", "0", "20", "a", "e0", "7")
		   ON("1", "-", "1", "21", "b", "e0", "7") GONE("1", "2")
		   ON("2", "-", "0", "20", "a", "e0", "7")
		   ON("2", "-", "1", "21", "c", "e0", "7") GONE("2", "2"),
		   "a:1/1 b:1/1 c:1/1 ", "where paths part, a table ends");
}

static void is_html(const char *s, size_t columns, const char *want,
		    const char *what)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	html_wrap(out, s, columns);
	fclose(out);
	is_str(text, want, what);
	free(text);
}

static void labels(void)
{
	is_html("a<b>&\"'", 99, "a&#60;b&#62;&#38;&#34;&#39;", "entities");
	is_html("\x1b[\xff\xc3\xa9\xef\xbf\xbf", 99,
		"\\x1b[\\xff\xc3\xa9\\xef\\xbf\\xbf", "what XML may not hold");
	is_html("aa bb cc", 5, "aa bb<BR/>cc", "lines");
	is_html("aaaaaa bb", 4, "aaaaaa<BR/>bb", "a long word");
}

int main(void)
{
	tap_plan(28);
	merging();
	places();
	relatives();
	pictures();
	labels();
	return tap_done();
}
