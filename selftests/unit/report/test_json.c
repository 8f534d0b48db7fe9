// SPDX-License-Identifier: GPL-2.0-only
/* The JSON writer, its escaping, and the object of a packet. */
#include "harness.h"
#include "../../../report/format/jsonw.h"

/* The family of a packet that has no relatives. */
#define ALONE(complete, lost) \
	"\"family\":{\"members\":1,\"kins\":null,\"unseen\":0,\"unborn\":0," \
	"\"complete\":" complete ",\"lost\":" lost ",\"late\":false," \
	"\"delivered\":[]}"

/* What is not known of a selection. */
#define SELECTED \
	"\"ifname\":null,\"netns\":null,\"netns_name\":null,\"len\":null," \
	"\"time\":null,"

/* The end of a packet that was not dropped. */
#define NO_WHY	",\"rule\":null,\"rule_fields\":null," \
	"\"verdict\":null,\"cause\":null,\"next\":null," \
	"\"loss\":null,\"unanswered\":false"

static void escapes(const char *s, const char *want, const char *what)
{
	char *text = NULL;
	size_t size;
	struct jsonw w = { .out = open_memstream(&text, &size) };

	jsonw_string(&w, NULL, s);
	fclose(w.out);
	is_str(text, want, what);
	free(text);
}

