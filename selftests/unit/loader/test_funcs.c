// SPDX-License-Identifier: GPL-2.0-only
/* The list of functions: what a line may say, and what is said of others. */
#include "../../../bpf/bpfpath.h"
#include "../../../loader/plan/funcs.h"
#include "capture.h"

#define LONG_63 \
	"a23456789_b23456789_c23456789_d23456789_e23456789_f23456789_g23"

static void is_func(const struct func *got, const struct func *want)
{
	char what[160];

	snprintf(what, sizeof(what), "line %u: %s", want->num, want->name);
	ok(got->num == want->num && !strcmp(got->group, want->group) &&
		   !strcmp(got->name, want->name) && got->verdict == want->verdict &&
		   got->arg == want->arg && got->deref == want->deref,
	   what);
}

static void test_read(void)
{
	static const char text[] = "# the way in\n"
				   "ip_rcv 0\n"
				   "\n"
				   "  tcp_v4_rcv\t 1 1 \n"
				   "\t# blank before\n"
				   "__netif_receive_skb_core 0 *1\n"
				   "skb:kfree_skb 2\n"
				   "kfree_skb 2 5\r\n"
				   "opt.isra.0 0\r\n"
				   LONG_63 " 0";
	static const struct func want[] = {
		{ 2, "", "ip_rcv", 0, 0, 0, FUNC_NAMED },
		{ 4, "", "tcp_v4_rcv", 1, 1, 0, FUNC_NAMED },
		{ 6, "", "__netif_receive_skb_core", 0, 1, 1, FUNC_NAMED },
		{ 7, "skb", "kfree_skb", 2, 0, 0, FUNC_NAMED },
		{ 8, "", "kfree_skb", 2, 5, 0, FUNC_NAMED },
		{ 9, "", "opt.isra.0", 0, 0, 0, FUNC_NAMED },
		{ 10, "", LONG_63, 0, 0, 0, FUNC_NAMED },
	};
	struct funcs *funcs;
	uint32_t i;

	is_int(funcs_parse("l", text, strlen(text), &funcs), 0,
	       "a list is read");
	is_int(funcs->count, 7, "its functions");
	is_int(funcs->lines, 10, "its lines");
	for (i = 0; i < funcs->count; i++)
		is_func(&funcs->funcs[i], &want[i]);
	funcs_free(funcs);
	is_int(funcs_parse("l", "", 0, &funcs), 0, "an empty list");
	is_int(funcs->count, 0, "... has no functions");
	funcs_free(funcs);
}

static void test_globs(void)
{
	static const char text[] = "tcp_* 0 2\n!tcp_v[4-6]*\n!skb:*\n"
				   "!ip_rcv\nip?rcv 1 *1\nip_rcv 0\n";
	static const struct func want[] = {
		{ 1, "", "tcp_*", 0, 2, 0, FUNC_GLOB },
		{ 2, "", "tcp_v[4-6]*", 0, 0, 0, FUNC_NOT },
		{ 3, "skb", "*", 0, 0, 0, FUNC_NOT },
		{ 4, "", "ip_rcv", 0, 0, 0, FUNC_NOT },
		{ 5, "", "ip?rcv", 1, 1, 1, FUNC_GLOB },
		{ 6, "", "ip_rcv", 0, 0, 0, FUNC_NAMED },
	};
	struct funcs *funcs;
	uint32_t i;

	is_int(funcs_parse("l", text, strlen(text), &funcs), 0,
	       "a list with globs is read");
	for (i = 0; i < funcs->count; i++) {
		is_func(&funcs->funcs[i], &want[i]);
		is_int(funcs->funcs[i].kind, want[i].kind, "... its kind");
	}
	ok(funcs_find(funcs, "ip_rcv", 0) == &funcs->funcs[5],
	   "a line of its own is found");
	ok(!funcs_find(funcs, "ip_rcv", 1), "... that is no tracepoint");
	ok(!funcs_find(funcs, "tcp_*", 0), "a glob is not");
	ok(!funcs_find(funcs, LONG_63 "45", 0), "nor is what is too long");
	ok(!funcs_excluded(funcs, &funcs->funcs[5]),
	   "a line is not taken away by one above it");
	ok(funcs_excluded(funcs, &(struct func){ .num = 9, .name = "ip_rcv",
						 .kind = FUNC_FOUND }),
	   "what was found is");
	funcs_free(funcs);
}

static void is_refused_bytes(const char *text, size_t size, const char *want)
{
	struct funcs *funcs;
	int ret;

	capture_begin();
	ret = funcs_parse("l", text, size, &funcs);
	is_str(capture_end(), want, want);
	is_int(ret, -EINVAL, "... and is refused");
	ok(!funcs, "... as a whole");
}

static void is_refused(const char *text, const char *want)
{
	is_refused_bytes(text, strlen(text), want);
}

