// SPDX-License-Identifier: GPL-2.0-only
/* What the kernel tells of maps, programs, links and BTF: by a descriptor, an id, a device. */
#include "sys.h"
#include "sys_own.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

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
	err = sys_bpf(BPF_OBJ_GET_INFO_BY_FD, &attr);
	return err ? err : (int)attr.info.info_len;
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

int sys_prog_open(uint32_t id)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.prog_id = id;
	return sys_bpf(BPF_PROG_GET_FD_BY_ID, &attr);
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
	err = sys_bpf(cmd, &attr);
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
	err = sys_bpf(BPF_PROG_QUERY, &attr);
	return err ? err : (int)attr.query.prog_cnt;
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

/*
 * Linux 6.7's struct bpf_link_info, as far as we use it: headers of older distributions
 * do not have all of it.
 */
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
	return sys_bpf(BPF_BTF_GET_FD_BY_ID, &attr);
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
