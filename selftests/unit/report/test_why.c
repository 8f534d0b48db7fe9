// SPDX-License-Identifier: GPL-2.0-only
/* Why a packet was dropped: entries found, and words in texts replaced. */
#include "why_tables.h"

/* Three steps and an end: dropped on interface dev at location for reason. */
#define DROP(first, second, dev, location, reason) \
	SELECT("1", "10") \
	STEP("1", "0", "20", first) \
	STEP("1", "1", "30", second) \
	STEP("1", "2", "40", "skb:kfree_skb") \
	"end\t1\t3\t40\t-\t-\tskb:kfree_skb\t" dev "\t-\t-\t-\t-\tdropped\t" \
	reason "\t" location "\t-\t0\t-\n"

static void is_why(const struct data *data, const char *records,
		   const char *verdict, const char *next, const char *what)
{
	struct memory m = { records, strlen(records), 4096 };
	struct records *r = records_new(memory_read, &m);
	struct path *p = read_path(r);
	struct why why;

	is_int(why_find(&why, data, NULL, p), 0, what);
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

/* A step and the end, on interfaces of these numbers, in these namespaces. */
#define SENT_AT(ifindex, netns) \
	"step\t1\t0\t20\t-\t-\tsent\te0\t" ifindex "\t" netns \
	"\t-\t-\t-\t-\t-\t-\t-\t-\n"
#define END_AT(ifindex, netns) \
	"end\t1\t1\t40\t-\t-\tb\te0\t" ifindex "\t" netns \
	"\t-\t-\tdropped\t-\tk+0x1\t-\t0\t-\n"

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
	is_why(d, HEADER SENT_AT("5", "4026531840") END_AT("5", "4026531840"),
	       "dropped in k: sent before", NULL, "at the same one");
	is_why(d, HEADER SENT_AT("5", "4026531841") END_AT("5", "4026531840"),
	       "dropped in k: older", NULL,
	       "at one of that number in another namespace");
	is_why(d, HEADER SENT_AT("6", "4026531840") END_AT("5", "4026531840"),
	       "dropped in k: older", NULL, "at another one of that namespace");
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
	       "dropped in f: {}{no} {dev (R)", NULL,
	       "a name that a shell would run");
	is_why(d, HEADER DROP("a", "b", "veth-b", "g+0x1", "R"),
	       "dropped in g: R on veth-b", NULL, "a hyphen");
	is_why(d, HEADER DROP("a", "b", "-x", "g+0x1", "R"),
	       "dropped in g: R on the interface", NULL,
	       "a name that a program would take as an option");
	is_why(d, HEADER DROP("a", "b", "-", "g+0x1", "R"),
	       "dropped in g: R on the interface", NULL, "no interface");
	is_why(d, HEADER DROP("a", "b", "eth0.5@x", "g+0x1", "$R"),
	       "dropped in g: not named on eth0.5@x", NULL,
	       "a reason that a shell would expand");
}

/* Two steps, on "a" and at that place, before it is dropped on "b". */
#define DROP_BEYOND(first, second, place) \
	SELECT("1", "10") \
	"step\t1\t0\t20\t-\t-\t" first "\ta\t1\t-\t-\t-\t-\t-\t-\t-\t0\t-\n" \
	"step\t1\t1\t30\t-\t-\t" second place "\t-\t-\t-\t-\t-\t-\t-\t0\t-\n" \
	"end\t1\t2\t40\t-\t-\tskb:kfree_skb\tb\t2\t-\t-\t-\tdropped\t-\t" \
	"beyond+0x1\t-\t0\t-\n"

static void before_interface(const struct data *d)
{
	is_why(d, HEADER DROP_BEYOND("x", "sent", "\ta\t1"),
	       "dropped in beyond: a to b", NULL, "the interface before");
	is_why(d, HEADER DROP_BEYOND("sent", "x", "\tb\t2"),
	       "dropped in beyond: a to b", NULL, "it is not the last step's");
	is_why(d, HEADER DROP_BEYOND("x", "sent", "\tb\t2"),
	       "dropped in beyond: on b", NULL, "a step on the last one");
	is_why(d, HEADER DROP("a", "b", "b", "beyond+0x1", "-"),
	       "dropped in beyond: another to b", NULL, "it is not known");
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

static void conditions(const struct data *d)
{
	is_why(d, HEADER DROP("a", "b", "e0", "kin+0x1", "-"),
	       "dropped in kin: selected", NULL, "no relative");
	is_why(d, HEADER DERIVED("1", "1", "0", "15", "skb_clone")
	       "end\t1\t0\t40\t-\t-\tb\te0\t-\t-\t-\t-\tdropped\t-\tkin+0x1"
	       "\t-\t1\t-\n", "dropped in kin: a relative", NULL,
	       "a relative");

	is_why(d, HEADER DROP("b", "a", "e0", "c+0x1", "-"),
	       "dropped in c: a last", NULL, "the last function");
	is_why(d, HEADER DROP("b", "b", "e0", "c+0x1", "-"),
	       "dropped in c: never a", NULL, "a function that it never met");
	is_why(d, HEADER DROP("a", "b", "e0", "c+0x1", "-"),
	       "dropped in c: a and b", NULL, "two functions");
	is_why(d, HEADER SELECT("1", "10") STEP("1", "1", "20", "x")
	       "end\t1\t2\t40\t-\t-\tb\tbond0\t-\t-\t-\t-\tdropped\t-\tc+0x1"
	       "\t-\t0\t-\n", "dropped in c: a bond", NULL,
	       "the interface; where steps are missing \"never\" is not known");
	is_why(d, HEADER DROP("a", "x", "e0", "c+0x1", "-"), NULL, NULL,
	       "one function of two");
	is_why(d, HEADER DROP("b", "x", "e0", "c2+0x1", "-"), NULL, NULL,
	       "a function that is not probed");
}

#define ICMP_HEADER \
	"#bpfpath-records-1\ttype\tpacket\tseq\tns\tcpu\tskb\tfunc\tifname\t" \
	"ifindex\tnetns\tlen\tmark\thow\treason\tlocation\ticmp\n"

static void values(const struct data *d)
{
	is_why(d, FLOW_HEADER FLOW_END("to4", "udp\t-\t127.0.0.1\t-"),
	       "dropped in to4: loopback", NULL, "an address");
	is_why(d, FLOW_HEADER FLOW_END("to4", "tcp\t10.0.0.1\t-\t-"),
	       "dropped in to4: TCP from 10.0.0.1",
	       "one 10.0.0.1; two 10.0.0.1; three", "a word that is known");
	is_why(d, FLOW_HEADER FLOW_END("to4", "tcp\t-\t-\t-"),
	       "dropped in to4: TCP", "one; three",
	       "no command with a word that is not known");
	is_why(d, ICMP_HEADER FLOW_END("to4", "8/0/7/1"),
	       "dropped in to4: echo", NULL, "an ICMP type");
}

int main(void)
{
	struct data d = make_data();

	tap_plan(192);
	entries(&d);
	before(&d);
	queues(&d);
	flows(&d);
	interfaces(&d);
	before_interface(&d);
	hooks(&d);
	conditions(&d);
	values(&d);
	data_free(&d);
	return tap_done();
}
