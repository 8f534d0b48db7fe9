// SPDX-License-Identifier: GPL-2.0-only
/* What is said of probes that the kernel refuses, by a kernel of a few lines. */
#include <err.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <stdarg.h>
#include <sys/syscall.h>

#include "../../../bpf/bpfpath.h"
#include "../../../loader/attach/attach.h"
#include "../../../loader/attach/attached.h"
#include "../../../loader/kernel/map.h"
#include "capture.h"
#include "compile.h"

#define NOTHING	2	/* instructions of a program that does nothing */
#define MOST	8

/* What the kernel says to the probe of that BTF id, from 1; 0: it takes it. */
static struct answer {
	int load;		/* our program … */
	int load_nothing;	/* … and one that does nothing */
	int attach;
} answers[MOST + 1];

static struct plan plan;
static char path[] = "/tmp/bpfpath-test.XXXXXX";

static long give(int error)
{
	if (!error)
		return open("/dev/null", O_RDONLY | O_CLOEXEC);
	errno = error;
	return -1;
}

/* A program's descriptor leads to its answer: by the file's offset. */
static long load_program(const union bpf_attr *attr)
{
	const struct answer *answer = &answers[attr->attach_btf_id];
	long fd = give(attr->insn_cnt == NOTHING ? answer->load_nothing :
						   answer->load);

	if (fd >= 0) {
		close((int)fd);
		fd = open(path, O_RDONLY | O_CLOEXEC);
		lseek((int)fd, attr->attach_btf_id, SEEK_SET);
	}
	return fd;
}

/* Instead of the C library's: bpf(2). */
long syscall(long number, ...)
{
	const union bpf_attr *attr;
	va_list args;
	int command;

	va_start(args, number);
	command = va_arg(args, int);
	attr = va_arg(args, const union bpf_attr *);
	va_end(args);
	if (command == BPF_PROG_LOAD)
		return load_program(attr);
	if (command == BPF_RAW_TRACEPOINT_OPEN)
		return give(answers[lseek((int)attr->raw_tracepoint.prog_fd, 0,
					  SEEK_CUR)].attach);
	errno = ENOSYS;
	return -1;
}

static void begin(void)
{
	free(plan.probes);
	memset(&plan, 0, sizeof(plan));
	memset(answers, 0, sizeof(answers));
}

static void add(const char *name, struct probe probe, struct answer answer)
{
	strcpy(probe.name, name);
	probe.num = probe.btf_id = plan.count + 1;
	probe.object = path;
	answers[probe.btf_id] = answer;
	plan_add(&plan, &probe);
}

static void rule(const char *name, int role, enum how how,
		 struct answer answer)
{
	const struct probe probe = { .role = PROBE_RULE, .how = how,
				     .rule = { .role = role } };

	add(name, probe, answer);
}

/* Attaches all; what is said is @want. */
static void is_said(const char *want, const char *what)
{
	struct consts consts = {};
	const struct binding binding = { .dir = "/nonexistent",
					 .consts = &consts };
	struct attached attached;

	capture_begin();
	if (attach_plan(&plan, &binding, &attached)) {
		warnx("nothing is attached");
	} else {
		attached_refusals(&attached);
		attached_undo(&attached);
	}
	is_str(capture_end(), want, what);
}

static void test_load(void)
{
	begin();
	rule("nft_do_chain", ROLE_NFT_CHAIN, HOW_RULE_FENTRY, (struct answer){});
	rule("nft_do_chain", ROLE_NFT_CHAIN, HOW_RULE_FEXIT, (struct answer){});
	is_said("", "nothing is refused, nothing is said");
	answers[2].load = E2BIG;
	is_said("bpfpath: rules of nftables are not named: the kernel refuses rule_fexit at nft_do_chain: Argument list too long",
		"a program that is too much for the verifier");
	answers[2].load = EINVAL;
	is_said("bpfpath: rules of nftables are not named: the kernel refuses rule_fexit at nft_do_chain: Invalid argument",
		"a program that it does not like");
	answers[2].load_nothing = EINVAL;
	is_said("", "a function that takes no program at all");
	answers[2].load = answers[2].load_nothing = ENOENT;
	is_said("", "a function that has gone");
	answers[2].load = answers[2].load_nothing = EPERM;
	is_said("bpfpath: rules of nftables are not named: the kernel refuses rule_fexit at nft_do_chain: Operation not permitted",
		"what is not permitted");
}

