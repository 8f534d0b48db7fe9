// SPDX-License-Identifier: GPL-2.0-only
/*
 * Saved traces against saved output: selftests/golden/NAME.in printed in a
 * form must be NAME.FORM, byte by byte. To be run from the top of the tree.
 * After a wanted change: pathreport -o FORM NAME.in >NAME.FORM, and look at
 * the difference before it is committed.
 */
#include "harness.h"

#define GOLDEN	"selftests/golden/"

static char *read_file(const char *name, const char *suffix, size_t *size)
{
	char path[256], *text = NULL, buf[4096];
	FILE *in, *out = open_memstream(&text, size);
	size_t got;

	snprintf(path, sizeof(path), GOLDEN "%s.%s", name, suffix);
	in = fopen(path, "r");
	if (!in) {
		perror(path);
		exit(1);
	}
	while ((got = fread(buf, 1, sizeof(buf), in)))
		fwrite(buf, 1, got, out);
	fclose(in);
	fclose(out);
	return text;
}

static void compare(const char *name, const char *in, const char *form,
		    const char *flags, const char *suffix)
{
	char what[256], *input, *want;
	size_t in_size, want_size;
	struct printed p;

	input = read_file(name, in, &in_size);
	want = read_file(name, suffix, &want_size);
	p = print_bytes(input, in_size, form, flags);
	snprintf(what, sizeof(what), "%s.%s to %s", name, in, suffix);
	if (p.size == want_size && memchr(want, '\0', want_size))
		is_int(memcmp(p.text, want, want_size), 0, what);
	else if (p.size == want_size)
		is_str(p.text, want, what);
	else
		is_int(p.size, want_size, what);
	is_int(p.status, REPORT_PRINTED, "exit status");
	free(input);
	free(want);
	free(p.text);
}

/* The records: each in text, JSON and records, gathered, and as pictures. */
static const char *const names[] = {
	"echo-reply", "drop", "gaps", "interleaved", "forwarded",
	"unnumbered", "missed", "clone", "flood", "grandchild",
	"lost-birth", "families", "busy", "fragments", "aside", "flows",
	"stack",
	NULL
};

static const char *const forms_seen[] = {
	"text", "json", "records", NULL
};

static const char *const gathered[] = {
	"stats", "stats-json", "prometheus", "folded", NULL
};

static const char *const pictures[] = {
	"drop", "flood", "gaps", "forwarded", "why", "long", "flows", NULL
};

static const char *const hops[] = {
	"flood", "gaps", "forwarded", "long", "flows", NULL
};

/* And one by one, as compare() takes them. */
static const struct {
	const char *name, *in, *form, *flags, *suffix;
} single[] = {
	{ "interleaved", "in", "dot", "", "dot" },
	{ "crossing", "in", "pcapng", "d", "pcapng" },
	{ "why", "in", "text", "d", "text" },
	{ "why", "in", "json", "d", "json" },
	{ "calls", "in", "json", "", "json" },
	{ "why", "in", "text", "dq", "quiet" },
	{ "rule", "in", "text", "d", "text" },
	{ "rule", "in", "json", "d", "json" },
	{ "rule", "in", "stats", "dq", "stats-quiet" },
	{ "conntrack", "in", "text", "d", "text" },
	{ "conntrack", "in", "json", "d", "json" },
	{ "copies", "in", "text", "d", "text" },
	{ "copies", "in", "text", "dq", "quiet" },
	{ "copies", "in", "json", "d", "json" },
	{ "copies", "in", "dot", "d", "dot" },
	{ "copies", "in", "stats", "dq", "stats-quiet" },
	{ "answers", "in", "text", "d", "text" },
	{ "answers", "in", "json", "d", "json" },
	{ "answers", "in", "dot", "d", "dot" },
	{ "forwarded", "in", "text", "v", "verbose" },
	{ "stack", "in", "hops", "", "hops" },
	{ "stack", "in", "tree", "", "tree" },
	{ "stack", "in", "folded", "", "folded" },
	{ "gaps", "in", "text", "q", "quiet" },
	{ "missed", "in", "text", "q", "quiet" },
	{ "missed", "in", "text", "v", "verbose" },
	{ "flood", "in", "text", "v", "verbose" },
	{ "lost-birth", "in", "text", "q", "quiet" },
	{ "fragments", "in", "text", "v", "verbose" },
	{ "busy", "in", "text", "q", "quiet" },
	{ "fragments", "in", "stats", "", "stats" },
	{ "routes-good", "in", "stats", "v", "stats-verbose" },
	{ "routes-bad", "in", "stats", "q", "stats-quiet" },
	{ NULL, NULL, NULL, NULL, NULL },
};

int main(void)
{
	int i, k;

	setenv("TZ", "UTC0", 1);
	tap_plan(310);
	for (i = 0; names[i]; i++)
		for (k = 0; forms_seen[k]; k++) {
			compare(names[i], "in", forms_seen[k], "",
				forms_seen[k]);
			/* what -o records prints says the same */
			compare(names[i], "records", forms_seen[k], "",
				forms_seen[k]);
		}
	for (i = 0; pictures[i]; i++)
		compare(pictures[i], "in", "dot", "d", "dot");
	for (i = 0; hops[i]; i++)
		compare(hops[i], "in", "hops", "d", "hops");
	for (i = 0; single[i].name; i++)
		compare(single[i].name, single[i].in, single[i].form,
			single[i].flags, single[i].suffix);
	for (i = 0; gathered[i]; i++) {
		compare("routes-bad", "in", gathered[i], "", gathered[i]);
		compare("flood", "in", gathered[i], "", gathered[i]);
	}
	return tap_done();
}
