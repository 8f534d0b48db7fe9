// SPDX-License-Identifier: GPL-2.0-only
/* Where packets are among the arguments, and which functions are noise. */
#include "../../../loader/btf/args.h"
#include "../../../loader/plan/noise.h"
#include "btf_build.h"
#include "capture.h"

static struct btf_build b;
static struct btf *btf;
static uint32_t u32_id, skb, skb_pp, cskb_pp, void_ptr, reason, callback;
static uint32_t small, two, large, empty, real;

static void build_types(void)
{
	uint32_t skb_id, const_skb;

	u32_id = build_int(&b, "u32", 4);
	skb_id = build_type(&b, KIND_STRUCT, "sk_buff", 0, 200, 0);
	const_skb = build_type(&b, KIND_CONST, "", 0, skb_id, 0);
	skb = build_ptr(&b, skb_id);
	skb_pp = build_ptr(&b, skb);
	cskb_pp = build_ptr(&b, build_type(&b, KIND_CONST, "", 0,
					   build_ptr(&b, const_skb), 0));
	void_ptr = build_ptr(&b, 0);
	reason = build_type(&b, KIND_ENUM, "skb_drop_reason", 0, 4, 0);
	callback = build_ptr(&b, build_type(&b, KIND_STRUCT,
					    "netlink_callback", 0, 80, 0));
	small = build_type(&b, KIND_STRUCT, "small", 0, 8, 0);
	two = build_type(&b, KIND_UNION, "two", 0, 16, 0);
	large = build_type(&b, KIND_STRUCT, "large", 0, 24, 0);
	empty = build_type(&b, KIND_STRUCT, "empty", 0, 0, 0);
	real = build_type(&b, KIND_FLOAT, "double", 0, 8, 0);
}

