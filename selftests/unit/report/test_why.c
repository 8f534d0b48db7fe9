// SPDX-License-Identifier: GPL-2.0-only
/* Why a packet was dropped: entries found, and words in texts replaced. */
#include "harness.h"
#include "../../../report/why/why.h"

/* Three steps and an end: dropped on interface dev at location for reason. */
#define DROP(first, second, dev, location, reason) \
	SELECT("1", "10") \
	STEP("1", "0", "20", first) \
	STEP("1", "1", "30", second) \
	STEP("1", "2", "40", "skb:kfree_skb") \
	"end\t1\t3\t40\t-\t-\tskb:kfree_skb\t" dev "\t-\t-\t-\t-\tdropped\t" \
	reason "\t" location "\t-\t0\t-\n"

static struct table_entry entry(const char *a, const char *b)
{
	struct table_entry e = { .keys = { calloc(strlen(a) + 2, 1), NULL } };

	strcpy(e.keys[0], a);
	if (b)
		e.keys[1] = strcpy(calloc(strlen(b) + 2, 1), b);
	return e;
}

static void add(struct table *t, struct table_entry e, const char *text,
		const char *next)
{
	t->entry = realloc(t->entry, (t->count + 1) * sizeof(e));
	e.texts[0] = strdup(text);
	e.texts[2] = next ? strdup(next) : NULL;
	t->entry[t->count++] = e;
}

static struct data make_data(void)
{
	struct data d = { .verdicts = { .count = 0 } };

	add(&d.verdicts, entry("hook", "*"), "by netfilter in {hook}", NULL);
	add(&d.verdicts, entry("f", "R"), "{}{no} {dev", "see {dev} {func}");
	add(&d.verdicts, entry("f", "-"), "no reason", NULL);
	add(&d.verdicts, entry("g", "*"), "{reason} on {dev}", NULL);
	add(&d.verdicts, entry("sent/k", "-"), "sent before", NULL);
	add(&d.verdicts, entry("k", "NOT_SPECIFIED"), "newer", NULL);
	add(&d.verdicts, entry("k", "-"), "older", NULL);
	add(&d.verdicts, entry("se*", "*"), "no such place", NULL);
	add(&d.verdicts, entry("to", "*"), "{saddr} {daddr} {dport}", NULL);
	add(&d.verdicts, entry("ip/l", "*"), "IP", NULL);
	add(&d.verdicts, entry("q", "*"), "by {qdisc} of {dev}", NULL);
	add(&d.verdicts, entry("-", "*"), "nobody knows where", NULL);
	add(&d.hooks, entry("in*", NULL), "input of {dev}, {hook}", NULL);
	add(&d.hooks, entry("out", NULL), "output", NULL);
	return d;
}

static void is_why(const struct data *data, const char *records,
		   const char *verdict, const char *next, const char *what)
{
	struct memory m = { records, strlen(records), 4096 };
	struct records *r = records_new(memory_read, &m);
	struct path *p = calloc(1, sizeof(*p));
	struct record *rec;
	struct why why;

	records_open(r);
	while (records_next(r, &rec) == RECORDS_RECORD)
		path_add(p, rec);
	path_judge(p);
	is_int(why_find(&why, data, p), 0, what);
	is_str(why.verdict, verdict, "its verdict");
	is_str(why.next, next, "what to look at next");
	is_str(why.cause, NULL, "no cause is known");
	why_free(&why);
	path_free(p);
	records_free(r);
}

static void entries(const struct data *d)
{
	is_why(d, HEADER DROP("a", "b", "e0", "f+0x1", "R"),
	       "dropped in f: {}{no} {dev (R)", "see e0 f",
	       "location and reason");
	is_why(d, HEADER DROP("a", "b", "e0", "f.isra.0+0x1", "NOT_SPECIFIED"),
	       "dropped in f: no reason", NULL, "a suffix of the compiler's");
	is_why(d, HEADER DROP("a", "b", "e0", "f+0x1", "-"),
	       "dropped in f: no reason", NULL, "an older kernel");
	is_why(d, HEADER DROP("a", "b", "e0", "g+0x1", "R"),
	       "dropped in g: R on e0", NULL, "a reason is said once");
	is_why(d, HEADER DROP("a", "b", "e0", "-", "R"),
	       "dropped: nobody knows where (R)", NULL, "no location");
	is_why(d, HEADER DROP("a", "b", "e0", "h+0x1", "R"), NULL, NULL,
	       "no entry");
	is_why(NULL, HEADER DROP("a", "b", "e0", "f+0x1", "R"), NULL, NULL,
	       "no tables");
	is_why(d, HEADER END("1", "0", "9", "f", "consumed"), NULL, NULL,
	       "not dropped");
}