static void test_attach(void)
{
	begin();
	rule("ipt_do_table", ROLE_XT, HOW_RULE_FENTRY,
	     (struct answer){ .attach = EBUSY });
	is_said("", "a function that is not to be probed");
	answers[1].attach = 524;
	is_said("", "a kernel that has no such probes");
	answers[1].attach = E2BIG;
	is_said("bpfpath: rules of iptables are not named: the kernel refuses rule_fentry at ipt_do_table: Argument list too long",
		"a function that has too many programs");
	answers[1].attach = EPERM;
	is_said("bpfpath: rules of iptables are not named: the kernel refuses rule_fentry at ipt_do_table: Operation not permitted",
		"... or must not be given ours");
}

/* One line for each, whatever probe is the first. */
static void test_kinds(void)
{
	const struct answer big = { .load = E2BIG };

	begin();
	add("skb_try_coalesce",
	    (struct probe){ .role = PROBE_MERGE_SITE, .how = HOW_FEXIT }, big);
	rule("nft_do_chain", ROLE_NFT_CHAIN, HOW_RULE_FENTRY, (struct answer){});
	rule("nft_lookup_eval", ROLE_NFT_EXPR, HOW_RULE_FEXIT, big);
	rule("nft_immediate_eval", ROLE_NFT_EXPR, HOW_RULE_FEXIT, big);
	rule("ip6t_do_table", ROLE_XT_TABLE_LAST, HOW_RULE_FEXIT, big);
	rule("arp_process", ROLE_QUESTION_THIRD, HOW_RULE_FENTRY, big);
	rule("neigh_lookup", ROLE_WITNESS, HOW_RULE_FENTRY, big);
	is_said("bpfpath: what is merged into a packet (GRO, TCP, fragments) is not followed: the kernel refuses fexit at skb_try_coalesce: Argument list too long\n"
		"bpfpath: rules of nftables are not named: the kernel refuses rule_fexit at nft_lookup_eval: Argument list too long\n"
		"bpfpath: rules of iptables are not named: the kernel refuses rule_fexit at ip6t_do_table: Argument list too long\n"
		"bpfpath: why ARP or neighbour discovery does not answer is not told: the kernel refuses rule_fentry at arp_process: Argument list too long",
		"each kind once");
}

/* Steps are counted, but not what only some of them do. */
static void test_steps(void)
{
	struct probe step = { .how = HOW_FENTRY, .arg = 1 };

	begin();
	add("ip_rcv", step, (struct answer){ .load = EACCES });
	is_said("", "a step is missing");
	step.step.stage = 2;
	add("ip_output", step, (struct answer){ .load = E2BIG });
	add("skb_copy_header",
	    (struct probe){ .role = PROBE_COPY_SITE, .how = HOW_FENTRY },
	    (struct answer){ .load = E2BIG });
	is_said("bpfpath: packets are not selected where they are made: the kernel refuses fentry at ip_output: Argument list too long\n"
		"bpfpath: what is made of a packet (clones, segments, fragments) is not followed: the kernel refuses fentry at skb_copy_header: Argument list too long",
		"... one that selects, one that sees copies");
}

static void write_object(void)
{
	size_t size;
	char *bytes = compile("", HEAD LICENSE
		"SEC(\"fentry/x\") int probe(u64 *args)\n"
		"{ return args[0] + args[1] + args[2]; }\n", &size);
	int fd = mkstemp(path);

	if (fd < 0 || write(fd, bytes, size) != (ssize_t)size) {
		puts("Bail out! no object can be written");
		exit(1);
	}
	close(fd);
	free(bytes);
}

int main(void)
{
	tap_plan(13);
	write_object();
	test_load();
	test_attach();
	test_kinds();
	test_steps();
	free(plan.probes);
	unlink(path);
	return tap_done();
}
