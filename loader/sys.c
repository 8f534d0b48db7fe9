// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sys.h"

/*
 * The kernel refuses an attr whose bytes beyond the command's own fields are
 * not zero (bpf(2)); so every function starts from an attr of zeros.
 */
static int bpf(enum bpf_cmd cmd, union bpf_attr *attr)
{
	long ret = syscall(SYS_bpf, cmd, attr, sizeof(*attr));

	return ret < 0 ? -errno : (int)ret;
}

static __u64 ptr_to_u64(const void *ptr)
{
	return (unsigned long)ptr;
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
	union bpf_attr attr;
	int error;

	memset(&attr, 0, sizeof(attr));
	memset(&info, 0, sizeof(info));
	attr.info.bpf_fd = fd;
	attr.info.info_len = sizeof(info);
	attr.info.info = ptr_to_u64(&info);
	error = bpf(BPF_OBJ_GET_INFO_BY_FD, &attr);
	if (error)
		return error;
	*shape = (struct map_shape){
		.type = info.type,
		.key_size = info.key_size,
		.value_size = info.value_size,
		.max_entries = info.max_entries,
		.flags = info.map_flags,
	};
	return 0;
}

int sys_prog_load(enum bpf_prog_type type, const char *name,
		  const struct bpf_insn *insns, __u32 insn_count,
		  const char *license, char *log, __u32 log_size)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.prog_type = type;
	attr.insns = ptr_to_u64(insns);
	attr.insn_cnt = insn_count;
	attr.license = ptr_to_u64(license);
	if (log) {
		attr.log_level = 1;
		attr.log_buf = ptr_to_u64(log);
		attr.log_size = log_size;
	}
	snprintf(attr.prog_name, sizeof(attr.prog_name), "%s", name);
	return bpf(BPF_PROG_LOAD, &attr);
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

int sys_raw_tracepoint(const char *name, int prog_fd)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.raw_tracepoint.name = ptr_to_u64(name);
	attr.raw_tracepoint.prog_fd = prog_fd;
	return bpf(BPF_RAW_TRACEPOINT_OPEN, &attr);
}

int sys_kprobe_event(__u32 type, const char *symbol, __u64 addr)
{
	struct perf_event_attr attr;
	long fd;

	memset(&attr, 0, sizeof(attr));
	attr.size = sizeof(attr);
	attr.type = type;
	attr.kprobe_func = ptr_to_u64(symbol);
	if (!symbol)
		attr.kprobe_addr = addr;
	fd = syscall(SYS_perf_event_open, &attr, -1, 0, -1,
		     PERF_FLAG_FD_CLOEXEC);
	return fd < 0 ? -errno : (int)fd;
}
