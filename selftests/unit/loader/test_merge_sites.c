// SPDX-License-Identifier: GPL-2.0-only
/* Merge sites: probed where they return; the result is behind their arguments. */
#include <stdlib.h>

#include "../../../loader/plan/merge_sites.h"
#include "../tap.h"
#include "btf_build.h"

static struct btf_build b;
static struct btf *btf;
static struct plan plan, merge_sites;

static void add(const char *name, enum how how, int arg)
{
	struct probe probe = { .num = merge_sites.count + 1, .how = how,
			       .arg = arg };

	strcpy(probe.name, name);
	probe.btf_id = btf_find(btf, name, KIND_FUNC);
	plan_add(&merge_sites, &probe);
}

static void build(void)
{
	uint32_t number, skb;

	build_begin(&b, NULL);
	number = build_int(&b, "u32", 4);
	skb = build_ptr(&b, build_type(&b, KIND_STRUCT, "sk_buff", 0, 200, 0));
	build_func(&b, "joins_two", build_proto(&b, 2, skb, skb));
	build_func(&b, "has_more",
		   build_proto(&b, 4, skb, skb, number, number));
	build_func(&b, "takes_one", build_proto(&b, 2, skb, number));
	build_end(&b);
	btf_parse("built", b.bytes, b.size, NULL, &btf);
}

int main(void)
{
	tap_plan(8);
	build();
	add("joins_two", HOW_FENTRY, 1);
	add("joins_two", HOW_FENTRY, 2);
	add("has_more", HOW_FENTRY, 1);
	add("takes_one", HOW_FENTRY, 1);
	add("has_more", HOW_SKIP, 1);
	is_int(merge_sites_add(&plan, &merge_sites, btf), 2, "two join packets");
	is_int(plan.count, 2, "... with one probe each");
	is_int(plan.probes[0].how, HOW_FEXIT, "... where they return");
	is_int(plan.probes[0].arg, 1, "... into the first");
	is_int(plan.probes[0].merge_site.other_arg, 2, "... what the second holds");
	is_int(plan.probes[0].merge_site.result_arg, 3, "the result behind two");
	is_int(plan.probes[1].merge_site.result_arg, 5, "... and behind four");
	is_int(plan.probes[1].num, 2, "the next number");
	btf_free(btf);
	free(plan.probes);
	free(merge_sites.probes);
	return tap_done();
}
