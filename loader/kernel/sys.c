// SPDX-License-Identifier: GPL-2.0-only
#include "sys.h"

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

static int bpf(enum bpf_cmd cmd, union bpf_attr *attr)
{
	return bpf_sized(cmd, attr, sizeof(*attr));
}

static uint64_t ptr_to_u64(const void *ptr)
{
	return (unsigned long)ptr;
}

/*
 * What the kernel tells of the map, program, link or BTF @fd: at most @size
 * bytes at @info, which say what else is asked for. How many it had, or -errno.
 */
static int object_info(int fd, void *info, uint32_t size)
{
	union bpf_attr attr;
	int err;

	memset(&attr, 0, sizeof(attr));
	attr.info.bpf_fd = fd;
	attr.info.info_len = size;
	attr.info.info = ptr_to_u64(info);
	err = bpf(BPF_OBJ_GET_INFO_BY_FD, &attr);
	return err ? err : (int)attr.info.info_len;
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
	err = bpf(BPF_PROG_TEST_RUN, &attr);
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
	return bpf(BPF_MAP_CREATE, &attr);
}

static int map_elem(enum bpf_cmd cmd, int fd, const void *key,
		    const void *value)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.map_fd = fd;
	attr.key = ptr_to_u64(key);
	attr.value = ptr_to_u64(value);
	return bpf(cmd, &attr);
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

int sys_map_shape(int fd, struct map_shape *shape)
{
	struct bpf_map_info info;
	int ret;

	memset(&info, 0, sizeof(info));
	ret = object_info(fd, &info, sizeof(info));
	if (ret < 0)
		return ret;
	*shape = (struct map_shape){
		.type = info.type,
		.key_size = info.key_size,
		.value_size = info.value_size,
		.max_entries = info.max_entries,
		.flags = info.map_flags,
	};
	return 0;
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
		ret = bpf(BPF_PROG_LOAD, &attr);
	while (ret == -EAGAIN && ++tries < PROG_TRIES);
	return ret;
}

/*
 * Linux 5.12's recursion_misses in struct bpf_prog_info, behind what Linux 5.10
 * has: in words of 64 bits, which all it has are aligned to.
 */
#define MISSES_AT	(offsetof(struct bpf_prog_info, run_cnt) / 8 + 1)

int sys_prog_missed(int fd, uint64_t *missed)
{
	uint64_t info[MISSES_AT + 1] = {};
	int ret = object_info(fd, info, sizeof(info));

	*missed = info[MISSES_AT];
	if (ret < 0)
		return ret;
	return ret < (int)sizeof(info) ? -EOPNOTSUPP : 0;
}

int sys_pin(int fd, const char *path)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.bpf_fd = fd;
	attr.pathname = ptr_to_u64(path);
	return bpf(BPF_OBJ_PIN, &attr);
}

int sys_pin_get(const char *path)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.pathname = ptr_to_u64(path);
	return bpf(BPF_OBJ_GET, &attr);
}

int sys_prog_open(uint32_t id)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.prog_id = id;
	return bpf(BPF_PROG_GET_FD_BY_ID, &attr);
}

int sys_prog_info(int fd, struct prog_info *info)
{
	struct bpf_prog_info all;
	int ret;

	memset(&all, 0, sizeof(all));
	ret = object_info(fd, &all, sizeof(all));
	info->id = all.id;
	info->type = all.type;
	info->btf_id = all.btf_id;
	snprintf(info->name, sizeof(info->name), "%s", all.name);
	return ret < 0 ? ret : 0;
}

int sys_prog_func(int fd, uint32_t *type_id, uint64_t *address)
{
	struct bpf_prog_info info;
	struct bpf_func_info func;
	int ret;

	memset(&info, 0, sizeof(info));
	memset(&func, 0, sizeof(func));
	info.nr_func_info = 1;
	info.func_info_rec_size = sizeof(func);
	info.func_info = ptr_to_u64(&func);
	info.nr_jited_ksyms = 1;
	info.jited_ksyms = ptr_to_u64(address);
	*address = 0;
	ret = object_info(fd, &info, sizeof(info));
	if (ret < 0)
		return ret;
	*type_id = func.type_id;
	return info.nr_func_info && func.type_id ? 0 : -ENOENT;
}

static int next_id(enum bpf_cmd cmd, uint32_t id, uint32_t *next)
{
	union bpf_attr attr;
	int err;

	memset(&attr, 0, sizeof(attr));
	attr.start_id = id;
	err = bpf(cmd, &attr);
	*next = attr.next_id;
	return err;
}

