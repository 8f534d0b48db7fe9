// SPDX-License-Identifier: GPL-2.0-only
/* Copy sites: which functions tell that a packet is made of another one. */
#include <errno.h>
#include <stdlib.h>

#include "../../../bpf/bpfpath.h"
#include "../../../loader/plan/copy_sites.h"
#include "../tap.h"

static struct plan plan, copy_sites;

static void add(struct plan *to, uint32_t num, const char *symbol, int arg,
		int deref, enum how how)
{
	struct probe probe = { .num = num, .arg = arg, .deref = deref,
			       .how = how, .addr = 64 };

	strcpy(probe.symbol, symbol);
	strcpy(probe.name, symbol);
	plan_add(to, &probe);
}

static void begin(void)
{
	free(plan.probes);
	free(copy_sites.probes);
	memset(&plan, 0, sizeof(plan));
	memset(&copy_sites, 0, sizeof(copy_sites));
}

static void test_add(void)
{
	begin();
	add(&plan, 9, "ip_rcv", 1, 0, HOW_FENTRY);
	add(&copy_sites, 3, "skb_copy_header", 1, 0, HOW_FENTRY);
	add(&copy_sites, 3, "skb_copy_header", 2, 0, HOW_FENTRY);
	add(&copy_sites, 5, "gone", 0, 0, HOW_SKIP);
	add(&copy_sites, 6, "ip_copy_metadata", 1, 0, HOW_FENTRY);
	add(&copy_sites, 6, "ip_copy_metadata", 2, 0, HOW_FENTRY);
	is_int(copy_sites_add(&plan, &copy_sites), 2, "two copy sites join a plan");
	is_int(plan.count, 3, "... with one probe each");
	is_str(plan.probes[2].name, "ip_copy_metadata", "... at its end");
	is_int(plan.probes[2].num, 11, "... with the next number");
	is_int(plan.probes[2].arg, 1, "... what it makes");
	is_int(plan.probes[2].copy_site.old_arg, 2, "... and of what");
	is_int(plan.probes[0].role, PROBE_STEP, "others are no copy sites");
}

static void test_second(void)
{
	begin();
	add(&copy_sites, 1, "skb_split", 2, 0, HOW_KPROBE);
	add(&copy_sites, 2, "skb_morph", 1, 0, HOW_KPROBE);
	add(&copy_sites, 2, "skb_morph", 2, 0, HOW_KPROBE);
	is_int(copy_sites_add(&plan, &copy_sites), 2, "what it makes comes second");
	is_int(plan.probes[0].arg, 2, "... that is the packet");
	is_int(plan.probes[0].copy_site.old_arg, 1, "... made of the first");
	is_int(plan.probes[1].copy_site.old_arg, 2, "... others as ever");
}

static void test_fresh(void)
{
	begin();
	add(&copy_sites, 1, "skb_copy_header", 1, 0, HOW_KPROBE);
	copy_sites.probes[0].step.verdict = 1;
	add(&copy_sites, 2, "skb_morph", 1, 0, HOW_KPROBE);
	add(&copy_sites, 2, "skb_morph", 2, 0, HOW_KPROBE);
	is_int(copy_sites_add(&plan, &copy_sites), 2, "a line with FIN");
	is_int(plan.probes[0].copy_site.old_arg, 2, "... of the second");
	is_int(plan.probes[0].copy_site.is_fresh, 1, "... and says that it is fresh");
	is_int(plan.probes[1].arg, 1, "... and the next line as ever");
}

static void test_follow(void)
{
	int errors[3] = {0};

	begin();
	add(&copy_sites, 1, "__kfree_skb", 1, 0, HOW_KPROBE);
	add(&copy_sites, 2, "skb_split", 2, 0, HOW_KPROBE);
	copy_sites.probes[1].role = PROBE_COPY_SITE;
	is_int(copy_sites_follow(&copy_sites, errors), 1, "births and ends are seen");
	errors[0] = -ENOENT;
	is_int(copy_sites_follow(&copy_sites, errors), 0, "... births alone");
	errors[0] = 0;
	errors[1] = -ENOENT;
	is_int(copy_sites_follow(&copy_sites, errors), 0, "... ends alone");
}

static void test_other(void)
{
	begin();
	add(&copy_sites, 1, "takes_one", 1, 0, HOW_KPROBE);
	add(&copy_sites, 2, "takes_the_third", 3, 0, HOW_KPROBE);
	add(&copy_sites, 3, "takes_pointers", 1, 1, HOW_KPROBE);
	add(&copy_sites, 3, "takes_pointers", 2, 1, HOW_KPROBE);
	add(&copy_sites, 4, "takes_two", 3, 0, HOW_KPROBE);
	add(&copy_sites, 4, "takes_two", 4, 0, HOW_KPROBE);
	add(&copy_sites, 5, "is_the_last", 1, 0, HOW_KPROBE);
	is_int(copy_sites_add(&plan, &copy_sites), 0, "functions of another form");
	is_int(plan.count, 0, "... do not join it");
}

int main(void)
{
	tap_plan(20);
	test_add();
	test_other();
	test_second();
	test_fresh();
	test_follow();
	return tap_done();
}
