// SPDX-License-Identifier: GPL-2.0-only
/*
 * rule ENTER LEAVE EXPR
 *
 * Which rule of nftables decides (rule_nft.h), on a table that is made by hand, as
 * include/net/netfilter/nf_tables.h has it since 5.17: a base chain "input", whose
 * policy is to drop, and a chain "more" with three rules. ENTER and LEAVE are
 * bpf/rule_fentry.c and rule_fexit.c on nft_do_chain(), EXPR the latter on an
 * expression. Prints TAP.
 */
#include <err.h>
#include <linux/netfilter.h>

#include "../../loader/kernel/sys.h"
#include "../unit/tap.h"
#include "fake.h"
#include "run.h"

#define MAPS		"maps"
#define NUM		51		/* of the function */
#define HANDLE		0x2abcdef0123ULL	/* of the third rule: 42 bits */
#define TEXT		3072		/* where a page has a name */
#define FAMILY		5		/* NFPROTO_NETDEV */
#define NFT_JUMP	(-3)

/* Bits of the header of a rule: is it the last one, bytes of it, handle. */
#define RULE(len, handle)	((uint64_t)(len) << 1 | (uint64_t)(handle) << 13)
#define LAST_RULE		1

#define PKT	(FAKE_OWN + 0)		/* struct nft_pktinfo, … */
#define STATE	(FAKE_OWN + 1)		/* … its nf_hook_state */
#define TABLE	(FAKE_OWN + 2)
#define INPUT	(FAKE_OWN + 3)		/* nft_base_chain */
#define MORE	(FAKE_OWN + 4)		/* nft_chain, … */
#define BLOB	(FAKE_OWN + 5)		/* … its rules, as packets meet them, … */
#define SECOND	(FAKE_OWN + 6)		/* … and nft_rule, the second one itself */

static int enter, leave, expr, skbs;

static uint64_t name(enum fake page, const char *text)
{
	strcpy((char *)fake_bytes(page) + TEXT, text);
	return fake_addr(page) + TEXT;
}

/* The chain in a base chain. */
static uint64_t input_chain(void)
{
	return fake_member(INPUT, "nft_base_chain", "chain");
}

static uint64_t input_member(const char *member)
{
	return fake_member(INPUT, "nft_chain", member) + input_chain() -
	       fake_addr(INPUT);
}

static void put(uint64_t addr, uint64_t value)
{
	memcpy((uint8_t *)fake_bytes(0) + (addr - fake_addr(0)), &value,
	       sizeof(value));
}

/* The table's chains are a list: of the base chain and the other one. */
static void make_chains(void)
{
	uint64_t head = fake_member(TABLE, "nft_table", "chains");

	put(head, input_member("list"));
	put(input_member("list"), fake_member(MORE, "nft_chain", "list"));
	put(fake_member(MORE, "nft_chain", "list"), head);
	put(input_member("table"), fake_addr(TABLE));
	put(input_member("name"), name(INPUT, "input"));
	fake_set(INPUT, "nft_base_chain", "policy", 1, NF_DROP);
	fake_set(MORE, "nft_chain", "table", 8, fake_addr(TABLE));
	fake_set(MORE, "nft_chain", "name", 8, name(MORE, "more"));
	fake_set(MORE, "nft_chain", "blob_gen_1", 8, fake_addr(BLOB));
	fake_set(TABLE, "nft_table", "name", 8, name(TABLE, "t"));
	fake_set_bits(TABLE, "nft_table", "family", FAMILY);
}

/* The chain's list of rules: one, with nft(8)'s data behind its expressions. */
static void make_list(void)
{
	static const char userdata[] = "\6\0\5hush"; /* its bytes less one */
	uint64_t head = fake_member(MORE, "nft_chain", "rules");
	uint64_t list = fake_member(SECOND, "nft_rule", "list");
	uint64_t data = fake_member(SECOND, "nft_rule", "data");

	put(head, list);
	put(list, head);
	fake_set_bits(SECOND, "nft_rule", "handle", 7);
	fake_set_bits(SECOND, "nft_rule", "dlen", 24);
	fake_set_bits(SECOND, "nft_rule", "udata", 1);
	memcpy((uint8_t *)fake_bytes(SECOND) + (data - fake_addr(SECOND)) + 24,
	       userdata, sizeof(userdata));
}

/* Rules of 16, 24 and 8 bytes, each behind its header. */
static void make_rules(void)
{
	const uint64_t rules[] = {
		RULE(16, 5),	 0, 0,	       RULE(24, 7), 0, 0, 0,
		RULE(8, HANDLE), 0, LAST_RULE,
	};

	fake_set(BLOB, "nft_rule_blob", "size", 8, sizeof(rules));
	memcpy((uint8_t *)fake_bytes(BLOB) + 8, rules, sizeof(rules));
}