/* BTF with one prototype, whose id is returned. */
#define PROTO(count, ...) (build_begin(&b, NULL), build_types(), \
			   finish(build_proto(&b, count, ##__VA_ARGS__)))

static uint32_t finish(uint32_t proto)
{
	btf_free(btf);
	build_end(&b);
	if (btf_parse("x", b.bytes, b.size, NULL, &btf))
		abort();
	return proto;
}

/* "2 *3 r4 l1": registers of packets, reason and location. */
static void is_args(uint32_t proto, enum convention convention,
		    const char *want, const char *what)
{
	char got[128] = "";
	struct args args;
	size_t at = 0;
	int i, count = args_find(btf, proto, convention, &args);

	for (i = 0; i < count; i++)
		at += sprintf(got + at, "%s%s%d", i ? " " : "",
			      args.packets[i].deref ? "*" : "",
			      args.packets[i].reg);
	if (args.reason)
		at += sprintf(got + at, " r%d", args.reason);
	if (args.location)
		sprintf(got + at, " l%d", args.location);
	is_str(got, want, what);
}

static void test_kinds(void)
{
	uint32_t proto = PROTO(4, u32_id, skb, reason, void_ptr);

	is_args(proto, CALL_X86_64, "2 r3 l4", "packet, reason, void *");
	is_args(proto, CALL_TRACEPOINT, "1 r2 l3", "... of a tracepoint");
	is_args(PROTO(2, skb_pp, cskb_pp), CALL_X86_64, "*1 *2",
		"struct sk_buff **, const inside");
	is_args(PROTO(3, skb, u32_id, skb), CALL_ARM64, "1 3", "two packets");
	is_args(PROTO(2, u32_id, void_ptr), CALL_X86_64, "",
		"nothing of a function that takes no packet");
	is_args(PROTO(0), CALL_X86_64, "", "no arguments");
	is_args(u32_id, CALL_X86_64, "", "no prototype");
}

static void test_registers(void)
{
	uint32_t proto = PROTO(9, u32_id, u32_id, u32_id, u32_id, u32_id, skb,
			       skb, skb, skb);

	is_args(proto, CALL_X86_64, "6", "x86-64 has six registers");
	is_args(proto, CALL_ARM64, "6 7 8", "arm64 has eight");
	is_args(PROTO(2, small, skb), CALL_X86_64, "2",
		"8 bytes take a register");
	proto = PROTO(2, two, skb);
	is_args(proto, CALL_X86_64, "3", "16 bytes take two");
	is_args(proto, CALL_ARM64, "3", "... also on arm64");
	proto = PROTO(2, large, skb);
	is_args(proto, CALL_X86_64, "1", "24 bytes go on the stack");
	is_args(proto, CALL_ARM64, "2", "... on arm64 a register points there");
	is_args(PROTO(2, empty, skb), CALL_X86_64, "1", "nothing takes none");
	is_args(PROTO(2, real, skb), CALL_X86_64, "1", "nor does a float");
}

static void test_last_register(void)
{
	uint32_t proto =
		PROTO(7, u32_id, u32_id, u32_id, u32_id, u32_id, two, skb);

	is_args(proto, CALL_X86_64, "6", "x86-64: what is left is used");
	proto = PROTO(9, u32_id, u32_id, u32_id, u32_id, u32_id, u32_id,
		      u32_id, two, skb);
	is_args(proto, CALL_ARM64, "", "arm64: what is left is not used");
}

static void test_at(void)
{
	uint32_t proto = PROTO(3, two, skb, large);
	int reg;

	is_int(args_at(btf, proto, CALL_X86_64, 2, &reg), ARG_SKB,
	       "the second argument");
	is_int(reg, 3, "... is in the third register");
	is_int(args_at(btf, proto, CALL_X86_64, 3, &reg), ARG_OTHER,
	       "the third argument");
	is_int(reg, 0, "... is in none");
	is_int(args_at(btf, proto, CALL_X86_64, 4, &reg), ARG_NONE,
	       "there is no fourth");
}

/* A prototype (skb, second) with that result. */
static void is_noise(const char *name, uint32_t result, int dumps,
		     enum noise want)
{
	uint32_t proto;

	build_begin(&b, NULL);
	build_types();
	proto = build_type(&b, KIND_FUNC_PROTO, "", 2, result, 4, 0u, skb, 0u,
			   dumps ? callback : u32_id);
	finish(proto);
	is_str(noise_text(noise_of(name, btf, proto)), noise_text(want), name);
}

static void test_noise(void)
{
	is_noise("ip_rcv", 1, 0, NOISE_NONE);
	is_noise("__bpf_trace_kfree_skb", 0, 0, NOISE_TRACEPOINT);
	is_noise("__traceiter_kfree_skb", 1, 0, NOISE_TRACEPOINT);
	is_noise("bpf_lsm_socket_sock_rcv_skb", 1, 0, NOISE_BPF);
	is_noise("bpf_xmit", 1, 0, NOISE_NONE);
	is_noise("nla_put", 1, 0, NOISE_NETLINK);
	is_noise("__nlmsg_put", 1, 0, NOISE_NETLINK);
	is_noise("netlink_unicast", 1, 0, NOISE_NETLINK);
	is_noise("inet_fill_ifaddr", 1, 0, NOISE_NETLINK);
	is_noise("fq_dump", 1, 0, NOISE_NETLINK);
	is_noise("neigh_table_lookup", 1, 1, NOISE_NETLINK);
	is_noise("tcp_v4_fill_cb", 0, 0, NOISE_NONE);
	is_noise("skb_dump", 0, 0, NOISE_NONE);
	is_noise("dev_fill_metadata_dst", 1, 0, NOISE_NONE);
	is_noise("nf_hook_slow", 1, 0, NOISE_NONE);
	is_noise("tcf_classify", 1, 0, NOISE_NONE);
	is_noise("dnlat_refill", 1, 0, NOISE_NONE);
	is_noise("", 1, 0, NOISE_NONE);
}

int main(void)
{
	tap_plan(41);
	test_kinds();
	test_registers();
	test_last_register();
	test_at();
	test_noise();
	btf_free(btf);
	return tap_done();
}
