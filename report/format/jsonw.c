// SPDX-License-Identifier: GPL-2.0-only
#include "jsonw.h"
#include "../../lib/digits.h"
#include "../input/utf8.h"
#include "../diagnose/diagnose.h"

#include <inttypes.h>
#include <string.h>

/* RFC 8259, section 7; what a terminal would obey as well. */
static const char *const json_shorts[] = {
	"\\\"", "\\\\", "\\b", "\\f", "\\n", "\\r", "\\t",
};
static const struct escape json_escape = {
	.from = "\"\\\b\f\n\r\t",
	.to = json_shorts,
	.control = "\\u00",
	.number = true,
	.stray = "\\ufffd",
};

static void put_string(FILE *out, const char *s)
{
	size_t plain = utf8_plain(s);

	putc('"', out);
	fwrite(s, 1, plain, out);
	escape_print(out, s + plain, &json_escape);
	putc('"', out);
}

/* What is to stand before a value. */
static void begin(struct jsonw *w, const char *key)
{
	if (w->comma)
		putc(',', w->out);
	w->comma = true;
	if (!key)
		return;
	put_string(w->out, key);
	putc(':', w->out);
}

void jsonw_open(struct jsonw *w, const char *key, char bracket)
{
	begin(w, key);
	putc(bracket, w->out);
	w->comma = false;
}

void jsonw_close(struct jsonw *w, char bracket)
{
	putc(bracket, w->out);
	w->comma = true;
}

void jsonw_string(struct jsonw *w, const char *key, const char *s)
{
	if (!s) {
		jsonw_null(w, key);
		return;
	}
	begin(w, key);
	put_string(w->out, s);
}

void jsonw_integer(struct jsonw *w, const char *key, uint64_t value)
{
	begin(w, key);
	digits_print(w->out, value, 10);
}

void jsonw_literal(struct jsonw *w, const char *key, const char *digits)
{
	begin(w, key);
	fputs(digits, w->out);
}

void jsonw_number(struct jsonw *w, const char *key, struct number n)
{
	if (n.known)
		jsonw_integer(w, key, n.value);
	else
		jsonw_null(w, key);
}

void jsonw_bool(struct jsonw *w, const char *key, bool value)
{
	begin(w, key);
	fputs(value ? "true" : "false", w->out);
}

void jsonw_null(struct jsonw *w, const char *key)
{
	begin(w, key);
	fputs("null", w->out);
}

void jsonw_loss(struct jsonw *w, enum end_how how, const char *verdict,
		bool done)
{
	if (why_knows_loss(how, verdict))
		jsonw_bool(w, "loss", !done);
	else
		jsonw_null(w, "loss");
}

void jsonw_complete(struct jsonw *w, enum path_state state)
{
	if (state == PATH_NOT_KNOWN)
		jsonw_null(w, "complete");
	else
		jsonw_bool(w, "complete", state == PATH_COMPLETE);
}
