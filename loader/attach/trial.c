// SPDX-License-Identifier: GPL-2.0-only
#include "trial.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "attach.h"
#include "../btf/btfs.h"
#include "../plan/receive.h"
#include "../plan/returns.h"
#include "../kernel/sys.h"
#include "../syms/ksyms.h"

#define MOV_IMM(reg, value) \
	{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = reg, .imm = value }
#define MOV_REG(to, from) \
	{ .code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = to, .src_reg = from }
#define ADD_IMM(reg, value) \
	{ .code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = reg, .imm = value }
#define STORE_ZERO(base, at) \
	{ .code = BPF_ST | BPF_MEM | BPF_DW, .dst_reg = base, .off = at }
/* BPF_ATOMIC | BPF_FETCH, which older headers do not name. */
#define FETCH_ADD(base, at, reg) \
	{ .code = BPF_STX | 0xc0 | BPF_DW, .dst_reg = base, .src_reg = reg, \
	  .off = at, .imm = BPF_ADD | 0x01 }
#define CALL(helper) { .code = BPF_JMP | BPF_CALL, .imm = helper }
#define EXIT() { .code = BPF_JMP | BPF_EXIT }

/* A function that all kernels have, and that is not inlined. */
#define TRIAL_FUNCTION	"__kfree_skb"

const struct btf *trial_vmlinux;

static const struct bpf_insn return_0[] = { MOV_IMM(BPF_REG_0, 0), EXIT() };

static int trial_load(enum bpf_prog_type type, const struct bpf_insn *insns,
		      uint32_t count)
{
	const struct prog_attr attr = {
		.type = type,
		.name = "trial",
		.insns = insns,
		.insn_count = count,
		.license = "GPL",
	};

	return sys_prog_load(&attr);
}

/* A program that does nothing, to be attached in that way. */
static int trial_load_for(enum bpf_prog_type type, uint32_t attach_type,
			  uint32_t btf_id)
{
	const struct prog_attr attr = {
		.type = type,
		.attach_type = attach_type,
		.btf_id = btf_id,
		.name = "trial",
		.insns = return_0,
		.insn_count = 2,
		.license = "GPL",
	};

	return sys_prog_load(&attr);
}

