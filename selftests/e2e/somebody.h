/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A BPF program of somebody else, written as instructions, and with types as compilers give
 * them: its function is somebodys_classifier(). For tools of tests; they end on an error.
 */
#ifndef SOMEBODY_H
#define SOMEBODY_H

#include <err.h>
#include <linux/bpf.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MOV(reg, value) \
	{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = reg, .imm = value }
#define MOV_REG(to, from) \
	{ .code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = to, .src_reg = from }
#define CALL(helper)	{ .code = BPF_JMP | BPF_CALL, .imm = helper }
#define EXIT		{ .code = BPF_JMP | BPF_EXIT }

static inline int somebody_bpf(int cmd, void *attr, size_t size)
{
	return syscall(SYS_bpf, cmd, attr, size);
}

#define STRINGS	"\0int\0__sk_buff\0somebodys_classifier\0ctx"

/* Types of "int somebodys_classifier(struct __sk_buff *ctx)", the function's number is 5. */
static inline int somebody_btf(void)
{
	static const struct {
		uint16_t magic;
		uint8_t version, flags;
		uint32_t hdr_len, type_off, type_len, str_off, str_len;
		uint32_t types[4 + 3 + 3 + 3 + 2 + 3];
		char strings[sizeof(STRINGS)];
	} btf = {
		.magic = 0xeb9f, .version = 1, .hdr_len = 24,
		.type_len = sizeof(btf.types), .str_off = sizeof(btf.types),
		.str_len = sizeof(STRINGS),
		.types = {
			1, 1U << 24, 4, 1U << 24 | 32,		/* 1: int */
			5, 4U << 24, 0,				/* 2: struct __sk_buff */
			0, 2U << 24, 2,				/* 3: a pointer to it */
			0, 13U << 24 | 1, 1, 36, 3,		/* 4: int (*)(3) */
			15, 12U << 24 | 1, 4,			/* 5: the function */
		},
		.strings = STRINGS,
	};
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.btf = (unsigned long)&btf;
	attr.btf_size = 24 + sizeof(btf.types) + sizeof(STRINGS);
	return somebody_bpf(BPF_BTF_LOAD, &attr, sizeof(attr));
}

/* Loads it for that place (enum bpf_attach_type), and returns its descriptor. */
static inline int somebody_load(uint32_t type, uint32_t place, const struct bpf_insn *insns,
				size_t count)
{
	const struct bpf_func_info func = { 0, 5 };
	const struct rlimit limit = { RLIM_INFINITY, RLIM_INFINITY };
	static char log[65536];
	union bpf_attr attr;
	int fd;

	setrlimit(RLIMIT_MEMLOCK, &limit);	/* for programs, before Linux 5.11 */
	memset(&attr, 0, sizeof(attr));
	attr.prog_type = type;
	attr.expected_attach_type = place;
	attr.insn_cnt = count;
	attr.insns = (unsigned long)insns;
	attr.license = (unsigned long)"GPL";
	attr.log_buf = (unsigned long)log;
	attr.log_size = sizeof(log);
	attr.log_level = 1;
	strcpy(attr.prog_name, "somebody");
	attr.prog_btf_fd = somebody_btf();
	if ((int)attr.prog_btf_fd < 0)
		err(1, "the program's types");
	attr.func_info_cnt = 1;
	attr.func_info_rec_size = sizeof(func);
	attr.func_info = (unsigned long)&func;
	fd = somebody_bpf(BPF_PROG_LOAD, &attr, sizeof(attr));
	if (fd < 0)
		err(1, "the program: %s", log);
	return fd;
}

static inline int somebody_pin(int prog, const char *path)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.bpf_fd = prog;
	attr.pathname = (unsigned long)path;
	if (somebody_bpf(BPF_OBJ_PIN, &attr, sizeof(attr)))
		err(1, "%s", path);
	return 0;
}

#endif /* SOMEBODY_H */
