// SPDX-License-Identifier: GPL-2.0-only
/* Plans: written, read back. */
#include "../../../bpf/bpfpath.h"
#include "../../../loader/plan/plan.h"
#include "capture.h"

#define HEADER \
	"#bpfpath-plan-2\tnum\tname\trole\tverdict\thow\tsymbol\tunique\tmodule\taddr\t" \
	"btf_id\targ\tderef\treason_arg\tcaller_arg\tresult_arg\tstage\t" \
	"other_arg\trule\tip6\twhy\n"

static const char good[] =
	"1\tip_rcv\tstep\t0\tkprobe\tip_rcv\t1\t-\t-\t0\t1\t0\t0\t0\t0\t0\t0\t0\t0\t-";

static const struct probe probes[] = {
	{ .num = 2, .name = "ip_rcv", .how = HOW_KPROBE, .symbol = "ip_rcv",
	  .unique = 1, .arg = 1 },
	{ .num = 3, .name = "twin", .step.verdict = 1, .how = HOW_MULTI,
	  .symbol = "twin.isra.0", .module = "veth",
	  .addr = 0xffffffff81000100, .btf_id = 140000, .arg = ABI_REGS,
	  .deref = 1, .step.reason_arg = 3 },
	{ .num = 4, .name = "ip_output", .how = HOW_FENTRY,
	  .symbol = "ip_output", .unique = 1, .btf_id = 7, .arg = 3,
	  .step.stage = STAGE_MAX },
	{ .num = 6, .name = "skb_copy_header", .role = PROBE_COPY_SITE,
	  .how = HOW_KPROBE, .symbol = "skb_copy_header", .arg = 1,
	  .copy_site = { .old_arg = 2, .is_fresh = 1 } },
	{ .num = 7, .name = "skb_try_coalesce", .role = PROBE_MERGE_SITE,
	  .how = HOW_FEXIT, .symbol = "skb_try_coalesce", .arg = 1,
	  .merge_site = { .other_arg = 2, .result_arg = 5, .is_bool = 1 } },
	{ .num = 3, .name = "twin", .role = PROBE_RETURN,
	  .how = HOW_FENTRY_RETURN, .symbol = "twin", .arg = 1,
	  .returns = { .result_arg = 4 } },
	{ .num = 7, .name = "fib_lookup", .role = PROBE_CALLEE,
	  .how = HOW_KPROBE, .symbol = "fib_lookup", .arg = 1,
	  .step.verdict = VERDICT_CALLEE },
	{ .num = 8, .name = "ip6t_do_table", .role = PROBE_RULE,
	  .how = HOW_RULE_FEXIT, .symbol = "ip6t_do_table",
	  .rule = { .role = ROLE_XT, .is_ip6 = 1 } },
	{ .num = 10, .name = "tcp_new", .role = PROBE_RULE,
	  .how = HOW_RULE_FEXIT, .symbol = "tcp_new", .arg = 2,
	  .rule = { .role = ROLE_CT_NEW, .other_arg = 6 } },
	{ .num = 4095, .name = "kfree_skb", .how = HOW_TRACEPOINT,
	  .symbol = "kfree_skb", .arg = 1,
	  .step = { .verdict = 2, .reason_arg = 3, .caller_arg = 2 } },
	{ .num = 11, .name = "ovs_dp_upcall", .how = HOW_TRACEPOINT,
	  .symbol = "ovs_dp_upcall", .arg = 2, .step = { .role = ROLE_OVS_UPCALL } },
	{ .num = 9, .name = "netif_receive_skb", .role = PROBE_RECEIVE,
	  .how = HOW_RECEIVE, .symbol = "netif_receive_skb", .unique = 1, .arg = 1 },
	{ .num = 5, .name = "gone", .how = HOW_SKIP,
	  .why = "not in this kernel" },
};

