/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The system calls that libc has no function for: bpf(2) and
 * perf_event_open(2), one function per command, without policy. All return 0
 * or a file descriptor, or -errno. Only sys.c calls syscall().
 */
#ifndef SYS_H
#define SYS_H

#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <stddef.h>

struct map_shape {
	__u32 type, key_size, value_size, max_entries, flags;
};

/* BPF_MAP_CREATE; name is cut to what the kernel takes. */
int sys_map_create(const char *name, const struct map_shape *shape);
int sys_map_lookup(int fd, const void *key, void *value);
int sys_map_update(int fd, const void *key, const void *value);
int sys_map_delete(int fd, const void *key);
/* key may be NULL: the first one. -ENOENT after the last. */
int sys_map_next_key(int fd, const void *key, void *next);
/* BPF_OBJ_GET_INFO_BY_FD: what the map behind fd looks like. */
int sys_map_shape(int fd, struct map_shape *shape);

/*
 * BPF_PROG_LOAD. log may be NULL; else the verifier writes to it, and
 * -ENOSPC says that it was too small.
 */
int sys_prog_load(enum bpf_prog_type type, const char *name,
		  const struct bpf_insn *insns, __u32 insn_count,
		  const char *license, char *log, __u32 log_size);

int sys_pin(int fd, const char *path);
int sys_pin_get(const char *path);

/* BPF_RAW_TRACEPOINT_OPEN: attached until the descriptor is closed. */
int sys_raw_tracepoint(const char *name, int prog_fd);

/*
 * A kprobe event (type: the PMU's number) on a symbol, or, where symbol is
 * NULL, on an address; not yet enabled. See perf_event_open(2).
 */
int sys_kprobe_event(__u32 type, const char *symbol, __u64 addr);

#endif /* SYS_H */