static void test_names(void)
{
	is_refused("ip_rcv 0\nbad-name 0\n",
		   "bpfpath: l:2: not a function's name: 'bad-name'");
	is_refused("2fast 0", "bpfpath: l:1: not a function's name: '2fast'");
	is_refused("$(id) 0", "bpfpath: l:1: not a function's name: '$(id)'");
	is_refused("a;b 0", "bpfpath: l:1: not a function's name: 'a;b'");
	is_refused("\xc3\xa4 0",
		   "bpfpath: l:1: not a function's name: '?" "?'");
	is_refused("a\033[2J 0",
		   "bpfpath: l:1: not a function's name: 'a?[2J'");
	is_refused("a. 0", "bpfpath: l:1: not a function's name: 'a.'");
	is_refused(".a 0", "bpfpath: l:1: not a function's name: '.a'");
	is_refused("a..b 0", "bpfpath: l:1: not a function's name: 'a..b'");
	is_refused("skb: 0", "bpfpath: l:1: not a function's name: 'skb:'");
	is_refused(":x 0", "bpfpath: l:1: not a function's name: ':x'");
	is_refused("a:b:c 0", "bpfpath: l:1: not a function's name: 'a:b:c'");
	is_refused("a:b.c 0", "bpfpath: l:1: not a function's name: 'a:b.c'");
	is_refused("!", "bpfpath: l:1: not a function's name: ''");
	is_refused("!ip rcv", "bpfpath: l:1: one word too many: 'rcv'");
	is_refused("!a/b", "bpfpath: l:1: not a function's name: 'a/b'");
	is_refused("!:a", "bpfpath: l:1: not a function's name: ':a'");
	is_refused("skb:* 0", "bpfpath: l:1: not a function's name: 'skb:*'");
	is_refused("tcp_*", "bpfpath: l:1: FIN (0, 1 or 2) is missing after: "
			    "'tcp_*'");
	is_refused("a*/b 0", "bpfpath: l:1: not a function's name: 'a*/b'");
	is_refused("ip_rcv 0\r \n", "bpfpath: l:1: FIN is 0, 1 or 2, not: '0?'");
	is_refused_bytes("a\0b 0", 5,
			 "bpfpath: l:1: not a function's name: 'a?b'");
	is_refused(LONG_63 "4 0", "bpfpath: l:1: the name is too long: '"
				  "a23456789_b23456789_c23456789_d23456789_"
				  "e23456789_f23456789_'");
}

static void test_words(void)
{
	is_refused("ip_rcv",
		   "bpfpath: l:1: FIN (0, 1 or 2) is missing after: 'ip_rcv'");
	is_refused("ip_rcv 3", "bpfpath: l:1: FIN is 0, 1 or 2, not: '3'");
	is_refused("ip_rcv 00", "bpfpath: l:1: FIN is 0, 1 or 2, not: '00'");
	is_refused("ip_rcv -1", "bpfpath: l:1: FIN is 0, 1 or 2, not: '-1'");
	is_refused("ip_rcv 0 0",
		   "bpfpath: l:1: ARG is 1 to 8 or *1 to *8, not: '0'");
	is_refused("ip_rcv 0 9",
		   "bpfpath: l:1: ARG is 1 to 8 or *1 to *8, not: '9'");
	is_refused("ip_rcv 0 *",
		   "bpfpath: l:1: ARG is 1 to 8 or *1 to *8, not: '*'");
	is_refused("ip_rcv 0 **1",
		   "bpfpath: l:1: ARG is 1 to 8 or *1 to *8, not: '**1'");
	is_refused("ip_rcv 0 11",
		   "bpfpath: l:1: ARG is 1 to 8 or *1 to *8, not: '11'");
	is_refused("ip_rcv 0 1 # why",
		   "bpfpath: l:1: one word too many: '#'");
	is_refused("a 0\nb 0\n\na 1\n",
		   "bpfpath: l:4: 'a' is in line 1 already");
	is_refused("x:a 0\ny:a 0\n",
		   "bpfpath: l:2: 'y:a' is in line 1 already");
}

static void test_too_many_lines(void)
{
	char text[MAX_FUNCS + 16];
	struct funcs *funcs;
	char want[80];

	memset(text, '\n', sizeof(text));
	memcpy(text + MAX_FUNCS - 2, "a 0\n", 4);
	is_int(funcs_parse("l", text, MAX_FUNCS + 2, &funcs), 0,
	       "a function in the last line that has a number");
	funcs_free(funcs);
	memset(text, '\n', sizeof(text));
	memcpy(text + MAX_FUNCS - 1, "a 0\n", 4);
	snprintf(want, sizeof(want), "bpfpath: l:%d: too many lines for: 'a'",
		 MAX_FUNCS);
	is_refused_bytes(text, MAX_FUNCS + 3, want);
}

static void test_files(void)
{
	struct funcs *funcs;

	capture_begin();
	is_int(funcs_open("/nonexistent/list", &funcs), -ENOENT,
	       "a list that is not there");
	is_str(capture_end(),
	       "bpfpath: /nonexistent/list: No such file or directory",
	       "... is named");
	capture_begin();
	is_int(funcs_open("/", &funcs), -EISDIR, "a list that is a directory");
	is_str(capture_end(), "bpfpath: /: Is a directory", "... is named");
}

int main(void)
{
	tap_plan(144);
	test_read();
	test_globs();
	test_names();
	test_words();
	test_too_many_lines();
	test_files();
	return tap_done();
}