static const char written[] =
	HEADER
	"2\tip_rcv\tstep\t0\tkprobe\tip_rcv\t1\t-\t-\t0\t"
	"1\t0\t0\t0\t0\t0\t0\t0\t0\t-\n"
	"3\ttwin\tstep\t1\tmulti\ttwin.isra.0\t0\tveth\t0xffffffff81000100\t"
	"140000\t6\t1\t3\t0\t0\t0\t0\t0\t0\t-\n"
	"4\tip_output\tstep\t0\tfentry\tip_output\t1\t-\t-\t7\t"
	"3\t0\t0\t0\t0\t255\t0\t0\t0\t-\n"
	"6\tskb_copy_header\tcopy\t1\tkprobe\tskb_copy_header\t0\t-\t-\t0\t"
	"1\t0\t0\t0\t0\t0\t2\t0\t0\t-\n"
	"7\tskb_try_coalesce\tmerge\t1\tfexit\tskb_try_coalesce\t0\t-\t-\t0\t"
	"1\t0\t0\t0\t5\t0\t2\t0\t0\t-\n"
	"3\ttwin\treturn\t0\tfentry_return\ttwin\t0\t-\t-\t0\t"
	"1\t0\t0\t0\t4\t0\t0\t0\t0\t-\n"
	"7\tfib_lookup\tcallee\t3\tkprobe\tfib_lookup\t0\t-\t-\t0\t"
	"1\t0\t0\t0\t0\t0\t0\t0\t0\t-\n"
	"8\tip6t_do_table\trule\t0\trule_fexit\tip6t_do_table\t0\t-\t-\t0\t"
	"0\t0\t0\t0\t0\t0\t0\t4\t1\t-\n"
	"10\ttcp_new\trule\t0\trule_fexit\ttcp_new\t0\t-\t-\t0\t"
	"2\t0\t0\t0\t0\t0\t6\t12\t0\t-\n"
	"4095\tkfree_skb\tstep\t2\ttracepoint\tkfree_skb\t0\t-\t-\t0\t"
	"1\t0\t3\t2\t0\t0\t0\t0\t0\t-\n"
	"11\tovs_dp_upcall\tstep\t0\ttracepoint\tovs_dp_upcall\t0\t-\t-\t0\t"
	"2\t0\t0\t0\t0\t0\t0\t16\t0\t-\n"
	"9\tnetif_receive_skb\treceive\t0\treceive\tnetif_receive_skb\t1\t-\t-\t0\t"
	"1\t0\t0\t0\t0\t0\t0\t0\t0\t-\n"
	"5\tgone\tstep\t0\tskip\t-\t0\t-\t-\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t"
	"not in this kernel\n";

static struct plan *make_plan(void)
{
	struct plan *plan = calloc(1, sizeof(*plan));
	size_t i;

	for (i = 0; i < sizeof(probes) / sizeof(*probes); i++)
		plan_add(plan, &probes[i]);
	return plan;
}

static char *print_plan(const struct plan *plan)
{
	size_t size;
	char *text;
	FILE *out = open_memstream(&text, &size);

	plan_write(plan, out);
	fclose(out);
	return text;
}

static int read_plan(const char *text, size_t size, struct plan **plan)
{
	FILE *in = size ? fmemopen((char *)text, size, "r") :
			  fopen("/dev/null", "r");
	int err = plan_read(in, "p", plan);

	fclose(in);
	return err;
}

static int same_probe(const struct probe *a, const struct probe *b)
{
	return a->num == b->num && !strcmp(a->name, b->name) &&
	       a->how == b->how &&
	       !strcmp(a->symbol, b->symbol) && a->unique == b->unique &&
	       !strcmp(a->module, b->module) && a->addr == b->addr &&
	       a->btf_id == b->btf_id && a->arg == b->arg && a->deref == b->deref &&
	       !memcmp(&a->step, &b->step, sizeof(a->step)) &&
	       a->role == b->role &&
	       !strcmp(a->why, b->why);
}

static void test_round(void)
{
	struct plan *plan = make_plan(), *back;
	char *text = print_plan(plan);
	size_t i;

	is_str(text, written, "a plan is written");
	is_int(read_plan(text, strlen(text), &back), 0, "... and read back");
	is_int(back->count, plan->count, "... all of it");
	for (i = 0; i < back->count; i++)
		ok(same_probe(&back->probes[i], &probes[i]), probes[i].name);
	plan_free(plan);
	plan_free(back);
	free(text);
}

static void test_small(void)
{
	static const char no_end[] =
		HEADER "1\ta\tstep\t0\tskip\t-\t0\t-\t-\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\tx";
	struct plan *plan;

	is_int(read_plan(HEADER, strlen(HEADER), &plan), 0, "an empty plan");
	is_int(plan->count, 0, "... has no probes");
	plan_free(plan);
	is_int(read_plan(no_end, strlen(no_end), &plan), 0,
	       "a line without newline at its end");
	is_str(plan->probes[0].why, "x", "... that is whole");
	plan_free(plan);
}