static void begin(void)
{
	const struct packet packet = { .number = 6, .member = 1 };
	uint64_t skb = fake_addr(FAKE_SKB);

	fake_reset();
	fake_set(PKT, "nft_pktinfo", "skb", 8, skb);
	fake_set(PKT, "nft_pktinfo", "state", 8, fake_addr(STATE));
	fake_set(STATE, "nf_hook_state", "hook", 1, NF_INET_FORWARD);
	fake_set(STATE, "nf_hook_state", "pf", 1, NFPROTO_IPV6);
	make_chains();
	make_list();
	make_rules();
	if (sys_map_update(skbs, &skb, &packet))
		errx(1, "a packet cannot be tracked");
	run_state(MAPS)->tracked = 1;
}

static void run_chain(int prog, uint32_t verdict)
{
	const uint64_t args[3] = { fake_addr(PKT), input_chain(), verdict };

	run_context(prog, args, sizeof(args));
}

/* The expression at that word of the rules is over, with that verdict. */
static void run_expr(int word, uint32_t verdict)
{
	const uint64_t args[3] = { fake_addr(BLOB) + 8 + 8 * word,
				fake_addr(FAKE_STACK), fake_addr(PKT) };

	memcpy(fake_bytes(FAKE_STACK), &verdict, sizeof(verdict));
	run_context(expr, args, sizeof(args));
}

static void is_rule(int kind, const char *chain, uint32_t number,
		    uint64_t handle, const char *what)
{
	int comment = handle == 7;	/* only the second rule has one */
	const struct rule_event *rule = (const void *)run_next(MAPS);
	char got[160], want[160];

	is_int(rule->event.func, NUM | FUNC_RULE, what);
	snprintf(got, sizeof(got), "%d %s %s %d, number %u, handle %llx",
		 rule->kind, rule->table, rule->chain, rule->family,
		 rule->number, (unsigned long long)rule->handle);
	snprintf(want, sizeof(want), "%d t %s %d, number %u, handle %llx",
		 kind, chain, FAMILY, number, (unsigned long long)handle);
	is_str(got, want, "... which");
	is_int(rule->hook, NF_INET_FORWARD, "... at which hook");
	is_int(rule->pf, NFPROTO_IPV6, "... of which protocol");
	is_int(rule->event.packet << 8 | rule->event.member, 0x601, "... for which packet");
	is_int(rule->tables, 0, "... not of iptables");
	is_int(rule->userdata, comment ? 7 : 0, "... how much it is commented");
	ok(!memcmp(rule->comment, comment ? "\0\5hush" : "", comment ? 7 : 1),
	   "... the comment");
}

static void test_policy(void)
{
	begin();
	run_chain(enter, 0);
	is_rule(RULE_POLICY, "input", 0, 0, "a policy to drop");
	run_chain(leave, NF_DROP);
	ok(!run_event(MAPS), "... decides");
	run_chain(leave, NF_ACCEPT);
	is_rule(RULE_ACCEPT, "input", 0, 0, "... or does not");
	fake_set(INPUT, "nft_base_chain", "policy", 1, NF_ACCEPT);
	run_chain(enter, 0);
	run_chain(leave, NF_ACCEPT);
	ok(!run_event(MAPS), "a policy to accept");
}

static void test_expr(void)
{
	begin();
	fake_set(INPUT, "nft_base_chain", "policy", 1, NF_ACCEPT);
	run_chain(enter, 0);
	run_expr(1, NF_DROP);
	is_rule(RULE_DROP, "more", 1, 5, "the first rule");
	run_expr(4, NF_DROP);
	is_rule(RULE_DROP, "more", 2, 7, "the second one");
	run_expr(6, NF_DROP);
	is_rule(RULE_DROP, "more", 2, 7, "its last expression");
	run_expr(8, NF_DROP | 13 << 16);
	is_rule(RULE_DROP, "more", 3, HANDLE, "the third one, with an error");
	run_expr(4, NF_ACCEPT);
	run_expr(4, NFT_JUMP);
	ok(!run_event(MAPS), "other verdicts");
	run_expr(100, NF_DROP);
	ok(!run_event(MAPS), "an expression of no rule");
}

int main(int argc, char **argv)
{
	if (argc < 4)
		errx(2, "usage: rule ENTER LEAVE EXPR [LOADED...]");
	tap_plan(2 * 8 + 2 + 4 * 8 + 2 + argc - 4);
	enter = run_load_call(MAPS, argv[1], NUM, 0);
	leave = run_load_call(MAPS, argv[2], NUM, 0);
	expr = run_load_call(MAPS, argv[3], NUM, 0);
	skbs = run_map(MAPS, "skb_map");
	test_policy();
	test_expr();
	for (int i = 4; i < argc; i++)
		ok(run_load_call(MAPS, argv[i], NUM, 0) >= 0,
		   "iptables: the verifier takes the program");
	return tap_done();
}
