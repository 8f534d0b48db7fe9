// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as records of the ring buffer, which the tracker gets and makes lines
 * of: each has all columns, and nothing in it that would end it early. What the
 * programs in the kernel cannot have written is put right before.
 */
#include "../../../loader/trace/read_ring.c"	/* its struct ring is its own */
#include "../../../loader/trace/tracker.h"
#include "../../../loader/syms/ksyms.h"
#include "../fuzz.h"

#define SIZE	8192	/* bytes of the ring, a power of two */
#define COLUMNS	43
#define DERIVED	20	/* more relatives would only take time */
#define BYTES	64	/* of a packet that come with an event */

static struct probe probes[] = {
	{ .num = 1, .name = "ip_rcv" },
	{ .num = 2, .name = "consume_skb", .step.verdict = VERDICT_CONSUMED },
	{ .num = 3, .name = "kfree_skb", .step.verdict = VERDICT_DROPPED },
	{ .num = 4, .name = "ip_fraglist_prepare", .module = "a" },
	{ .num = 5, .name = "ovs_do_execute_action", .step.role = ROLE_OVS_ACTION },
	{ .num = 6, .name = "ovs_dp_upcall", .step.role = ROLE_OVS_UPCALL },
};
static const struct plan plan = { probes, 6 };
static uint64_t now;

static int forget(void *ctx, uint32_t number, uint32_t member, uint64_t skb,
		  uint32_t *steps)
{
	(void)ctx;
	(void)number;
	(void)skb;
	*steps = 9;
	return member % 2 ? 0 : -ENOENT;
}

static int family(void *ctx, uint32_t number, struct family_counts *to)
{
	(void)ctx;
	*to = (struct family_counts){ .derived = 3, .lost = number % 2 };
	return number % 3 ? 0 : -ENOENT;
}

static void disband(void *ctx, uint32_t number)
{
	(void)ctx;
	(void)number;
}

static int missed(void *ctx, uint64_t ns, uint64_t *total)
{
	(void)ctx;
	*total = ns;
	return ns % 2 ? 0 : -ENOENT;
}

static const struct tracker_ops ops = { forget, family, disband, missed, missed,
					NULL };

/* Symbols with addresses that bytes may hit, as of functions, modules and programs. */
static struct kernel_names *own_names(void)
{
	static const char text[] = "0000000000000100 T ip_rcv\n"
				   "0000000000010000 T bpf_trace_run3\n"
				   "0000000001000000 t bpf_prog_1\t[bpf]\n"
				   "ffffffff00000000 t nft_do_chain\t[nf_tables]\n";
	static struct kernel_names names = { .tried_btfs = 1 };

	if (!names.tried_syms++)
		fuzz_check(!ksyms_parse("symbols", text, strlen(text), &names.syms));
	return &names;
}

/* As it lies in the ring, with what may be behind it. */
static void take(void *ctx, const struct event *event)
{
	struct {
		struct rule_event rule;
		uint8_t more[BYTES + sizeof(struct kernel_stack)];
	} copy;
	struct event *own = &copy.rule.event;

	memcpy(&copy, event, sizeof(copy));
	own->packet %= 8;
	own->member %= DERIVED;
	own->flow.version %= 8;
	if (own->derived != NO_COUNT)
		own->derived %= DERIVED;
	now += own->cpu % 4 << 30;
	tracker_event(ctx, own, now);
	if (own->len % 8 == 7)
		tracker_expire(ctx, now);
	if (own->len % 64 == 6)
		tracker_over(ctx, own->packet);
}

static void read_all(const uint8_t *data, size_t size, struct tracker *tracker)
{
	/* twice in a row, as it is mapped, and what an event may read beyond */
	static char bytes[2 * SIZE + 2048];
	unsigned long at = 0, end = size < SIZE ? size / 8 * 8 : SIZE;
	struct ring ring = { &at, &end, bytes, SIZE, 0 };
	struct reader reader = { .event = take, .ctx = tracker, .own = &ring };

	memset(bytes, 0, sizeof(bytes));
	memcpy(bytes, data, end);
	memcpy(bytes + SIZE, data, end);
	fuzz_check(!ring_read(&reader));
}

static void check_lines(const char *line)
{
	const char *end, *tab;
	int columns;

	for (; *line; line = end + 1) {
		end = strchr(line, '\n');
		fuzz_check(end != NULL);
		for (columns = 1, tab = line;
		     (tab = memchr(tab, '\t', end - tab)); tab++)
			columns++;
		fuzz_check(columns == COLUMNS);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text;
	size_t length;
	FILE *out = open_memstream(&text, &length);
	struct tracker *tracker = tracker_new(&plan, out, &ops, NULL);

	now = 0;
	tracker_expect_bytes(tracker, size % 2 ? BYTES : 0);
	tracker_expect_stacks(tracker, size / 4 % 3, STACK_FRAMES);
	tracker_name_by(tracker, own_names());
	if (size % 4 > 1)
		tracker_returns(tracker, 1);
	read_all(data, size, tracker);
	tracker_finish(tracker);
	fuzz_check(!tracker_live(tracker));
	tracker_free(tracker);
	fclose(out);
	fuzz_check(length == strlen(text));
	check_lines(text);
	free(text);
	return 0;
}