/* Columns stand where the header says. */
static void test_order(void)
{
	static const char text[] =
		"#bpfpath-plan-2\twhy\tip6\trule\tother_arg\tstage\tresult_arg\t"
		"caller_arg\treason_arg\tderef\targ\tbtf_id\taddr\tmodule\t"
		"unique\tsymbol\thow\tverdict\trole\tname\tnum\n"
		"-\t0\t0\t2\t0\t0\t0\t0\t0\t1\t0\t-\t-\t"
		"0\tskb_copy_header\tkprobe\t1\tcopy\tskb_copy_header\t6\n";
	struct plan *plan;

	is_int(read_plan(text, strlen(text), &plan), 0, "columns in another order");
	ok(plan && plan->count == 1 && same_probe(&plan->probes[0], &probes[3]),
	   "... are read by their names");
	plan_free(plan);
}

static void is_refused_at(const char *text, size_t size, const char *said,
			  const char *what)
{
	struct plan *plan;
	int ret;

	capture_begin();
	ret = read_plan(text, size, &plan);
	is_str(capture_end(), said, what);
	ok(ret == -EINVAL && !plan, "... is refused");
}

/* A line below the header. */
static void is_refused(const char *text, size_t size, const char *what)
{
	char whole[1024] = HEADER;
	size_t header = strlen(HEADER);

	memcpy(whole + header, text, size);
	is_refused_at(whole, header + size, "bpfpath: p:2: not a line of a plan",
		      what);
}

static void is_bad_header(const char *text, const char *what)
{
	is_refused_at(text, strlen(text), "bpfpath: p:1: not a line of a plan",
		      what);
}

static void test_headers(void)
{
	char text[512];

	is_bad_header("", "an empty file");
	is_bad_header(good, "no header");
	is_bad_header("#bpfpath-plan-2\n", "no columns");
	is_bad_header("#bpfpath-plan-2\tnum\tname\n", "columns too few");
	snprintf(text, sizeof(text), "#bpfpath-plan-1%s", strchr(HEADER, '\t'));
	is_bad_header(text, "another form");
	strcpy(text, HEADER);
	memcpy(strstr(text, "stage"), "stige", 5);
	is_bad_header(text, "an unknown column");
	memcpy(strstr(text, "stige"), "deref", 5);
	is_bad_header(text, "a column twice");
}

/* good with one of its columns, from 0, replaced. */
static void is_bad_column(int column, const char *value)
{
	const char *at = good;
	char text[512], what[512];
	int i;

	for (i = 0; i < column; i++)
		at = strchr(at, '\t') + 1;
	snprintf(text, sizeof(text), "%.*s%s%s", (int)(at - good), good, value,
		 at + strcspn(at, "\t"));
	snprintf(what, sizeof(what), "column %d: '%.60s'", column, value);
	is_refused(text, strlen(text), what);
}

static void test_refused(void)
{
	char longer[200];

	memset(longer, 'a', sizeof(longer));
	longer[199] = '\0';
	is_refused("\n", 1, "an empty line");
	is_bad_column(19, "-\tmore");
	is_refused(good, strlen(good) - 2, "a column too few");
	is_refused(good, sizeof(good), "a NUL in it");
	is_bad_column(0, "0");
	is_bad_column(0, "4096");
	is_bad_column(0, "99999999999999999999");
	is_bad_column(0, "+1");
	is_bad_column(1, "-");
	is_bad_column(1, longer);
	is_bad_column(2, "seed");
	is_bad_column(3, "4");
	is_bad_column(4, "uprobe");
	is_bad_column(5, "-");
	is_bad_column(5, longer);
	is_bad_column(6, "2");
	is_bad_column(7, longer);
	is_bad_column(8, "ffff");
	is_bad_column(8, "0x");
	is_bad_column(8, "0x11111111111111111");
	is_bad_column(8, "0x12g");
	is_bad_column(9, "-");
	is_bad_column(9, "4294967296");
	is_bad_column(10, "9");
	is_bad_column(10, "0");
	is_bad_column(11, "2");
	is_bad_column(12, "-");
	is_bad_column(13, " 1");
	is_bad_column(14, "1");
	is_bad_column(18, "1");
	is_bad_column(14, "9");
	is_bad_column(15, "256");
	is_bad_column(16, "9");
	is_bad_column(17, "17");
	is_bad_column(18, "2");
	is_bad_column(19, longer);
	is_bad_column(19, "");
}

static void test_full_disk(void)
{
	struct plan *plan = make_plan();
	FILE *full = fopen("/dev/full", "w");

	if (full) {
		is_int(plan_write(plan, full), -ENOSPC,
		       "output that cannot be written is an error");
		fclose(full);
	}
	plan_free(plan);
}

int main(void)
{
	tap_plan(111);
	test_round();
	test_small();
	test_order();
	test_headers();
	test_refused();
	test_full_disk();
	return tap_done();
}