int sys_prog_next_id(uint32_t id, uint32_t *next)
{
	return next_id(BPF_PROG_GET_NEXT_ID, id, next);
}

/*
 * The kernel writes fields behind those that older headers name, all within what it calls
 * attr since 5.10 (bpf_mprog_query()).
 */
int sys_device_progs(int ifindex, uint32_t type, uint32_t ids[DEVICE_PROGS])
{
	union bpf_attr attr;
	int err;

	memset(&attr, 0, sizeof(attr));
	attr.query.target_fd = ifindex;	/* target_ifindex from 6.6 on */
	attr.query.attach_type = type;
	attr.query.prog_ids = ptr_to_u64(ids);
	attr.query.prog_cnt = DEVICE_PROGS;
	err = bpf(BPF_PROG_QUERY, &attr);
	return err ? err : (int)attr.query.prog_cnt;
}

int sys_raw_tracepoint(const char *name, int prog_fd)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.raw_tracepoint.name = ptr_to_u64(name);
	attr.raw_tracepoint.prog_fd = prog_fd;
	return bpf(BPF_RAW_TRACEPOINT_OPEN, &attr);
}

/*
 * Linux 5.18's attr of BPF_LINK_CREATE and 6.7's struct bpf_link_info, as far
 * as we use them: headers of older distributions do not have all of it.
 */
struct link_create {
	uint32_t prog_fd, target_fd, attach_type, flags;
	uint32_t multi_flags, multi_count;
	uint64_t multi_symbols, multi_addrs, multi_cookies;
};

struct link_info {
	uint32_t type, id, prog_id, pad;
	union {
		struct {
			uint64_t addrs;
			uint32_t count, flags;
			uint64_t missed;
		} multi;
		struct {
			uint32_t type, pad;
			uint64_t name;
			uint32_t name_len, offset;
			uint64_t addr, missed;
		} kprobe;
	};
};

#define LINK_PERF_EVENT		7	/* BPF_LINK_TYPE_… */
#define LINK_KPROBE_MULTI	8

/* A kernel that counts has room for both counters in what it tells. */
#define MISSED_END \
	(offsetof(struct link_info, kprobe.missed) + sizeof(uint64_t))

static int counts_misses(uint32_t type)
{
	return type == LINK_KPROBE_MULTI || type == LINK_PERF_EVENT;
}

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

int sys_link_prog(int fd, uint32_t *id)
{
	struct link_info info;
	int ret;

	memset(&info, 0, sizeof(info));
	ret = object_info(fd, &info, sizeof(info));
	*id = info.prog_id;
	return ret < 0 ? ret : 0;
}

int sys_link_missed(int fd, uint64_t *missed)
{
	struct link_info info;
	int ret;

	memset(&info, 0, sizeof(info));
	ret = object_info(fd, &info, sizeof(info));
	*missed = info.type == LINK_KPROBE_MULTI ? info.multi.missed :
		  info.type == LINK_PERF_EVENT	 ? info.kprobe.missed :
						   0;
	if (ret < 0)
		return ret;
	return counts_misses(info.type) && ret < (int)MISSED_END ?
		       -EOPNOTSUPP :
		       0;
}

int sys_btf_next_id(uint32_t id, uint32_t *next)
{
	return next_id(BPF_BTF_GET_NEXT_ID, id, next);
}

int sys_btf_open(uint32_t id)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.btf_id = id;
	return bpf(BPF_BTF_GET_FD_BY_ID, &attr);
}

/* Linux 5.11's struct bpf_btf_info. */
struct btf_info {
	uint64_t btf;
	uint32_t btf_size, id;
	uint64_t name;
	uint32_t name_len, kernel_btf;
};

int sys_btf_bytes(int fd, void *bytes, uint32_t size)
{
	struct btf_info info;
	int ret;

	memset(&info, 0, sizeof(info));
	info.btf = ptr_to_u64(bytes);
	info.btf_size = size;
	ret = object_info(fd, &info, sizeof(info));
	return ret < 0 ? ret : (int)info.btf_size;
}

int sys_btf_name(int fd, char *name, uint32_t size)
{
	struct btf_info info;
	int ret;

	memset(&info, 0, sizeof(info));
	info.name = ptr_to_u64(name);
	info.name_len = size;
	*name = '\0';
	ret = object_info(fd, &info, sizeof(info));
	return ret < 0 ? ret : 0;
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
