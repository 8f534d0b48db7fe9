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

int main(void)
{
	static const char *const names[] = {
		"echo-reply", "drop", "gaps", "interleaved", "forwarded",
		"unnumbered", "missed", "clone", "flood", "grandchild",
		"lost-birth", "families", "busy", "fragments", "aside", "flows",
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
	int i, k;

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
	compare("interleaved", "in", "dot", "", "dot");
	compare("crossing", "in", "pcapng", "d", "pcapng");
	compare("why", "in", "text", "d", "text");
	compare("why", "in", "json", "d", "json");
	compare("calls", "in", "json", "", "json");
	compare("why", "in", "text", "dq", "quiet");
	compare("rule", "in", "text", "d", "text");
	compare("rule", "in", "json", "d", "json");
	compare("forwarded", "in", "text", "v", "verbose");
	compare("gaps", "in", "text", "q", "quiet");
	compare("missed", "in", "text", "q", "quiet");
	compare("missed", "in", "text", "v", "verbose");
	compare("flood", "in", "text", "v", "verbose");
	compare("lost-birth", "in", "text", "q", "quiet");
	compare("fragments", "in", "text", "v", "verbose");
	compare("busy", "in", "text", "q", "quiet");
	for (i = 0; gathered[i]; i++) {
		compare("ways-bad", "in", gathered[i], "", gathered[i]);
		compare("flood", "in", gathered[i], "", gathered[i]);
	}
	compare("fragments", "in", "stats", "", "stats");
	compare("ways-good", "in", "stats", "v", "stats-verbose");
	compare("ways-bad", "in", "stats", "q", "stats-quiet");
	return tap_done();
}