static void before(const struct data *d)
{
	is_why(d, HEADER DROP("sent", "b", "e0", "k+0x1", "-"),
	       "dropped in k: sent before", NULL, "what it came to before");
	is_why(d, HEADER DROP("b", "sent.isra.0", "e0", "k+0x1", "-"),
	       "dropped in k: sent before", NULL, "with a suffix");
	is_why(d, HEADER DROP("a", "b", "e0", "k+0x1", "-"),
	       "dropped in k: older", NULL, "no reason");
	is_why(d, HEADER DROP("a", "b", "e0", "k+0x1", "NOT_SPECIFIED"),
	       "dropped in k: newer", NULL, "a reason that is none");
	is_why(d, HEADER STEP("1", "0", "20", "sent")
	       "end\t1\t3\t40\t-\t-\tb\te0\t5\t-\t-\t-\tdropped\t-\tk+0x1"
	       "\t-\t0\t-\n",
	       "dropped in k: older", NULL, "before, at another interface");
}

static void queues(const struct data *d)
{
	is_why(d, HEADER DROP("htb_enqueue", "fq_codel_enqueue", "e0", "q+0x1",
			      "-"),
	       "dropped by the queueing discipline fq_codel of e0", NULL,
	       "the queueing discipline, the last one");
	is_why(d, HEADER DROP("a", "codel_qdisc_enqueue", "e0", "q+0x1", "-"),
	       "dropped by the queueing discipline codel of e0", NULL,
	       "one with a longer name");
	is_why(d, HEADER DROP("a", "b", "e0", "q+0x1", "-"),
	       "dropped by the queueing discipline of e0", NULL,
	       "none that is known");
}

/* Columns that not all records here have, before the newline. */
#define FLOW_HEADER \
	"#bpfpath-records-1\ttype\tpacket\tseq\tns\tcpu\tskb\tfunc\tifname\t" \
	"ifindex\tnetns\tlen\tmark\thow\treason\tlocation\tproto\tsaddr\t" \
	"daddr\tdport\n"
#define FLOW_END(place, flow) \
	"end\t1\t0\t40\t-\t-\tb\te0\t-\t-\t-\t-\tdropped\t-\t" place "+0x1\t" \
	flow "\n"

static void flows(const struct data *d)
{
	is_why(d, FLOW_HEADER FLOW_END("to", "udp\t10.0.0.1\tfd00::2\t53"),
	       "dropped in to: 10.0.0.1 fd00::2 53", NULL, "addresses and port");
	is_why(d, FLOW_HEADER FLOW_END("to", "-\t-\t$(x)\t-"),
	       "dropped in to: SOURCE DESTINATION PORT", NULL, "none of them");
	is_why(d, FLOW_HEADER FLOW_END("l", "47\t-\t-\t-"),
	       "dropped in l: IP", NULL, "a packet of IP");
	is_why(d, FLOW_HEADER FLOW_END("l", "-\t-\t-\t-"), NULL, NULL,
	       "one that is perhaps none");
}

static void interfaces(const struct data *d)
{
	is_why(d, HEADER DROP("a", "b", "a$(b)", "f+0x1", "R"),
	       "dropped in f: {}{no} {dev (R)", "see IFACE f",
	       "a name that a shell would run");
	is_why(d, HEADER DROP("a", "b", "veth-b", "g+0x1", "R"),
	       "dropped in g: R on veth-b", NULL, "a hyphen");
	is_why(d, HEADER DROP("a", "b", "-x", "g+0x1", "R"),
	       "dropped in g: R on IFACE", NULL,
	       "a name that a program would take as an option");
	is_why(d, HEADER DROP("a", "b", "-", "g+0x1", "R"),
	       "dropped in g: R on IFACE", NULL, "no interface");
	is_why(d, HEADER DROP("a", "b", "eth0.5@x", "g+0x1", "$R"),
	       "dropped in g: not named on eth0.5@x", NULL,
	       "a reason that a shell would expand");
}

static void hooks(const struct data *d)
{
	is_why(d, HEADER DROP("in4", "b", "e0", "hook+0x1", "-"),
	       "dropped by netfilter in input of e0, one of its hooks", NULL,
	       "the hook, by a step");
	is_why(d, HEADER DROP("in4", "out", "e0", "hook+0x1", "-"),
	       "dropped by netfilter in output", NULL, "the last one counts");
	is_why(d, HEADER DROP("a", "b", "e0", "hook+0x1", "-"),
	       "dropped by netfilter in one of its hooks", NULL,
	       "no step of a hook");
	is_why(d, HEADER STEP("1", "0", "20", "out")
	       STEP("1", "2", "40", "b")
	       "end\t1\t3\t40\t-\t-\tb\te0\t-\t-\t-\t-\tdropped\t-\thook+0x1"
	       "\t-\t0\t-\n",
	       "dropped by netfilter in one of its hooks", NULL,
	       "a step is missing where a hook may have been");
}

int main(void)
{
	struct data d = make_data();

	entries(&d);
	before(&d);
	queues(&d);
	flows(&d);
	interfaces(&d);
	hooks(&d);
	data_free(&d);
	return tap_done();
}
