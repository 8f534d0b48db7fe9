// SPDX-License-Identifier: GPL-2.0-only
#include "sys.h"
#include "sys_own.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PROG_TRIES	10
#define ENOTSUPP	524	/* within the kernel; no name for it in libc */

/*
 * The kernel refuses an attr whose bytes beyond the command's own fields are
 * not zero (bpf(2)); so every function starts from an attr of zeros.
 */
static int bpf_sized(enum bpf_cmd cmd, void *attr, size_t size)
{
	long ret = syscall(SYS_bpf, cmd, attr, size);

	if (ret >= 0)
		return ret;
	return errno == ENOTSUPP ? -EOPNOTSUPP : -errno;
}

int sys_bpf(enum bpf_cmd cmd, union bpf_attr *attr)
{
	return bpf_sized(cmd, attr, sizeof(*attr));
}

int sys_prog_test_run(int fd, const void *packet, uint32_t size,
		      const void *context, uint32_t context_size)
{
	union bpf_attr attr;
	int err;

	memset(&attr, 0, sizeof(attr));
	attr.test.prog_fd = fd;
	attr.test.data_in = ptr_to_u64(packet);
	attr.test.data_size_in = size;
	attr.test.ctx_in = ptr_to_u64(context);
	attr.test.ctx_size_in = context_size;
	err = sys_bpf(BPF_PROG_TEST_RUN, &attr);
	return err ? err : (int)attr.test.retval;
}

int sys_map_create(const char *name, const struct map_shape *shape)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.map_type = shape->type;
	attr.key_size = shape->key_size;
	attr.value_size = shape->value_size;
	attr.max_entries = shape->max_entries;
	attr.map_flags = shape->flags;
	snprintf(attr.map_name, sizeof(attr.map_name), "%s", name);
	return sys_bpf(BPF_MAP_CREATE, &attr);
}

static int map_elem(enum bpf_cmd cmd, int fd, const void *key,
		    const void *value)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.map_fd = fd;
	attr.key = ptr_to_u64(key);
	attr.value = ptr_to_u64(value);
	return sys_bpf(cmd, &attr);
}

int sys_map_lookup(int fd, const void *key, void *value)
{
	return map_elem(BPF_MAP_LOOKUP_ELEM, fd, key, value);
}

int sys_map_update(int fd, const void *key, const void *value)
{
	return map_elem(BPF_MAP_UPDATE_ELEM, fd, key, value);
}

int sys_map_delete(int fd, const void *key)
{
	return map_elem(BPF_MAP_DELETE_ELEM, fd, key, NULL);
}

int sys_map_next_key(int fd, const void *key, void *next)
{
	return map_elem(BPF_MAP_GET_NEXT_KEY, fd, key, next);
}

/* The verifier ends with EAGAIN for any signal, also for that to go on after a stop. */
int sys_prog_load(const struct prog_attr *prog)
{
	union bpf_attr attr;
	int ret, tries = 0;

	memset(&attr, 0, sizeof(attr));
	attr.prog_type = prog->type;
	attr.expected_attach_type = prog->attach_type;
	attr.attach_btf_id = prog->btf_id;
	attr.attach_prog_fd = prog->btf_fd;	/* attach_btf_obj_fd from 5.11 on */
	attr.insns = ptr_to_u64(prog->insns);
	attr.insn_cnt = prog->insn_count;
	attr.license = ptr_to_u64(prog->license);
	if (prog->log) {
		attr.log_level = 1;
		attr.log_buf = ptr_to_u64(prog->log);
		attr.log_size = prog->log_size;
	}
	snprintf(attr.prog_name, sizeof(attr.prog_name), "%s", prog->name);
	do
		ret = sys_bpf(BPF_PROG_LOAD, &attr);
	while (ret == -EAGAIN && ++tries < PROG_TRIES);
	return ret;
}

int sys_pin(int fd, const char *path)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.bpf_fd = fd;
	attr.pathname = ptr_to_u64(path);
	return sys_bpf(BPF_OBJ_PIN, &attr);
}

int sys_pin_get(const char *path)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.pathname = ptr_to_u64(path);
	return sys_bpf(BPF_OBJ_GET, &attr);
}

int sys_raw_tracepoint(const char *name, int prog_fd)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.raw_tracepoint.name = ptr_to_u64(name);
	attr.raw_tracepoint.prog_fd = prog_fd;
	return sys_bpf(BPF_RAW_TRACEPOINT_OPEN, &attr);
}

/*
 * Linux 5.18's attr of BPF_LINK_CREATE, as far as we use it: headers of older
 * distributions do not have all of it.
 */
struct link_create {
	uint32_t prog_fd, target_fd, attach_type, flags;
	uint32_t multi_flags, multi_count;
	uint64_t multi_symbols, multi_addrs, multi_cookies;
};

int sys_link_perf(int prog_fd, int perf_fd)
{
	struct link_create attr = {
		.prog_fd = prog_fd,
		.target_fd = perf_fd,
		.attach_type = ATTACH_PERF_EVENT,
	};

	return bpf_sized(BPF_LINK_CREATE, &attr,
			 offsetof(struct link_create, multi_flags));
}

#define LINK_BEFORE		(1U << 3)	/* BPF_F_BEFORE, 6.6 */

int sys_link_tcx(int prog_fd, int ifindex, uint32_t type)
{
	struct link_create attr = {
		.prog_fd = prog_fd,
		.target_fd = ifindex,	/* target_ifindex */
		.attach_type = type,
		.flags = LINK_BEFORE,
	};

	return bpf_sized(BPF_LINK_CREATE, &attr,
			 offsetof(struct link_create, multi_flags));
}

int sys_link_multi(int prog_fd, uint32_t type, uint32_t count,
		   const uint64_t *addrs, const uint64_t *cookies,
		   uint32_t flags)
{
	struct link_create attr = {
		.prog_fd = prog_fd,
		.attach_type = type,
		.multi_flags = flags,
		.multi_count = count,
		.multi_addrs = ptr_to_u64(addrs),
		.multi_cookies = ptr_to_u64(cookies),
	};

	return bpf_sized(BPF_LINK_CREATE, &attr, sizeof(attr));
}

int sys_kprobe_event(uint32_t type, const char *symbol, uint64_t addr,
		     uint64_t config)
{
	struct perf_event_attr attr;
	long fd;

	memset(&attr, 0, sizeof(attr));
	attr.size = sizeof(attr);
	attr.type = type;
	attr.config = config;
	attr.kprobe_func = ptr_to_u64(symbol);
	if (!symbol)
		attr.kprobe_addr = addr;
	fd = syscall(SYS_perf_event_open, &attr, -1, 0, -1,
		     PERF_FLAG_FD_CLOEXEC);
	return fd < 0 ? -errno : (int)fd;
}
