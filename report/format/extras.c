// SPDX-License-Identifier: GPL-2.0-only
#include "extras.h"
#include "pad.h"
#include "../diagnose/rule.h"
#include "../input/utf8.h"
#include "../path/ct_entry.h"

#include <stdlib.h>

static void put_callee(const struct extras *extras, const struct record *callee)
{
	FILE *out = extras->out;

	pad_spaces(out, extras->indent);
	putc('(', out);
	utf8_print(out, callee->func ? callee->func : "-");
	if (ct_why(callee->ct)) {
		fputs(": ", out);
		utf8_print(out, ct_why(callee->ct));
	}
	fputs(")\n", out);
}

static void put_rule(const struct extras *extras, const struct record *rule)
{
	FILE *out = extras->out, *memory;
	char *text = NULL;
	size_t size;

	memory = open_memstream(&text, &size);
	if (!memory)
		return;
	rule_print(memory, rule);
	fclose(memory);
	pad_spaces(out, extras->indent);
	term_begin(extras->term, out, COLOUR_CHANGE);
	putc('[', out);
	utf8_print(out, text ? text : "-");
	free(text);
	putc(']', out);
	term_end(extras->term, out);
	putc('\n', out);
}

void extras_print(struct extras *extras, const struct path *p, uint64_t until)
{
	const struct record *extra;

	for (; extras->next < p->extras.count; extras->next++) {
		extra = p->extras.records[extras->next];
		if (extra->ns.value >= until)
			return;
		if (extra->type == RECORD_CALLEE)
			put_callee(extras, extra);
		else if (extra->type == RECORD_RULE && extras->rules)
			put_rule(extras, extra);
	}
}