static int done(int fd)
{
	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

int trial_atomic_fetch(void)
{
	const struct bpf_insn insns[] = {
		STORE_ZERO(BPF_REG_10, -8),
		MOV_IMM(BPF_REG_1, 1),
		FETCH_ADD(BPF_REG_10, -8, BPF_REG_1),
		MOV_IMM(BPF_REG_0, 0),
		EXIT(),
	};

	return done(trial_load(BPF_PROG_TYPE_SCHED_CLS, insns, 5));
}

int trial_printk(void)
{
	const struct bpf_insn insns[] = {
		STORE_ZERO(BPF_REG_10, -8),
		MOV_REG(BPF_REG_1, BPF_REG_10),
		ADD_IMM(BPF_REG_1, -8),
		MOV_IMM(BPF_REG_2, 8),
		CALL(BPF_FUNC_trace_printk),
		MOV_IMM(BPF_REG_0, 0),
		EXIT(),
	};

	return done(trial_load(BPF_PROG_TYPE_RAW_TRACEPOINT, insns, 7));
}

int trial_ringbuf(void)
{
	const struct map_shape shape = {
		.type = BPF_MAP_TYPE_RINGBUF,
		.max_entries = 1 << 16,
	};

	return done(sys_map_create("trial", &shape));
}

int trial_array(void)
{
	const struct map_shape shape = {
		.type = BPF_MAP_TYPE_ARRAY,
		.key_size = 4,
		.value_size = 8,
		.max_entries = 1,
	};

	return done(sys_map_create("trial", &shape));
}

int trial_classifier(void)
{
	return done(trial_load(BPF_PROG_TYPE_SCHED_CLS, return_0, 2));
}

static int trial_attach(enum bpf_prog_type type, const struct attach_ops *ops,
			const struct probe *probe)
{
	int fd, prog_fd = trial_load(type, return_0, 2);

	if (prog_fd < 0)
		return prog_fd;
	fd = ops->attach(prog_fd, &probe, 1);
	close(prog_fd);
	return done(fd);
}

/* Asks for those of lo, which has this index in every namespace. */
int trial_tcx(void)
{
	uint32_t ids[DEVICE_PROGS];
	int ret = sys_device_progs(1, ATTACH_TCX_INGRESS, ids);

	return ret < 0 ? ret : 0;
}

int trial_kprobe(void)
{
	const struct probe probe = { .symbol = TRIAL_FUNCTION, .unique = 1 };

	return trial_attach(BPF_PROG_TYPE_KPROBE, &attach_kprobe, &probe);
}

/*
 * A kernel that has kprobe.multi reads the addresses from where no memory is, and fails
 * there; another fails before. @prog_fd may be -errno.
 */
static int trial_link_multi(int prog_fd, uint32_t attach_type)
{
	const uint64_t *nowhere = (const uint64_t *)1;
	int err;

	if (prog_fd < 0)
		return prog_fd;
	err = sys_link_multi(prog_fd, attach_type, 1, nowhere, NULL, 0);
	close(prog_fd);
	return err == -EFAULT ? 0 : err;
}

int trial_multi(void)
{
	int err = trial_link_multi(trial_load_for(BPF_PROG_TYPE_KPROBE,
						    ATTACH_KPROBE_MULTI, 0),
				     ATTACH_KPROBE_MULTI);

	if (!err && !ksyms_shown(KSYMS_FILE))
		err = -EADDRNOTAVAIL;
	return err;
}

int trial_session(const struct btf *vmlinux)
{
	const struct bpf_insn insns[] = {
		{ .code = BPF_JMP | BPF_CALL, .src_reg = PSEUDO_KFUNC_CALL,
		  .imm = btf_find(vmlinux, SESSION_FUNC, KIND_FUNC) },
		MOV_IMM(BPF_REG_0, 0),
		EXIT(),
	};
	const struct prog_attr attr = {
		.type = BPF_PROG_TYPE_KPROBE,
		.attach_type = ATTACH_KPROBE_SESSION,
		.name = "trial",
		.insns = insns,
		.insn_count = 3,
		.license = "GPL",
	};

	return trial_link_multi(insns[0].imm ? sys_prog_load(&attr) : -ENOENT,
				ATTACH_KPROBE_SESSION);
}

/* The function's number in BTF, or -errno. */
static int trial_function(void)
{
	struct btf *btf;
	int id, err;

	if (trial_vmlinux)
		return btf_find(trial_vmlinux, TRIAL_FUNCTION, KIND_FUNC);
	err = btf_open(BTFS_DIR "/vmlinux", NULL, &btf);
	if (err)
		return err;
	id = btf_find(btf, TRIAL_FUNCTION, KIND_FUNC);
	btf_free(btf);
	return id;
}

int trial_fentry(void)
{
	int prog_fd, err, id = trial_function();

	if (id < 0)
		return id;
	prog_fd = trial_load_for(BPF_PROG_TYPE_TRACING, BPF_TRACE_FENTRY, id);
	if (prog_fd < 0)
		return prog_fd;
	err = done(attach_fentry.attach(prog_fd, NULL, 1));
	close(prog_fd);
	return err;
}

int trial_tracepoint(void)
{
	const struct probe probe = { .symbol = "kfree_skb" };

	return trial_attach(BPF_PROG_TYPE_RAW_TRACEPOINT, &attach_tracepoint,
			    &probe);
}

int trial_receive(void)
{
	const struct probe probe = { .symbol = RECEIVE_TRACEPOINT };
	int err = access(BTFS_DIR "/vmlinux", R_OK) ? -errno : 0;

	return err ? err : trial_attach(BPF_PROG_TYPE_RAW_TRACEPOINT,
					&attach_tracepoint, &probe);
}

#define READ_INSNS	16	/* instructions for a number */

/* Reads @size bytes from the address R3 to the stack, at -8. */
static struct bpf_insn *put_probe_read(struct bpf_insn *to, int size)
{
	const struct bpf_insn insns[] = {
		STORE_ZERO(BPF_REG_10, -8),
		MOV_REG(BPF_REG_1, BPF_REG_10),
		ADD_IMM(BPF_REG_1, -8),
		MOV_IMM(BPF_REG_2, size),
		CALL(BPF_FUNC_probe_read_kernel),
	};

	return (struct bpf_insn *)memcpy(to, insns, sizeof(insns)) + 5;
}

#define LOAD(size, to, from, at) \
	{ .code = BPF_LDX | BPF_MEM | (size), .dst_reg = to, .src_reg = from, \
	  .off = at }

/* Ends with the number of the read if the kernel says otherwise. R6: context. */
static struct bpf_insn *put_read(struct bpf_insn *to,
				 const struct trial_read *read, int number)
{
	const struct bpf_insn begin[] = {
		MOV_REG(BPF_REG_3, BPF_REG_6),
		ADD_IMM(BPF_REG_3, read->by < 0 ? read->at : read->by),
	}, follow[] = {
		LOAD(BPF_DW, BPF_REG_3, BPF_REG_10, -8),
		ADD_IMM(BPF_REG_3, read->at),
	}, end[] = {
		LOAD(BPF_DW, BPF_REG_1, BPF_REG_10, -8),
		LOAD(BPF_W, BPF_REG_2, BPF_REG_6, (int16_t)read->ctx),
		{ .code = BPF_JMP | BPF_JEQ | BPF_X, .dst_reg = BPF_REG_1,
		  .src_reg = BPF_REG_2, .off = 2 },
		MOV_IMM(BPF_REG_0, number),
		EXIT(),
	};

	to = (struct bpf_insn *)memcpy(to, begin, sizeof(begin)) + 2;
	to = put_probe_read(to, read->by < 0 ? read->size : 8);
	if (read->by >= 0) {
		to = (struct bpf_insn *)memcpy(to, follow, sizeof(follow)) + 2;
		to = put_probe_read(to, read->size);
	}
	return (struct bpf_insn *)memcpy(to, end, sizeof(end)) + 5;
}

int trial_reads(const struct trial_read *reads, int count)
{
	const struct bpf_insn begin = MOV_REG(BPF_REG_6, BPF_REG_1);
	char packet[77] = { [12] = 0x08 };	/* IPv4 */
	struct __sk_buff context = { .mark = 0x5a17c0de, .priority = 0x1234567 };
	struct bpf_insn insns[16 * 2 * READ_INSNS + 3], *to = insns;
	int fd, result;

	*to++ = begin;
	for (int i = 0; i < count; i++)
		to = put_read(to, &reads[i], i + 1);
	memcpy(to, return_0, sizeof(return_0));
	fd = trial_load(BPF_PROG_TYPE_SCHED_CLS, insns, to + 2 - insns);
	if (fd < 0)
		return fd;
	packet[14] = 0x45;
	result = sys_prog_test_run(fd, packet, sizeof(packet), &context,
				   sizeof(context));
	close(fd);
	return result;
}
