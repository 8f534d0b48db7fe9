/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A BPF program of somebody else, written as instructions, and with types as compilers
 * give them; its function is somebodys_classifier(). For tools of tests; they end on an error.
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

#define SOMEBODY_NAMES	64	/* bytes, for all of its types */

/* Appends a name and its NUL to @names, and returns where it begins. */
static inline uint32_t somebody_name(char names[SOMEBODY_NAMES], uint32_t *len,
				     const char *name)
{
	uint32_t at = *len;

	strcpy(names + at, name);
	*len += strlen(name) + 1;
	return at;
}

/* Types of "int FUNCTION(struct CONTEXT *ctx)", the function's number is 5. */
static inline int somebody_btf(const char *context, const char *function)
{
	struct {
		uint16_t magic;
		uint8_t version, flags;
		uint32_t hdr_len, type_off, type_len, str_off, str_len;
		uint32_t types[4 + 3 + 3 + 3 + 2 + 3];
		char names[SOMEBODY_NAMES];
	} btf = {
		.magic = 0xeb9f, .version = 1, .hdr_len = 24,
		.type_len = sizeof(btf.types), .str_off = sizeof(btf.types), .str_len = 1,
	};
	const uint32_t integer = somebody_name(btf.names, &btf.str_len, "int");
	const uint32_t struct_name = somebody_name(btf.names, &btf.str_len, context);
	const uint32_t arg = somebody_name(btf.names, &btf.str_len, "ctx");
	const uint32_t name = somebody_name(btf.names, &btf.str_len, function);
	const uint32_t types[] = {
		integer, 1U << 24, 4, 1U << 24 | 32,	/* 1: int */
		struct_name, 4U << 24, 0,		/* 2: struct CONTEXT */
		0, 2U << 24, 2,				/* 3: a pointer to it */
		0, 13U << 24 | 1, 1, arg, 3,		/* 4: int (*)(3) */
		name, 12U << 24 | 1, 4			/* 5: the function */
	};
	union bpf_attr attr;

	memcpy(btf.types, types, sizeof(types));
	memset(&attr, 0, sizeof(attr));
	attr.btf = (unsigned long)&btf;
	attr.btf_size = 24 + sizeof(btf.types) + btf.str_len;
	return somebody_bpf(BPF_BTF_LOAD, &attr, sizeof(attr));
}

static inline int somebody_types(uint32_t type)
{
	int fd = type == BPF_PROG_TYPE_XDP ?
			 somebody_btf("xdp_md", "somebodys_xdp_program") :
			 somebody_btf("__sk_buff", "somebodys_classifier");

	if (fd < 0)
		err(1, "the program's types");
	return fd;
}

/*
 * Loads it for that place (enum bpf_attach_type), @typed: with types. Returns its
 * descriptor.
 */
static inline int somebody_load(uint32_t type, uint32_t place, const struct bpf_insn *insns,
				size_t count, int typed)
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
	attr.prog_btf_fd = typed ? somebody_types(type) : 0;
	attr.func_info_cnt = typed;
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