static void test_escaping(void)
{
	escapes("", "\"\"", "nothing");
	escapes(NULL, "null", "NULL");
	escapes("ip_rcv+0x1", "\"ip_rcv+0x1\"", "a name");
	escapes("a\"b\\c/d", "\"a\\\"b\\\\c/d\"", "quote and backslash");
	escapes("\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"", "short escapes");
	escapes("\x01\x1b\x1f ", "\"\\u0001\\u001b\\u001f \"", "controls");
	escapes("~\x7f", "\"~\\u007f\"", "delete");
	escapes("\xc2\x80\xc2\x9f\xc2\xa0", "\"\\u0080\\u009f\xc2\xa0\"",
		"controls of the second set");
}

static void test_utf8(void)
{
	escapes("\xc3\xa9", "\"\xc3\xa9\"", "two bytes");
	escapes("\xe2\x82\xac", "\"\xe2\x82\xac\"", "three bytes");
	escapes("\xf0\x9f\x90\xa7", "\"\xf0\x9f\x90\xa7\"", "four bytes");
	escapes("\xf4\x8f\xbf\xbf", "\"\xf4\x8f\xbf\xbf\"", "the last one");
	escapes("a\x80z", "\"a\\ufffdz\"", "a stray byte");
	escapes("\xff\xfe", "\"\\ufffd\\ufffd\"", "bytes that never occur");
	escapes("\xe2\x82", "\"\\ufffd\\ufffd\"", "a cut one");
	escapes("\xe2\x82z", "\"\\ufffd\\ufffdz\"", "a cut one in between");
	escapes("\xc0\xaf", "\"\\ufffd\\ufffd\"", "overlong, two bytes");
	escapes("\xe0\x80\xaf", "\"\\ufffd\\ufffd\\ufffd\"",
		"overlong, three bytes");
	escapes("\xf0\x80\x80\xaf", "\"\\ufffd\\ufffd\\ufffd\\ufffd\"",
		"overlong, four bytes");
	escapes("\xed\xa0\x80", "\"\\ufffd\\ufffd\\ufffd\"", "a surrogate");
	escapes("\xf4\x90\x80\x80", "\"\\ufffd\\ufffd\\ufffd\\ufffd\"",
		"behind the last one");
}

static void test_nesting(void)
{
	char *text = NULL;
	size_t size;
	struct jsonw w = { .out = open_memstream(&text, &size) };

	jsonw_open(&w, NULL, '{');
	jsonw_open(&w, "a", '[');
	jsonw_open(&w, NULL, '{');
	jsonw_close(&w, '}');
	jsonw_integer(&w, NULL, UINT64_MAX);
	jsonw_bool(&w, NULL, true);
	jsonw_bool(&w, NULL, false);
	jsonw_null(&w, NULL);
	jsonw_close(&w, ']');
	jsonw_string(&w, "b\"", "c");
	jsonw_close(&w, '}');
	fclose(w.out);
	is_str(text, "{\"a\":[{},18446744073709551615,true,false,null],"
		     "\"b\\\"\":\"c\"}", "nesting and commas");
	free(text);
}

static void test_packet(void)
{
	is_printed(HEADER END("7", "-", "-", "-", "unknown"), "json", "",
		   "{\"packet\":7,\"filter\":null,\"skb\":null,"
		   "\"start_ns\":null,\"start_cpu\":null,"
		   "\"hook\":null," SELECTED "\"complete\":false,\"lost\":0,"
		   "\"missed\":null,"
		   "\"end\":{\"how\":\"unknown\",\"what\":null,\"func\":null,"
		   "\"reason\":null,\"location\":null" NO_WHY "},\"events\":[],"
		   "\"answers\":null,\"answered_by\":null,"
		   "\"relatives\":[]," ALONE("false", "1") "}\n",
		   "unknown is null");
	is_printed(HEADER SELECT("1", "9") STEP("1", "-", "9", "f")
		   END("1", "-", "-", "-", "unknown"), "json", "",
		   "{\"packet\":1,\"filter\":null,\"skb\":null,"
		   "\"start_ns\":9,\"start_cpu\":null,"
		   "\"hook\":\"ingress\"," SELECTED "\"complete\":null,\"lost\":null,"
		   "\"missed\":null,"
		   "\"end\":{\"how\":\"unknown\",\"what\":null,\"func\":null,"
		   "\"reason\":null,\"location\":null" NO_WHY "},\"events\":["
		   "{\"seq\":null,\"ns\":9,\"cpu\":null,\"func\":\"f\","
		   "\"ifname\":null,\"ifindex\":null,\"netns\":null,"
		   "\"len\":null,\"mark\":null,\"id\":null,"
		   "\"netns_name\":null,\"comm\":null,\"pid\":null,"
		   "\"proto\":null,\"saddr\":null,\"sport\":null,"
		   "\"daddr\":null,\"dport\":null,\"icmp\":null,"
		   "\"module\":null,\"ct\":null}],"
		   "\"answers\":null,\"answered_by\":null,"
		   "\"relatives\":[]," ALONE("null", "null") "}\n",
		   "steps without numbers: nobody knows what is missing");
}

static void test_relatives(void)
{
	is_printed(HEADER END_MEMBER("7", "2", "0", "9", "-", "consumed"), "json",
		   "",
		   "{\"packet\":7,\"filter\":null,\"skb\":null,"
		   "\"start_ns\":null,\"start_cpu\":null,"
		   "\"hook\":null," SELECTED "\"complete\":false,"
		   "\"lost\":null,\"missed\":null,"
		   "\"end\":{\"how\":\"unknown\",\"what\":null,\"func\":null,"
		   "\"reason\":null,\"location\":null" NO_WHY "},\"events\":[],"
		   "\"answers\":null,\"answered_by\":null,"
		   "\"relatives\":[{\"line\":\"7.?2\",\"kin\":2,"
		   "\"parent\":null,\"maker\":null,\"skb\":null,"
		   "\"start_ns\":null,\"start_cpu\":null,"
		   "\"complete\":false,\"lost\":0,"
		   "\"missed\":null,\"end\":{\"how\":\"consumed\",\"what\":null,"
		   "\"func\":null,\"reason\":null,\"location\":null" NO_WHY "},"
		   "\"events\":[]}],\"family\":{\"members\":1,"
		   "\"kins\":null,\"unseen\":2,\"unborn\":1,\"complete\":false,"
		   "\"lost\":null,\"late\":false,\"delivered\":[]}}\n",
		   "a relative alone");
}

int main(void)
{
	tap_plan(25);
	test_escaping();
	test_utf8();
	test_nesting();
	test_packet();
	test_relatives();
	return tap_done();
}
