// SPDX-License-Identifier: GPL-2.0-only
#include <err.h>
#include <errno.h>
#include <linux/bpf.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../../loader/attach/kernel_consts.h"
#include "../../loader/filter/wanted.h"
#include "../../loader/kernel/prog.h"
#include "agree_run.h"
#include "packets.h"

#define PINS		"/sys/fs/bpf"
#define TAG_OFFSET	12
#define TAG_LEN		4

static struct consts consts;	/* the kernel's and the filter's */
static struct filters filters;

/* What the kernel decides; and a BPF file system that is this process's alone. */
static void set_up(void)
{
	const struct rlimit limit = { RLIM_INFINITY, RLIM_INFINITY };
	struct btf_set *btfs;

	if (consts.count)
		return;
	setrlimit(RLIMIT_MEMLOCK, &limit);	/* for maps, before Linux 5.11 */
	if (btfs_open(BTFS_DIR, &btfs) || kernel_consts(btfs, &consts))
		errx(1, "the kernel's constants");
	btfs_free(btfs);
	if (unshare(CLONE_NEWNS) ||
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("bpf", PINS, "bpf", 0, NULL))
		err(1, PINS);
}

/* A file in memory, to be closed by read_back(). */
static FILE *file_open(void)
{
	int fd = memfd_create("filter", MFD_CLOEXEC);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

	if (!file)
		err(1, "memfd_create");
	return file;
}

/* @error: what went wrong with that file so far. */
static int read_back(FILE *file, int error)
{
	char path[32];

	if (!error && fflush(file))
		err(1, "a filter's file");
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fileno(file));
	filters_free(&filters);
	if (!error)
		error = wanted_read(path, &consts, &filters);
	fclose(file);
	return error;
}

int agree_filter(const char *expression, const char *inner)
{
	const struct wanted wanted = {
		.expression = expression,
		.inner = inner,
	};
	FILE *file = file_open();

	set_up();
	return read_back(file, wanted_write(&wanted, file));
}

static void put_insns(const char *function, const struct cbpf_insn *insns,
		      uint32_t count, FILE *file)
{
	for (uint32_t i = 0; i < count; i++)
		fprintf(file, "insn\t%s\t%u\t%u\t%u\t%u\n", function,
			insns[i].code, insns[i].jt, insns[i].jf, insns[i].k);
}

int agree_insns(const struct cbpf_insn *insns, uint32_t count)
{
	FILE *file = file_open();

	set_up();
	fprintf(file, "%s\n", WANTED_HEADER);
	put_insns("filter_ether", insns, count, file);
	put_insns("filter_l3", insns, count, file);
	return read_back(file, 0);
}

static uint32_t work_of(int prog)
{
	struct bpf_prog_info info = {};
	union bpf_attr attr = {};

	attr.info.bpf_fd = prog;
	attr.info.info_len = sizeof(info);
	attr.info.info = (uintptr_t)&info;
	if (syscall(SYS_bpf, BPF_OBJ_GET_INFO_BY_FD, &attr, sizeof(attr)))
		err(1, "a program's info");
	return info.verified_insns;
}

int agree_load(const char *path, int is_l3, uint32_t *work)
{
	const struct binding binding = {
		.dir = PINS,
		.create = 1,
		.consts = &consts,
		.funcs = filters.funcs,
		.func_count = FILTER_FUNCS,
	};
	const struct target target = {};
	struct bound bound;
	int fd = consts_set(&consts, "no_l2", is_l3);

	if (!fd)
		fd = bound_open(path, &binding, &bound);
	if (fd)
		return fd;
	fd = prog_load(&bound, &target);
	bound_close(&bound);
	if (fd >= 0 && work)
		*work = work_of(fd);
	return fd;
}

int agree_has_tag(const uint8_t *frame, uint32_t len)
{
	uint16_t tpid = frame[TAG_OFFSET] << 8 | frame[TAG_OFFSET + 1];

	return len >= 15 + TAG_LEN && (tpid == 0x8100 || tpid == 0x88a8);
}

int agree_run(int prog, const uint8_t *frame, uint32_t len, int take_tag)
{
	uint8_t bytes[PACKET_MAX];
	struct __sk_buff context = { .mark = take_tag };
	union bpf_attr attr;

	if (take_tag) {
		memcpy(bytes, frame, TAG_OFFSET);
		memcpy(bytes + TAG_OFFSET, frame + TAG_OFFSET + TAG_LEN,
		       len - TAG_OFFSET - TAG_LEN);
		context.cb[0] = frame[TAG_OFFSET] << 8 | frame[TAG_OFFSET + 1];
		context.cb[1] = frame[TAG_OFFSET + 2] << 8 |
				frame[TAG_OFFSET + 3];
		frame = bytes;
		len -= TAG_LEN;
	}
	memset(&attr, 0, sizeof(attr));
	attr.test.prog_fd = prog;
	attr.test.data_in = (uintptr_t)frame;
	attr.test.data_size_in = len;
	attr.test.ctx_in = (uintptr_t)&context;
	attr.test.ctx_size_in = sizeof(context);
	if (syscall(SYS_bpf, BPF_PROG_TEST_RUN, &attr, sizeof(attr)))
		return -errno;
	return attr.test.retval;
}
